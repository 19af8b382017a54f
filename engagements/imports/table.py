"""A file as a table: headings, and rows of text under them, whatever kind of file it is."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import BinaryIO, NamedTuple

from engagements.imports.csv_reader import raw_rows
from engagements.imports.headings import headings_of
from engagements.imports.layout import Layout
from engagements.imports.letters import UNDECODED
from engagements.imports.refusals import BadHeadings, NoHeadings, TooManyColumns
from engagements.imports.workbook_reader import read_sheet
from engagements.models.import_refusal import RefusalReason


class Row(NamedTuple):
    """One row: its number as a spreadsheet shows it, its cells, and what is wrong with it.

    ``errors`` are (place from 0, "#REF!") of cells that a formula could not fill; they are empty.
    """

    number: int
    cells: list[str]
    fault: str = ""
    errors: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True)
class FileTable:
    """A file's headings, and its rows still to be read."""

    headings: list[str]
    rows: Iterator[Row]


def read_table(file: BinaryIO, layout: Layout, *, first: int = 0) -> FileTable:
    """Read a file's headings, and its rows as they are asked for. Raises FileRefused.

    Blank lines, and rows of nothing but separators, which spreadsheets leave behind, are no rows;
    but they count in the numbers, as in a spreadsheet. Who needs only about the ``first`` rows of a
    workbook says so: they come in a fraction of the time.
    """
    if layout.is_workbook:
        return _table(_of_sheet(file, layout.sheet, first), layout)
    return _table(_of_text(file, layout), layout)


def _of_sheet(file: BinaryIO, sheet: str, first: int) -> Iterator[Row]:
    """Yield every row of a sheet."""
    for row in read_sheet(file, sheet, first):
        yield Row(row.number, row.cells, errors=row.errors)


def _of_text(file: BinaryIO, layout: Layout) -> Iterator[Row]:
    """Yield every row of a text."""
    rows = raw_rows(file, layout.encoding, layout.separator)
    for number, (cells, fault) in enumerate(rows, start=1):
        yield Row(number, cells, fault)


def _table(rows: Iterator[Row], layout: Layout) -> FileTable:
    """Part the headings from the rows under them. Raises FileRefused."""
    names: list[list[str]] = []
    for row in rows:
        if row.number < layout.first_heading:
            continue
        if row.fault:
            raise TooManyColumns if row.fault == RefusalReason.MORE_CELLS else BadHeadings
        names.append(row.cells)
        if row.number >= layout.last_heading:
            break
    if not names:
        raise NoHeadings
    return FileTable(headings_of(names), _filled(rows))


def _filled(rows: Iterator[Row]) -> Iterator[Row]:
    """Leave out rows with nothing in them."""
    for row in rows:
        if row.fault or row.errors or any(cell.strip() for cell in row.cells):
            yield row


def row_fault(cells: Sequence[str], width: int) -> str:
    """Say what is wrong with a row whatever its columns mean, or an empty string."""
    if len(cells) > width and any(cell.strip() for cell in cells[width:]):
        return RefusalReason.MORE_CELLS
    for cell in cells:
        if not cell.isascii():
            if UNDECODED.search(cell):
                return RefusalReason.BAD_CHARACTERS
        if "\x00" in cell:
            return RefusalReason.NUL
    return ""
