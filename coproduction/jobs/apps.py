"""How Django knows this app."""

from django.apps import AppConfig


class JobsConfig(AppConfig):
    """Background work: the Job row, and what runs it."""

    name = "coproduction.jobs"
    default_auto_field = "django.db.models.BigAutoField"
