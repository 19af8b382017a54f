"""How Django knows this app."""

from django.apps import AppConfig


class ProjectsConfig(AppConfig):
    """People, projects, organisations, access, the trail and letters."""

    name = "coproduction.projects"
    default_auto_field = "django.db.models.BigAutoField"
