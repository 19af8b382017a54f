"""Addresses of the trail's files: no language, since machines read them."""

from django.urls import path

from coproduction.projects.views import trail

app_name = "trail_data"
urlpatterns = [
    path("trail/keys.json", trail.trail_keys, name="trail_keys"),
    path("trail/register.jsonl", trail.trail_register, name="trail_register"),
    path("settings/audit/register.jsonl", trail.history_register, name="history_register"),
]
