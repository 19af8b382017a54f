"""Words brought to one form for searching and comparing: "tŷ" is "TY", and one dash is another."""

import re
import unicodedata

# Typed alike, written differently: what a phone, a word processor or a pasted page puts instead.
_ALIKE = {
    mark: one
    for one, marks in {
        "'": "‘’‚‛ʻʼʽʹ′`´＇",
        '"': "“”„‟«»″＂",
        "-": "‐‑‒–—―−﹘﹣－",
        " ": "\x00",
        # Marks that nobody sees: soft hyphens, joiners, directions.
        "": "\u00ad\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\ufeff",
    }.items()
    for mark in marks
}
_MARKS = re.compile(f"[{''.join(_ALIKE)}]")
# They stand apart once a letter is decomposed. The vowel signs of other scripts are no accents.
_MARKS_AND_ACCENTS = re.compile(f"[{''.join(_ALIKE)}\u0300-\u036f]")


def plain_marks(text: str) -> str:
    """Return a text with its apostrophes, quotation marks, dashes and spaces made alike."""
    return " ".join(_MARKS.sub(lambda found: _ALIKE[found[0]], text).split())


def fold(text: str) -> str:
    """Return a text as it is searched and compared: without case and accents, its marks alike.

    Never shown: what people wrote is kept as they wrote it.
    """
    # Before they are decomposed, when an accent that stands alone becomes a space.
    text = text.replace("´", "'").casefold()
    if not text.isascii():
        # Some letters decompose into capitals.
        text = unicodedata.normalize("NFKD", text).casefold()
        text = _MARKS_AND_ACCENTS.sub(lambda found: _ALIKE.get(found[0], ""), text)
        text = unicodedata.normalize("NFC", text)
    return " ".join(text.replace("`", "'").replace("\x00", " ").split())
