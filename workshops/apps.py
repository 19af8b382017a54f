"""How Django knows this app."""

from django.apps import AppConfig


class WorkshopsConfig(AppConfig):
    """The workshops stage."""

    name = "workshops"
    default_auto_field = "django.db.models.BigAutoField"
