"""How Django knows this app."""

from contextlib import suppress

from django.apps import AppConfig

from coproduction.languages.catalogues import compile_catalogues


class LanguagesConfig(AppConfig):
    """Texts in several languages, typed text, and dates."""

    name = "coproduction.languages"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Compile what is missing or older, so that whatever is run first speaks every language.

        Where the folder can't be written, whoever installed it has compiled them.
        """
        with suppress(OSError):
            compile_catalogues()
