"""Several points in one cell, taken apart where somebody says so: by a mark, a line or a dash."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from coproduction.languages.typed_text import clean_typed
from engagements.imports.table import Row

# What may stand between points, as the command and the page call it.
LINE, DASH, SEMICOLON = "line", "dash", ";"
SEPARATORS = (SEMICOLON, LINE, DASH, ",", "|", "/")
# No table says more things in one cell: it is a text then, and stays one.
_MOST = 1_000
# As in pasting: "- 5 benches" is a list, "-5" is not.
_MARK = re.compile(r"^\s*(?:[-\u2013\u2014*\u00b7\u2022\u25aa\u25cf]|\d{1,3}[.)])\s+(?=\S)")
# Most cells have none of these, and need no closer look.
_MAY_SEPARATE = re.compile("[;\n\r\x0b\x0c\x85\u2028\u2029\u2013\u2014\u2022-]")
# A dash with room on both sides, or one that begins a line: "well-being" is one word.
_DASHES = re.compile(r"(?:^|\s)[-\u2013\u2014\u2022](?:\s+|$)")


def split_points(cell: str, separators: Iterable[str]) -> list[str]:
    """Return the points in a cell, in order, without the marks of a list and without blank ones.

    A cell without any of the separators is one point, as it stands. Nothing but separators, marks
    of a list and blank edges goes.
    """
    text = clean_typed(cell)
    parts = [text]
    for separator in separators:
        parts = [piece for part in parts for piece in _split(part, separator)]
    if len(parts) == 1 or len(parts) > _MOST:
        return [whole] if (whole := text.strip()) else []
    return [point for part in parts if (point := _MARK.sub("", part.strip()).strip())]


def _split(text: str, separator: str) -> list[str]:
    """Cut a text wherever a separator stands."""
    if separator == LINE:
        return text.splitlines()
    if separator == DASH:
        return _DASHES.split(text)
    return text.split(separator)


def separators_offered(cells: Sequence[str]) -> dict[str, int]:
    """Return what seems to stand between points, with how many of these cells it would take apart.

    Only lines, semicolons and dashes seem so: commas stand in most sentences.
    """
    counts = {
        separator: sum(len(split_points(cell, [separator])) > 1 for cell in cells)
        for separator in (LINE, SEMICOLON)
    }
    # Of dashes in one line, one alone is mostly a pause for breath.
    counts[DASH] = sum("\n" not in cell and len(_DASHES.findall(cell)) > 1 for cell in cells)
    return {separator: count for separator, count in counts.items() if count}


@dataclass(frozen=True)
class SplitOffer:
    """A column with several points in some cells: by what, in how many cells, and the first few."""

    column: str
    # Separator and how many cells it would take apart.
    by: tuple[tuple[str, int], ...]
    # The cells that what is chosen takes apart, with their points.
    taken_apart: tuple[tuple[str, tuple[str, ...]], ...]


# So many cells are shown as they would be taken apart, each to be kept whole if that is better.
_MOST_SHOWN = 20


class PointReader:
    """Looks, as rows go by, for cells with several points; told of every row, once."""

    def __init__(
        self,
        headings: Sequence[str],
        texts: Iterable[str],
        splits: Mapping[str, Sequence[str]],
    ) -> None:
        """Know the columns of words, and what is chosen to stand between their points."""
        self._columns = [(headings.index(column), column) for column in texts]
        self._splits = splits
        self._counts = {column: Counter[str]() for _place, column in self._columns}
        self._shown: dict[str, dict[str, tuple[str, ...]]] = {c: {} for _p, c in self._columns}

    def note(self, row: Row) -> None:
        """Count what seems to stand between points in the cells of the next row."""
        if row.fault:
            return
        for place, column in self._columns:
            cell = row.cells[place] if place < len(row.cells) else ""
            if _MAY_SEPARATE.search(cell):
                self._counts[column].update(separators_offered([clean_typed(cell)]).keys())
            shown, chosen = self._shown[column], self._splits.get(column, ())
            if chosen and len(shown) < _MOST_SHOWN:
                points = split_points(cell, chosen)
                if len(points) > 1:
                    shown.setdefault(clean_typed(cell).strip(), tuple(points))

    def offers(self) -> list[SplitOffer]:
        """Return the columns whose cells may be taken apart."""
        return [
            SplitOffer(
                column,
                tuple(self._counts[column].most_common()),
                tuple(self._shown[column].items()),
            )
            for _place, column in self._columns
            if self._counts[column] or self._shown[column]
        ]
