"""Which languages there are, what each is called, and which one a page is in."""

import re
from functools import cache

from babel import Locale, UnknownLocaleError
from babel.core import get_global
from django.conf import settings
from django.conf.locale import LANG_INFO
from django.utils.text import capfirst
from django.utils.translation import get_language, get_language_info, gettext, override

from coproduction.languages.folding import fold

# Of words whose language nobody has said or guessed yet, as ISO 639 has it.
UNKNOWN_LANGUAGE = "und"
# Codes by chance, and in a column of languages an answer: no in English and Welsh, and yes.
_ANSWERS = frozenset({"no", "na", "ie"})
_LETTERS_OF_SCRIPT = 4


def language_codes() -> list[str]:
    """Return the languages of this installation, in the order of its settings."""
    return [code for code, _name in settings.LANGUAGES]


def page_language() -> str:
    """Return the language of the page being made; the source language where there is no page."""
    return get_language() or settings.LANGUAGE_CODE


def translated_name(code: str) -> str:
    """Name a language in the language of the page: "Welsh". One that nobody knows is its code."""
    named = dict(settings.LANGUAGES).get(code) or _names_in(page_language()).get(code)
    return capfirst(str(named)) if named else code


def language_name(code: str) -> str:
    """Name a language in its own words: "Cymraeg"; one to be guessed says so."""
    if code == UNKNOWN_LANGUAGE:
        return gettext("To be guessed")
    try:
        return capfirst(get_language_info(code)["name_local"])
    except KeyError:
        own = _names_in(code).get(code)
        return capfirst(own) if own else translated_name(code)


def code_of_language(typed: str) -> str:
    """Return the code by which a language is kept, whatever it is called: CYM, cy_GB, Cymraeg.

    A country is left out, a script is not. An empty string for anything else.
    """
    name = fold(typed)
    if name in _ANSWERS:
        return ""
    if found := _codes_by_name().get(name):
        return found
    # What follows a dot or an @ says how a computer writes it.
    language, *rest = re.split(r"[.@]", name)[0].replace("_", "-").split("-")
    language = get_global("language_aliases").get(language, language).partition("_")[0]
    script = [part for part in rest[:1] if len(part) == _LETTERS_OF_SCRIPT and part.isalpha()]
    return "-".join([language, *script]) if language in _known_codes() else ""


@cache
def _codes_by_name() -> dict[str, str]:
    """Return the code of each language by what it is called, folded."""
    names = {
        fold(str(info[key])): code
        for code, info in LANG_INFO.items()
        if len(code) <= 3 and "name" in info
        for key in ("name", "name_local")
    }
    for page in language_codes():
        names |= {fold(name): code for code, name in _names_in(page).items()}
    for page in language_codes():
        with override(page):
            names |= {fold(str(name)): code for code, name in settings.LANGUAGES}
    return names


@cache
def _known_codes() -> frozenset[str]:
    """Return the codes that languages have, without script or country."""
    known = {code.partition("-")[0] for code in _names_in(settings.LANGUAGE_CODE)}
    return frozenset({*known, *LANG_INFO, *language_codes()})


@cache
def _names_in(language: str) -> dict[str, str]:
    """Return what each language is called in one of them, by code; a country's own left out."""
    try:
        names = Locale.parse(language, sep="-").languages
    except (UnknownLocaleError, ValueError):
        return {}
    codes = {code: code.replace("_", "-").lower() for code in names}
    return {
        code: str(names[each])
        for each, code in codes.items()
        if all(len(part) == _LETTERS_OF_SCRIPT for part in code.split("-")[1:])
    }
