"""Pasted lines: the marks of a list in front of them, and lines that say the same."""

import re
from collections.abc import Iterable

from coproduction.languages.folding import fold

# A dash, dot or star, or a number, with a space after it: "- 5 benches" is a list, "-5" is not.
_MARK = re.compile(r"^(?:[-\u2013\u2014*\u00b7\u2022\u25aa\u25cf]|\d{1,3}[.)])\s+(?=\S)")


def without_list_marker(line: str) -> str:
    """Return a line without the mark of a list in front of it, if it has one."""
    return _MARK.sub("", line, count=1)


def has_list_marker(line: str) -> bool:
    """Whether a line begins as one of a list."""
    return _MARK.match(line) is not None


def with_duplicates(lines: Iterable[str]) -> list[tuple[str, int]]:
    """Pair each line with the number of the first that says the same before it, or 0.

    Two people may say the same words, so that is told and not mended.
    """
    first: dict[str, int] = {}
    rows = []
    for number, line in enumerate(lines, start=1):
        earlier = first.setdefault(fold(line), number)
        rows.append((line, earlier if earlier != number else 0))
    return rows
