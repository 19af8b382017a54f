"""How Django knows this app."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    """The ui app."""

    name = "coproduction.ui"
    default_auto_field = "django.db.models.BigAutoField"
