"""How Django knows this app."""

from django.apps import AppConfig


class ThemesConfig(AppConfig):
    """What comments are about: the codebook, coding, quotes and findings."""

    name = "themes"
    default_auto_field = "django.db.models.BigAutoField"
