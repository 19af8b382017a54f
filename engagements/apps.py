"""How Django knows this app."""

from django.apps import AppConfig


class EngagementsConfig(AppConfig):
    """The listening exercise: engagements, questions, surveys and comments."""

    name = "engagements"
    default_auto_field = "django.db.models.BigAutoField"
