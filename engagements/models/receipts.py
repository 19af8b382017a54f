"""Receipts: the codes by which a person finds again what they said."""

import secrets

# Crockford's alphabet: nothing that looks or sounds like something else.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 12
_READ_AS = str.maketrans({"O": "0", "I": "1", "L": "1", "U": "V"})
# Two characters from one 10-bit number: a table is quicker than two divisions.
_PAIRS = [first + second for first in ALPHABET for second in ALPHABET]


def new_receipts(count: int) -> list[str]:
    """Make ``count`` codes such as ``7KQM-4TPX-9RWD``: 60 random bits each, past guessing."""
    raw = secrets.token_bytes(8 * count)
    receipts = []
    for start in range(0, 8 * count, 8):
        bits = int.from_bytes(raw[start : start + 8], "big")
        a, b = _PAIRS[bits & 1023], _PAIRS[bits >> 10 & 1023]
        c, d = _PAIRS[bits >> 20 & 1023], _PAIRS[bits >> 30 & 1023]
        e, f = _PAIRS[bits >> 40 & 1023], _PAIRS[bits >> 50 & 1023]
        receipts.append(f"{a}{b}-{c}{d}-{e}{f}")
    return receipts


def normalise_receipt(typed: str) -> str:
    """Return a typed code as it is kept; an empty string for what can't be one.

    Case, spaces and hyphens don't matter, and look-alikes are read as what was meant.
    """
    letters = "".join(letter for letter in typed[:60].upper() if letter.isalnum())
    letters = letters.translate(_READ_AS)
    if len(letters) != LENGTH or not set(letters) <= set(ALPHABET):
        return ""
    return f"{letters[:4]}-{letters[4:8]}-{letters[8:]}"
