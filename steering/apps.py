"""How Django knows this app."""

from django.apps import AppConfig


class SteeringConfig(AppConfig):
    """The steering stage."""

    name = "steering"
    default_auto_field = "django.db.models.BigAutoField"
