"""How Django knows this app."""

from django.apps import AppConfig


class OverviewConfig(AppConfig):
    """What looks at every stage: the front door, the team's overview, the history."""

    name = "overview"
    default_auto_field = "django.db.models.BigAutoField"
