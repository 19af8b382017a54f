"""Where people are from, told no more closely than part of a town."""

import re

_POSTCODE = re.compile(r"\b([A-Z]{1,2}\d[A-Z\d]?)\s*(\d)[A-Z]{2}\b", re.IGNORECASE)


def without_full_postcode(text: str) -> str:
    """Return where somebody is from with no postcode of a street: of "XX5 9CC" stays "XX5 9"."""
    return _POSTCODE.sub(lambda found: f"{found[1].upper()} {found[2]}", text)
