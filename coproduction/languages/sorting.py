"""Names in the order of a language: accents beside their letters, and Welsh by its own letters."""

import re
from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from coproduction.languages.codes import page_language
from coproduction.languages.folding import fold

Each = TypeVar("Each")

# Letters that are no letter and an accent, where English readers look for them.
_BESIDE = str.maketrans(
    {"æ": "ae", "ð": "d", "ø": "o", "þ": "th", "đ": "d", "ħ": "h", "ı": "i", "ł": "l", "œ": "oe"}
)
_NUMBER = re.compile(r"\d+")
_LONGEST_NUMBER = 20
# After everything that begins with the one letter, and before the next.
_LAST = "\uffff"
# By language, the letters that are written with two: the Welsh "ch" comes after "cyw". In names
# such as Llangollen and Bangor, n and g are two letters; in others no rule could tell.
_OF_TWO = {"cy": re.compile(r"(c)h|(d)d|(f)f|(?<!\blla)(?<!\bba)n(g)|(l)l|(p)h|(r)h|(t)h")}


def sort_key(name: str, language: str = "") -> tuple[str, str]:
    """Return by what a name is sorted in a language, or else in that of the page.

    Case and accents count only between names that are alike without them, and numbers as numbers.
    """
    folded = fold(name)
    letters = folded.translate(_BESIDE)
    letters = _NUMBER.sub(lambda found: found[0].zfill(_LONGEST_NUMBER), letters)
    if of_two := _OF_TWO.get(language or page_language()):
        # Each after the letter it follows; "ng" follows "g".
        letters = of_two.sub(lambda found: f"{found[found.lastindex or 0]}{_LAST}", letters)
    return letters, name


def by_name(items: Iterable[Each], name: Callable[[Each], Any] = str) -> list[Each]:
    """Return items sorted by name, as the language of the page sorts them."""
    language = page_language()
    return sorted(items, key=lambda each: sort_key(str(name(each)), language))
