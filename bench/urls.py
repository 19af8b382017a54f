"""The app's addresses, and the baseline's beside them."""

from django.urls import path

from bench import views
from coproduction.urls import urlpatterns as real

urlpatterns = [
    path("bare/nothing", views.nothing),
    path("bare/write", views.write),
    path("bare/plan", views.plan),
    path("bare/kept/<str:name>", views.kept),
    path("bare/file", views.file),
    *real,
]
