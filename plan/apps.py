"""How Django knows this app."""

from django.apps import AppConfig


class PlanConfig(AppConfig):
    """The plan stage."""

    name = "plan"
    default_auto_field = "django.db.models.BigAutoField"
