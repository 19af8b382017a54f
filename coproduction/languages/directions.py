"""Which way a text runs: from the right for Arabic or Hebrew, from the left for most others."""

import re
from functools import cache

from babel import Locale, UnknownLocaleError

# The letters of the scripts that run from the right: Hebrew to Arabic, and their later blocks.
_FROM_THE_RIGHT = re.compile(
    "[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefe\U00010800-\U00010fff\U0001e800-\U0001efff]"
)


def direction_of(language: str, text: str = "") -> str:
    """Return which way words run, as HTML's ``dir`` says it: ``ltr``, ``rtl`` or ``auto``.

    Words with letters from the right run as most of their letters do, whatever language they are
    filed under: a form offers the project's languages and no others. Other words run as their
    language does, and where nobody knows it, as the reader's browser finds them to.
    """
    # Most words are plain, and a page of the plan asks this of a thousand.
    if not text.isascii() and (from_the_right := len(_FROM_THE_RIGHT.findall(text))):
        letters = sum(letter.isalpha() for letter in text)
        return "rtl" if 2 * from_the_right > letters else "ltr"
    return _direction_of_language(language)


@cache
def _direction_of_language(language: str) -> str:
    """Return which way a language is written."""
    parts = language.replace("_", "-")
    try:
        # Babel takes "und", the code for not knowing, for its own default.
        return "auto" if parts.startswith("und") else Locale.parse(parts, sep="-").text_direction
    except (ValueError, UnknownLocaleError):
        return "auto"
