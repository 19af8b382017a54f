"""Addresses of the living style page."""

from django.urls import URLPattern

app_name = "ui"
urlpatterns: list[URLPattern] = []
