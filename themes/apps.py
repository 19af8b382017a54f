"""How Django knows this app."""

from django.apps import AppConfig


class ThemesConfig(AppConfig):
    """The themes stage."""

    name = "themes"
    default_auto_field = "django.db.models.BigAutoField"
