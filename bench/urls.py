"""The app's addresses, and the baseline's beside them."""

from django.urls import path

from bench import views
from coproduction.urls import urlpatterns as real

urlpatterns = [
    path("bare/write", views.write),
    path("bare/page", views.page),
    path("bare/cached", views.cached),
    *real,
]
