"""How a file is read: its sheet, letters, separator and rows of headings; guessed, or chosen."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from itertools import islice
from typing import Any, BinaryIO

from django.utils.translation import gettext_lazy as _

from engagements.imports.csv_reader import (
    first_lines,
    guess_separator,
    raw_rows,
    said_separator,
)
from engagements.imports.headings import LOOKED_AT, guess_heading_rows
from engagements.imports.letters import UTF_16
from engagements.imports.refusals import BadLayout, NoSheet
from engagements.imports.scan import Scan
from engagements.imports.workbook_parts import SheetPart, count_rows, sheets_of
from engagements.imports.workbook_reader import find_sheet, read_sheet

# Headings in more rows than this are a table turned on its side.
_MOST_HEADING_ROWS = 5


@dataclass(frozen=True)
class Layout:
    """How a file is read. Rows count from 1, as a spreadsheet numbers them.

    A workbook has a ``sheet``, and neither ``encoding`` nor ``separator``; a text the other way
    round. An empty ``separator`` of a text is found anew each time, as it was before it was kept.
    """

    sheet: str = ""
    encoding: str = ""
    separator: str = ""
    first_heading: int = 1
    last_heading: int = 1

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> "Layout":
        """Read back what ``as_json`` wrote."""
        return cls(**{name: kept[name] for name in cls.__dataclass_fields__ if name in kept})

    def as_json(self) -> dict[str, Any]:
        """Return it as plain JSON."""
        return asdict(self)

    @property
    def is_workbook(self) -> bool:
        """Whether it is of an Excel file."""
        return bool(self.sheet)


@dataclass(frozen=True)
class Chosen:
    """What a person said of how a file is read; what they left out is guessed."""

    sheet: str = ""
    encoding: str = ""
    separator: str = ""
    headings: tuple[int, int] | None = None


def guess_layout(file: BinaryIO, scanned: Scan, chosen: Chosen | None = None) -> Layout:
    """Guess how a file is read, around what was chosen. Raises FileRefused, BadLayout.

    Of a workbook that is the sheet with the most rows that people see; all are gone through, so a
    big one takes seconds.
    """
    chosen = chosen or Chosen()
    if scanned.is_workbook:
        if chosen.encoding or chosen.separator:
            raise BadLayout(
                _("A workbook has no encoding and no separator. Leave them out, or choose a sheet.")
            )
        name = find_sheet(file, chosen.sheet).name if chosen.sheet else _fullest(file).name
        return with_headings(file, Layout(sheet=name), chosen.headings)
    if chosen.sheet:
        raise BadLayout(_("This file has no sheets: it is text. Leave out the sheet."))
    encoding = chosen.encoding or scanned.encoding
    if encoding in UTF_16 and scanned.encoding in UTF_16:
        encoding = scanned.encoding
    separator = chosen.separator or guess_separator(first_lines(file, encoding))
    layout = Layout(encoding=encoding, separator=separator)
    return with_headings(file, layout, chosen.headings)


def _fullest(file: BinaryIO) -> SheetPart:
    """Return the sheet with the most rows, of those that people see if any has some."""
    sheets = sheets_of(file)
    seen = [each for each in sheets if not each.is_hidden]
    if len(seen) == 1:
        return seen[0]
    counted = {each: count_rows(file, each) for each in seen or sheets}
    fullest = max(counted, key=lambda each: counted[each], default=None)
    if fullest is None or not counted[fullest]:
        raise NoSheet
    return fullest


def with_headings(file: BinaryIO, layout: Layout, rows: tuple[int, int] | None = None) -> Layout:
    """Return a layout with these rows of headings, or with those that are guessed.

    Raises FileRefused, BadLayout.
    """
    if rows is None:
        found = first_rows(file, layout)
        if layout.encoding and said_separator("".join(first_lines(file, layout.encoding)[:1])):
            # The line that says the separator is no row of the table, but has a number.
            found[0] = []
        rows = guess_heading_rows(found)
    first, last = rows
    if not 1 <= first <= last < first + _MOST_HEADING_ROWS or last > LOOKED_AT:
        raise BadLayout(
            _(
                "The headings have to be in one to five rows, one under the other, among the first "
                "50. Give the number of the first, and of the last if there are more."
            )
        )
    return replace(layout, first_heading=first, last_heading=last)


def first_rows(file: BinaryIO, layout: Layout) -> list[list[str]]:
    """Return the cells of a file's first rows, blank ones too, before any is a heading."""
    if layout.is_workbook:
        found = read_sheet(file, layout.sheet, LOOKED_AT)
        return [row.cells for row in islice(found, LOOKED_AT)]
    rows = raw_rows(file, layout.encoding, layout.separator)
    return [cells for cells, _fault in islice(rows, LOOKED_AT)]
