"""How Django knows this app."""

from django.apps import AppConfig


class SteeringConfig(AppConfig):
    """The steering group: seats, meetings, rounds, decisions and commitments."""

    name = "steering"
    default_auto_field = "django.db.models.BigAutoField"
