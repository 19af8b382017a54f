"""Finding in words what may tell who somebody is: names, numbers, addresses, ages with places.

It points, and changes nothing: what it finds may be a street or a shop, and it misses much.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator

from phonenumbers import Leniency, PhoneNumberMatcher

from engagements.looking.found import Kind, Spotted

# Numbers without their country's are read as those of here.
_HERE = "GB"
_CAPITAL = "A-ZÀ-ÖØ-ÞĀĂĄĆĈĊČŴŶŁŚŹŻ"
_WORD = rf"[{_CAPITAL}][\w'’-]+"
_INITIALS = rf"(?:[{_CAPITAL}]\.?\s*){{0,3}}"
# As people write them before a name. Those that are words of their own besides count only with a
# capital letter, and before another.
_SURE_TITLES = "mr|mrs|mstr"
_SHORT_TITLES = (
    *("Ms", "Mx", "Dr", "Prof", "Rev", "Revd", "Fr", "Cllr", "Sgt", "PC"),
    *("Bnr", "Bns", "Parch", "Cyng"),
)
_TITLES = (
    *("Miss", "Doctor", "Professor", "Reverend", "Father", "Canon", "Sister", "Pastor", "Imam"),
    *("Rabbi", "Sir", "Dame", "Lady", "Lord", "Councillor", "Nurse", "Matron", "Sergeant"),
    *("PCSO", "Constable", "Uncle", "Aunt", "Auntie", "Aunty", "Nan", "Nanny", "Grandad", "Coach"),
    *("Bonwr", "Athro", "Parchedig", "Tad", "Cynghorydd", "Syr", "Arglwydd", "Arglwyddes", "Nyrs"),
    *("Meddyg", "Wncwl", "Ewythr", "Yncl", "Anti", "Modryb", "Bodo", "Mamgu", "Tadcu", "Taid"),
    "Nain",
)
# After a title they are no name.
_NO_NAME = "and|or|in|on|at|who|is|was|the|from|to|a|ac|neu|yn|ar|sy|oedd"
_NAME = re.compile(
    rf"(?<!\w)(?:(?i:{_SURE_TITLES})\.?\s+(?:(?:and|&|a|ac)\s+(?i:mrs|mr|ms)\.?\s+)?"
    rf"{_INITIALS}(?!(?i:{_NO_NAME})\b)[^\W\d_][\w'’-]+"
    rf"|(?:(?:{'|'.join(_SHORT_TITLES)})\.?|{'|'.join(_TITLES)})\s+{_INITIALS}{_WORD})"
    rf"(?:\s+{_WORD})?"
)
_EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{2,63})+")
_HANDLE = re.compile(r"(?<![\w.@/])@[A-Za-z_][\w.]{1,29}(?<!\.)")
# The second half has none of the letters that look like others.
_POSTCODE = re.compile(
    r"(?<![\w])[A-Z]{1,2}\d[A-Z\d]?\s{0,2}\d[ABD-HJLNP-UW-Z]{2}(?!\w)", re.IGNORECASE
)
# As they are now, and as they were from 1983; without those that look like roads.
_PLATE = re.compile(
    r"(?<!\w)(?:[A-Z]{2}[0-9]{2}\s?[A-Z]{3}|(?i:[A-Z]{2}[0-9]{2}[A-Z]{3})"
    r"|[C-HJ-LN-PR-TV-Y][0-9]{1,3}\s?[A-Z]{3})(?!\w)"
)
# A number of here, also of those that are kept for stories, and one typed with a digit too many.
_OWN_NUMBER = re.compile(r"(?<![\d+])(?:\+44\s?(?:\(0\))?|0)(?:[\s().-]{0,2}\d){9,12}(?!\d)")
_DIGITS = re.compile(r"(?:\d\D{0,3}){7}")
_AGE = re.compile(
    r"(?<!\w)(?:"
    r"\d{1,3}[\s-]?(?:years?|yrs?|months?)[\s-]?old|\d{1,3}\s?(?:yo|y/o)\b"
    r"|\d{1,3}\s?(?:mlwydd|flwydd|blwydd|oed)(?:\s+oed)?"
    r"|(?:aged?|age of|am|i'm|i’m|is|turned|turning)\s+\d{1,3}"
    r"(?=\s*(?:$|[,.;!?)]|and\b|years?\b|from\b|in\b|living\b|live\b)))",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"\d+")
_PLACE = re.compile(
    rf"(?<!\w)(?:in|at|from|on|near|of|by|o|yn|yng|ym|ar|ger|wrth)\s+(?:the\s+|y\s+|yr\s+)?{_WORD}"
)
_SENTENCE = re.compile(r"[^.!?\n]+")


def find_personal(text: str) -> list[Spotted]:
    """Return what may tell who somebody is, in order; of two that overlap the surer one."""
    kept: list[Spotted] = []
    for found in _every(text):
        # None of those kept overlap, so only its neighbours can.
        at = bisect_left(kept, found)
        if not any(found.overlaps(other) for other in kept[max(at - 1, 0) : at + 1]):
            kept.insert(at, found)
    return kept


def _every(text: str) -> Iterator[Spotted]:
    """Go through all that is found, the surest kinds first."""
    if "@" in text:
        yield from _matches(_EMAIL, text, Kind.EMAIL)
    has_digits = any(letter.isdigit() for letter in text)
    if has_digits:
        yield from _numbers(text)
        yield from _matches(_POSTCODE, text, Kind.POSTCODE)
        yield from _matches(_PLATE, text, Kind.PLATE)
    if "@" in text:
        yield from _matches(_HANDLE, text, Kind.HANDLE)
    yield from _matches(_NAME, text, Kind.NAME)
    if has_digits:
        yield from _ages(text)


def _matches(pattern: re.Pattern[str], text: str, kind: str) -> Iterator[Spotted]:
    """Return where a pattern is found."""
    for found in pattern.finditer(text):
        yield Spotted(found.start(), found.end() - found.start(), kind)


def _numbers(text: str) -> Iterator[Spotted]:
    """Return the telephone numbers, of any country where it is said."""
    if not _DIGITS.search(text):
        return
    for match in PhoneNumberMatcher(text, _HERE, leniency=Leniency.VALID):
        yield Spotted(match.start, match.end - match.start, Kind.PHONE)
    yield from _matches(_OWN_NUMBER, text, Kind.PHONE)


def _ages(text: str) -> Iterator[Spotted]:
    """Return exact ages in whose sentence a place is named: together they point at somebody."""
    for sentence in _SENTENCE.finditer(text):
        if _PLACE.search(sentence[0]):
            for age in _AGE.finditer(sentence[0]):
                # The number alone: "I am … and live in Bryn" still says what was said.
                number = _NUMBER.search(age[0])
                if number is not None:
                    at = sentence.start() + age.start() + number.start()
                    yield Spotted(at, len(number[0]), Kind.AGE)
