"""Addresses of the living style page."""

from django.urls import URLPattern, path

from coproduction.ui import views

app_name = "ui"
urlpatterns: list[URLPattern] = [
    path("style/", views.style, name="style"),
]
