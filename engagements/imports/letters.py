"""The letters of a file: in which encoding it was saved, and where letters were lost before."""

import codecs
import re
from collections.abc import Iterable
from typing import BinaryIO

from charset_normalizer import from_bytes
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from coproduction.languages.odd_letters import count_odd_letters
from engagements.imports.refusals import NotReadable

# What may be chosen, by what Python calls it. Two kinds of UTF-16 are only ever guessed.
ENCODINGS: dict[str, str | Promise] = {
    "utf-8-sig": "UTF-8",
    "utf-16": "UTF-16",
    "cp1252": _("Windows, Western Europe (Windows-1252)"),
    "iso8859-14": _("Welsh and other Celtic languages (ISO-8859-14)"),
    "mac-roman": _("Old Macintosh (Mac Roman)"),
    "cp1250": _("Windows, Central Europe (Windows-1250)"),
    "cp1251": _("Windows, Cyrillic (Windows-1251)"),
    "cp1256": _("Windows, Arabic (Windows-1256)"),
}
UTF_16 = ("utf-16", "utf-16-le", "utf-16-be")
# What a byte that can't be read is decoded to.
UNDECODED = re.compile("[\udc80-\udcff]")

_LINE = re.compile(rb"[^\r\n]*[\x80-\xff][^\r\n]*")
_SAMPLE = 64 * 1024
# Fewer bytes than this tell a machine nothing about the language.
_FEW = 24


def name_of_encoding(encoding: str) -> str | Promise:
    """Return what an encoding is called for people; what Python calls it, where that is all."""
    return ENCODINGS["utf-16"] if encoding in UTF_16 else ENCODINGS.get(encoding, encoding)


def encoding_called(typed: str) -> str:
    """Return the encoding of ``ENCODINGS`` that a person may mean; an empty string for none."""
    try:
        name = codecs.lookup(typed.strip()).name
    except (LookupError, ValueError):
        return ""
    name = "utf-8-sig" if name == "utf-8" else name
    return name if name in ENCODINGS or name in UTF_16 else ""


def guess_encoding(file: BinaryIO) -> str:
    """Guess in which encoding of one byte a letter a file was saved. Raises NotReadable.

    The guess goes by the lines that are not plain ASCII, up to 64 kB of them. Windows-1252 is what
    most are, so another has to be plainly better.
    """
    sample = _lines_to_guess_by(file)
    windows = _oddities(sample, "cp1252")
    if windows == 0 and not _is_foreign(sample, "cp1252"):
        return "cp1252"
    best = min(("cp1252", "iso8859-14", "mac-roman"), key=lambda name: _oddities(sample, name))
    if _oddities(sample, best) * 3 <= min(windows, len(sample)) and not _is_foreign(sample, best):
        return best
    if len(sample) - len(sample.translate(None, bytes(range(128, 256)))) >= _FEW:
        known = from_bytes(sample, cp_isolation=list(ENCODINGS)[2:]).best()
        if known is not None and (name := encoding_called(known.encoding)):
            return name
    if _undefined(sample, "cp1252"):
        raise NotReadable
    return "cp1252"


def _lines_to_guess_by(file: BinaryIO) -> bytes:
    """Return the first lines of a file that have other than ASCII in them."""
    file.seek(0)
    found: list[bytes] = []
    size = 0
    while size < _SAMPLE and (chunk := file.read(1024 * 1024)):
        for line in _LINE.findall(chunk):
            found.append(line[:1000])
            size += len(found[-1])
            if size >= _SAMPLE:
                break
    return b"\n".join(found)


def _undefined(sample: bytes, encoding: str) -> int:
    """Count the bytes that mean nothing in an encoding."""
    return len(UNDECODED.findall(sample.decode(encoding, "surrogateescape")))


def _oddities(sample: bytes, encoding: str) -> int:
    """Count the letters that a text would not have, if that were its encoding."""
    return count_odd_letters(sample.decode(encoding, "surrogateescape"))


def _is_foreign(sample: bytes, encoding: str) -> bool:
    """Say whether a third of the letters are none of English: then it is another alphabet."""
    letters = [each for each in sample.decode(encoding, "ignore") if each.isalpha()]
    return sum(not each.isascii() for each in letters) * 3 > len(letters)


def words_to_show(texts: Iterable[str], most: int = 3) -> list[str]:
    """Return the first words with other than ASCII in them, by which people see a right guess."""
    found: dict[str, None] = {}
    for text in texts:
        for word in text.split():
            if not word.isascii() and not UNDECODED.search(word):
                found.setdefault(word.strip(".,;:!?()“”\"'")[:30])
                if len(found) == most:
                    return list(found)
    return list(found)


# A letter that was lost stands as a question mark within a word, or before one; or, in Welsh, after
# t, d, nh or th, the forms of tŷ. A question's own mark stands at the end of a longer word.
_LOST = re.compile(
    r"[^\W\d_]\?[^\W\d_A-Z]|(?:^|\W)\?[^\W\d_A-Z]|(?:^|\W)(?:[tdTD]|[ntNT]h)\?(?:\W|$)|\ufffd"
)


def has_lost_letters(text: str) -> bool:
    """Say whether "?" or "�" stands where a letter was; addresses of pages have theirs rightly."""
    if "?" not in text and "\N{REPLACEMENT CHARACTER}" not in text:
        return False
    words = text.split()
    return any(
        _LOST.search(word)
        for word in words
        if ("?" in word or "\N{REPLACEMENT CHARACTER}" in word)
        and not any(mark in word for mark in "/=@")
    )
