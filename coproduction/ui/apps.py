"""How Django knows this app."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    """The look: components, charts and the template of forms. No records."""

    name = "coproduction.ui"
    default_auto_field = "django.db.models.BigAutoField"
