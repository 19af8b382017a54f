"""Letters that no English or Welsh writer means: a text that was read in the wrong encoding."""

import unicodedata

_OF_WALES = "ŵŷŴŶẁẃẅỳẀẂẄỲ"
# From here on stand letters that only old spellings have; those of Wales are among them.
_OLD = "ḁ"


def count_odd_letters(text: str) -> int:
    """Count capitals and signs within words, and strange letters.

    “it’s” from a Macintosh is itÕs in Windows-1252; dŵr from ISO-8859-14 is dðr.
    """
    around = f" {text} "
    return sum(
        _is_odd(*around[place - 1 : place + 2])
        for place in range(1, len(around) - 1)
        if not around[place].isascii()
    )


def _is_odd(before: str, letter: str, after: str) -> bool:
    """Say whether a letter is odd between these two."""
    kind = unicodedata.category(letter)
    if kind[0] == "C":
        return True
    if letter in "ðþÐÞ" or (letter > _OLD and kind[0] == "L" and letter not in _OF_WALES):
        return True
    if kind == "Lu":
        return before.islower()
    # Signs stand after a word or alone, not before a letter; quotes and currencies do.
    return kind in {"Sm", "So", "Sk", "No", "Lm"} and after.isalpha() and letter not in "°©®"
