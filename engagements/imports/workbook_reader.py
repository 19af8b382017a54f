"""The rows of a sheet of an Excel file, as text, numbered as Excel numbers them."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any, BinaryIO, NamedTuple

from django.utils.translation import gettext as _
from python_calamine import CalamineError, CalamineWorkbook

from engagements.imports.refusals import BadLayout, WorkbookDamaged
from engagements.imports.workbook_parts import SheetPart, sheets_of, unpacked

Range = tuple[tuple[int, int], tuple[int, int]]
# Beyond that, a number is an id that somebody's spreadsheet has rounded already.
_EXACT = 10**15


class SheetRow(NamedTuple):
    """A row as it stands on a sheet: its number, its cells, and (place, "#REF!") of each error.

    A cell that is joined with those above it has what stands in the first of them.
    """

    number: int
    cells: list[str]
    errors: tuple[tuple[int, str], ...] = ()


def find_sheet(file: BinaryIO, name: str) -> SheetPart:
    """Return the sheet of that name. Raises BadLayout, which names those there are."""
    sheets = sheets_of(file)
    for each in sheets:
        if each.name == name:
            return each
    names = ", ".join(each.name for each in sheets)[:300]
    raise BadLayout(
        _("There is no sheet called “%(name)s”. The sheets are: %(names)s.")
        % {"name": name[:60], "names": names}
    )


def read_sheet(file: BinaryIO, name: str, first: int = 0) -> Iterator[SheetRow]:
    """Yield the rows of a sheet, blank ones too; with ``first``, about so many of them.

    The sheet is in memory meanwhile: some 30 MB for 100,000 rows of five cells. Raises FileRefused
    before the first row.
    """
    for number, values, errors in sheet_values(file, name, first):
        yield SheetRow(number, [text_of(value) for value in values], errors)


def sheet_values(
    file: BinaryIO, name: str, first: int = 0
) -> Iterator[tuple[int, list[Any], tuple[tuple[int, str], ...]]]:
    """Yield (number, values, errors) of the rows of a sheet as ``read_sheet`` does, before text."""
    part = find_sheet(file, name)
    with unpacked(file, part, first) as own:
        sheet = _open(own.path, name)
    start = sheet.start
    if start is None:
        return
    before: list[Any] = [""] * start[1]
    joined = _Joined(sheet.merged_cell_ranges or [])
    for place, found in enumerate(sheet.iter_rows()):
        values = before + found
        joined.fill(place, values)
        wrong = own.errors.get(place + 1)
        errors = tuple((column - 1, said) for column, said in wrong.items()) if wrong else ()
        yield place + 1, values, errors


def _open(path: str, name: str) -> Any:
    """Read a sheet into memory. Raises WorkbookDamaged."""
    try:
        book = CalamineWorkbook.from_path(path)
        sheet = book.get_sheet_by_name(name)
    except CalamineError as wrong:
        raise WorkbookDamaged from wrong
    except BaseException as wrong:
        # What is written in Rust stops so where it meets what it did not think of.
        if type(wrong).__name__ != "PanicException":
            raise
        raise WorkbookDamaged from wrong
    book.close()
    return sheet


class _Joined:
    """Cells joined over several rows: each row is about what stands in the first."""

    def __init__(self, ranges: Sequence[Range]) -> None:
        """Take the ranges, as (first row and column, last row and column), from 0."""
        self._to_come = sorted((each for each in ranges if each[1][0] > each[0][0]), reverse=True)
        self._open: list[tuple[int, int, Any]] = []  # (last row, column, value)

    def fill(self, row: int, cells: list[Any]) -> None:
        """Write into a row what is joined with it from above, unless it is nothing but that."""
        self._open = [each for each in self._open if each[0] >= row]
        if self._open and any(cell != "" for cell in cells):
            for _last, column, value in self._open:
                if column < len(cells) and cells[column] == "":
                    cells[column] = value
        while self._to_come and self._to_come[-1][0][0] <= row:
            (_first, column), (last, _column) = self._to_come.pop()
            if last > row and column < len(cells) and cells[column] != "":
                self._open.append((last, column, cells[column]))


def text_of(value: Any) -> str:
    """Write a cell as text: days as ISO, numbers without ".0", what is ticked as Yes or No."""
    match value:
        case str():
            text = value
        case bool():
            text = "Yes" if value else "No"
        case float() | int():
            is_whole = abs(value) < _EXACT and value == int(value)
            text = str(int(value)) if is_whole else repr(value)
        case datetime() if value.time() == time():
            text = value.date().isoformat()
        case datetime():
            text = value.isoformat(" ", "seconds" if value.second else "minutes")
        case time():
            text = value.isoformat("seconds" if value.second else "minutes")
        case timedelta():
            minutes = round(value.total_seconds() / 60)
            text = f"{minutes // 60}:{minutes % 60:02}"
        case _:
            text = value.isoformat() if isinstance(value, date) else ""
    return text
