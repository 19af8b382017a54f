"""Days as people write them in a table: 2023-09-16, 16/9/23, 16 Sept 2023, 16 Medi 2023."""

import re
from datetime import date as Date
from functools import cache

from babel import Locale

from coproduction.languages.codes import language_codes
from coproduction.languages.folding import fold

# A year of two digits is one of ours, as a spreadsheet reads it: 23 is 2023, 85 is 1985.
_LAST_OF_THIS_CENTURY = 68
_CLOCK = r"\d{1,2}[:.]\d{2}(?:[:.]\d{2}(?:[.,]\d+)?)?(?: ?[ap]m)?"
_TIME = rf"(?:[t ,]+{_CLOCK}(?:z| ?[+-]\d{{2}}:?\d{{2}})?)?"
_ISO = re.compile(rf"(\d{{4}})[-/.](\d{{1,2}})[-/.](\d{{1,2}}){_TIME}")
_DAY_FIRST = re.compile(rf"(\d{{1,2}})[-/. ](\d{{1,2}})[-/. ](\d{{4}}|\d{{2}}){_TIME}")
_NAMED = re.compile(rf"(\d{{1,2}})[a-z]{{0,3}}[- ./]*([^\W\d_]+)[., /-]*(\d{{4}}|\d{{2}}){_TIME}")
_NAME_FIRST = re.compile(rf"([^\W\d_]+)\.? (\d{{1,2}})[a-z]{{0,2}},? (\d{{4}}){_TIME}")
# What may stand between a day and its month, in either language: 16th of September, 16eg o Fedi.
_BETWEEN = re.compile(r"(?<=[\da-z]) (?:of|o) ")


def read_date(typed: str) -> Date | None:
    """Return the day that somebody wrote, the day before the month; None where it is none.

    A time behind it is passed over, and so is the name of its weekday.
    """
    text = _BETWEEN.sub(" ", fold(typed))
    while text:
        if found := _read(text):
            return found
        first, _space, rest = text.partition(" ")
        # "Saturday, 16 September": words in front that are no month; never a number.
        if not rest or any(sign.isdigit() for sign in first):
            return None
        text = rest
    return None


def _read(text: str) -> Date | None:
    """Return the day that a whole text says, or None."""
    if found := _ISO.fullmatch(text):
        year, month, day = (int(part) for part in found.groups())
    elif found := _DAY_FIRST.fullmatch(text):
        day, month, year = (int(part) for part in found.groups())
    elif found := _NAMED.fullmatch(text):
        day, month, year = int(found[1]), _months().get(found[2], 0), int(found[3])
    elif found := _NAME_FIRST.fullmatch(text):
        month, day, year = _months().get(found[1], 0), int(found[2]), int(found[3])
    else:
        return None
    if year < 100:
        year += 2000 if year <= _LAST_OF_THIS_CENTURY else 1900
    try:
        return Date(year, month, day)
    except ValueError:
        return None


@cache
def _months() -> dict[str, int]:
    """Return the months by their names, long and short, in the installation's languages."""
    names = {"sept": 9}
    for code in language_codes():
        months = Locale.parse(code, sep="-").months
        for use in ("format", "stand-alone"):
            for width in ("wide", "abbreviated"):
                names |= {fold(name).rstrip("."): n for n, name in months[use][width].items()}
    # After "o", "i" and "ar" Welsh softens the first letter: o Fedi, o Dachwedd.
    names |= {"fedi": 9, "dachwedd": 11, "ragfyr": 12, "fawrth": 3, "fai": 5, "fehefin": 6}
    return names | {"orffennaf": 7}
