"""How Django knows this app."""

from django.apps import AppConfig


class ProjectsConfig(AppConfig):
    """The projects app."""

    name = "coproduction.projects"
    default_auto_field = "django.db.models.BigAutoField"
