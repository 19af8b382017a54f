"""Which languages there are, what each is called, and which one a page is in."""

from functools import cache

from django.conf import settings
from django.conf.locale import LANG_INFO
from django.utils.text import capfirst
from django.utils.translation import get_language, get_language_info, override

from coproduction.languages.folding import fold


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


def code_of_language(name: str) -> str:
    """Return the code of a language named in English, in its own words, or in one of ours."""
    return _codes_by_name().get(fold(name), "")


@cache
def _codes_by_name() -> dict[str, str]:
    names = {
        fold(str(info[key])): code
        for code, info in LANG_INFO.items()
        if len(code) <= 3 and "name" in info
        for key in ("name", "name_local")
    }
    for page in language_codes():
        with override(page):
            names |= {fold(str(name)): code for code, name in settings.LANGUAGES}
    return names
