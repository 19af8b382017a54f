"""Pasted lines: cells of several, marks of a list in front, headings among the lines."""

import re
from collections.abc import Mapping, Sequence

from engagements.imports.agreement import read_marks
from engagements.imports.meanings import plain
from engagements.models import NO_QUESTION

# A dash, dot or star, or a number, with a space after it: "- 5 benches" is a list, "-5" is not.
_MOST_LINES_OF_CELL = 100
# Rules, stars and the like round a heading: "== What we need ==", "**NEEDS**".
_ROUND_HEADING = "#*_=~- \t"
_MOST_WORDS_OF_HEADING = 6
_LEAST_LETTERS_OF_HEADING = 4
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


def as_pasted(text: str, weight: int) -> str:
    """Return a comment as a line of a paste, from which the same would be kept again."""
    if weight and not read_marks(text).number:
        text = f"{text} x{weight}"
    return '"{}"'.format(text.replace('"', '""')) if "\n" in text else text


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


def kind_of_heading(line: str, names: Mapping[str, str]) -> str:
    """Return the kind of question that a line names and says nothing else; empty for any other.

    ``names`` are the kinds by all that they are called. "None" is mostly an answer.
    """
    name = plain(without_list_marker(line).strip(_ROUND_HEADING)).strip(_ROUND_HEADING)
    return "" if name == NO_QUESTION else names.get(name, "")


def seem_headings(lines: Sequence[str]) -> list[bool]:
    """Say of each line whether it looks as a heading does: few words, and a colon or capitals.

    Where most lines are in capitals they say nothing: somebody writes so.
    """
    capitals = [line.isupper() for line in lines]
    capitals_tell = sum(capitals) * 2 <= len(lines)
    return [
        _is_short(line) and (line.rstrip().endswith(":") or (capitals_tell and is_upper))
        for line, is_upper in zip(lines, capitals, strict=True)
    ]


def _is_short(line: str) -> bool:
    """Whether a line has no more words than a heading has, and enough letters for one."""
    letters = sum(each.isalpha() for each in line)
    return letters >= _LEAST_LETTERS_OF_HEADING and len(line.split()) <= _MOST_WORDS_OF_HEADING
