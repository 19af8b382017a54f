"""How Django knows this app."""

from django.apps import AppConfig


class OverviewConfig(AppConfig):
    """The overview app."""

    name = "overview"
    default_auto_field = "django.db.models.BigAutoField"
