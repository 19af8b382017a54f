"""How Django knows this app."""

from django.apps import AppConfig


class PlanConfig(AppConfig):
    """The published plan: editions, the gate, the PDF and open data."""

    name = "plan"
    default_auto_field = "django.db.models.BigAutoField"
