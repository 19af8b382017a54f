"""Pasted lines: cells of several, the marks of a list in front, and lines that say the same."""

import re
from collections.abc import Iterable, Sequence

from coproduction.languages.folding import fold

# A dash, dot or star, or a number, with a space after it: "- 5 benches" is a list, "-5" is not.
_MOST_LINES_OF_CELL = 100
_MARK = re.compile(r"^(?:[-\u2013\u2014*\u00b7\u2022\u25aa\u25cf]|\d{1,3}[.)])\s+(?=\S)")


def split_lines(pasted: str) -> list[str]:
    """Split pasted text into comments: a line each, blank lines left out.

    A cell of several lines, as a spreadsheet puts it in a paste, between quote marks, is one.
    """
    lines, found, at = pasted.splitlines(), [], 0
    while at < len(lines):
        cell, count = _cell_at(lines, at)
        found.append(cell.strip())
        at += count
    return [each for each in found if each]


def _cell_at(lines: Sequence[str], at: int) -> tuple[str, int]:
    """Return the cell that begins at a line, and how many lines it takes; mostly, the line itself.

    Marks inside a cell are doubled: so a line that only begins with somebody's words is not one.
    """
    if lines[at].startswith('"'):
        marks = 0
        for end, line in enumerate(lines[at : at + _MOST_LINES_OF_CELL], start=at + 1):
            marks += line.count('"')
            if marks % 2:
                continue
            whole = "\n".join(lines[at:end]).rstrip()
            inside = whole[1:-1].replace('""', "")
            if end == at + 1 or not whole.endswith('"') or '"' in inside:
                break
            return whole[1:-1].replace('""', '"'), end - at
    return lines[at], 1


def without_list_marker(line: str) -> str:
    """Return a line without the mark of a list in front of it, if it has one."""
    return _MARK.sub("", line, count=1)


def has_list_marker(line: str) -> bool:
    """Whether a line begins as one of a list."""
    return _MARK.match(line) is not None


def with_duplicates(lines: Iterable[str]) -> list[tuple[str, int]]:
    """Pair each line with the number of the first that says the same before it, or 0.

    Two people may say the same words, so that is shown and not corrected.
    """
    first: dict[str, int] = {}
    rows = []
    for number, line in enumerate(lines, start=1):
        earlier = first.setdefault(fold(line), number)
        rows.append((line, earlier if earlier != number else 0))
    return rows
