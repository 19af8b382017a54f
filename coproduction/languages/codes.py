"""Which languages there are, what each is called, and which one a page is in."""

from django.conf import settings
from django.utils.text import capfirst
from django.utils.translation import get_language, get_language_info


def language_codes() -> list[str]:
    """Return the languages of this installation, in the order of its settings."""
    return [code for code, _name in settings.LANGUAGES]


def page_language() -> str:
    """Return the language of the page being made; the source language where there is no page."""
    return get_language() or settings.LANGUAGE_CODE


def translated_name(code: str) -> str:
    """Name a language in the language of the page: "Welsh". One we don't know is its code."""
    return str(dict(settings.LANGUAGES).get(code, code))


def language_name(code: str) -> str:
    """Name a language in its own words: "Cymraeg"."""
    try:
        return capfirst(get_language_info(code)["name_local"])
    except KeyError:
        return translated_name(code)
