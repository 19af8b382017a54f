"""How Django knows this app."""

from django.apps import AppConfig


class WorkshopsConfig(AppConfig):
    """Where actions are designed: workshops, notes, actions and their wordings."""

    name = "workshops"
    default_auto_field = "django.db.models.BigAutoField"
