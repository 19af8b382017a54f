"""How Django knows this app."""

from django.apps import AppConfig


class EngagementsConfig(AppConfig):
    """The engagements stage."""

    name = "engagements"
    default_auto_field = "django.db.models.BigAutoField"
