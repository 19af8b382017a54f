"""Rows that could not come in: handed out to be corrected, and recognised when they come back."""

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from coproduction.ui.spreadsheets import unescape_formula
from engagements.imports.table import Row
from engagements.models.import_refusal import RefusalReason

# The two columns that we put before a file's own, by which a file of ours is known again.
OUR_COLUMNS = ["refused_row", "refused_because"]
# What stands in a cell in place of what could not be kept as it was.
_NUL = "\N{SYMBOL FOR NULL}"
_UNREADABLE = "\N{REPLACEMENT CHARACTER}"
_WHOLE_LINE = "[?] "
# What stands for a byte that could not be read.
_UNREAD = re.compile("[\ud800-\udfff]")


def is_refused_rows_file(headings: Sequence[str]) -> bool:
    """Whether a file is one of refused rows that we handed out."""
    return list(headings[: len(OUR_COLUMNS)]) == OUR_COLUMNS


def own_headings(headings: Sequence[str]) -> list[str]:
    """Return a file's headings without those that we put before them."""
    return list(headings[len(OUR_COLUMNS) :] if is_refused_rows_file(headings) else headings)


def refused_row_json(row: Row) -> str:
    """Return a refused row's cells, whole, as JSON that any database takes, to be corrected later.

    What can't be kept as it is shows as a mark of ours, by which a row that comes back as it went
    out is known: see ``fault_of_unrepaired``.
    """
    cells = [_UNREAD.sub(_UNREADABLE, cell.replace("\x00", _NUL)) for cell in row.cells]
    for place, name in row.errors:
        if place < len(cells):
            cells[place] = name
    if row.fault:
        # Not cells but a line that could not be cut into cells.
        cells = [f"{_WHOLE_LINE}{cells[0]}"]
    return json.dumps(cells, ensure_ascii=False)


def repair_table(
    headings: Sequence[str], refused: Iterable[tuple[int, str, str]]
) -> tuple[list[str], Iterator[list[Any]]]:
    """Return the headings and rows of a file to correct and bring in again.

    ``headings`` are the file's; ``refused`` are (number, why, ``refused_row_json``). It has the
    columns of the file after two of ours, which an import leaves alone; a file that is itself such
    a file has them already.
    """
    ours = is_refused_rows_file(headings)
    rows = ([number, why, *_own_cells(json.loads(row), ours)] for number, why, row in refused)
    return [*OUR_COLUMNS, *own_headings(headings)], rows


def _own_cells(cells: list[str], ours: bool) -> list[str]:
    """Return a refused row's cells, without what our own file had put before and around them."""
    if not ours or cells[0].startswith(_WHOLE_LINE):
        return cells
    return [unescape_formula(cell) for cell in cells[len(OUR_COLUMNS) :]]


def cells_to_mend(content: str, width: int) -> list[str]:
    """Return a refused row's cells for its ``width`` headings; blank ones of a line without cells.

    ``content`` is ``refused_row_json``. Cells beyond the headings are left out.
    """
    cells = json.loads(content) if content else []
    if cells and cells[0].startswith(_WHOLE_LINE):
        cells = []
    return [*cells[:width], *[""] * (width - len(cells))]


def line_beside(content: str, width: int) -> str:
    """Return what a refused row says beside its cells: a line without cells, or cells too many."""
    cells = json.loads(content) if content else []
    if cells and cells[0].startswith(_WHOLE_LINE):
        return str(cells[0].removeprefix(_WHOLE_LINE))
    return " ".join(cells[width:])


def fault_of_unrepaired(cells: Iterable[str]) -> str:
    """Say what is still wrong with a row of our own file of refused rows, or an empty string.

    A row that nobody corrected still holds our marks, which are not what a person said.
    """
    for cell in cells:
        if cell.startswith(_WHOLE_LINE):
            return RefusalReason.QUOTES
        if _NUL in cell:
            return RefusalReason.NUL
        if _UNREADABLE in cell:
            return RefusalReason.BAD_CHARACTERS
    return ""
