"""How Django knows this app."""

from django.apps import AppConfig


class LanguagesConfig(AppConfig):
    """The languages app."""

    name = "coproduction.languages"
    default_auto_field = "django.db.models.BigAutoField"
