"""How Django knows this app."""

from django.apps import AppConfig


class JobsConfig(AppConfig):
    """The jobs app."""

    name = "coproduction.jobs"
    default_auto_field = "django.db.models.BigAutoField"
