"""An Excel file again without what stood in some of its rows."""

import tempfile
from collections.abc import Iterator, Mapping, Sequence, Set
from typing import Any, BinaryIO

from openpyxl import Workbook  # type: ignore[import-untyped]
from openpyxl.cell import WriteOnlyCell  # type: ignore[import-untyped]
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE  # type: ignore[import-untyped]

from engagements.imports.refusals import FileRefused
from engagements.imports.workbook_parts import SheetPart, sheets_of
from engagements.imports.workbook_reader import sheet_values

_CHUNK = 1024 * 1024


def workbook_without_rows(file: BinaryIO, erased: Mapping[str, Set[int]]) -> Iterator[bytes]:
    """Give a workbook's bytes again, with nothing in those rows of those sheets.

    Every other cell keeps its value and its place. Formulas keep what they came to; looks, notes,
    charts, pictures and every copy that Excel keeps for itself go, since what was erased could
    stand in them too. Where nothing stands in those rows, it is the same bytes.
    """
    sheets = sheets_of(file)
    there = [each for each in sheets if erased.get(each.name)]
    if not any(_says_something(file, each.name, erased[each.name]) for each in there):
        file.seek(0)
        yield from iter(lambda: file.read(_CHUNK), b"")
        return
    new = Workbook(write_only=True)
    for each in sheets:
        _copy(file, each, new, erased.get(each.name, frozenset()))
    with tempfile.TemporaryFile() as anew:
        new.save(anew)
        anew.seek(0)
        yield from iter(lambda: anew.read(_CHUNK), b"")


def _says_something(file: BinaryIO, name: str, rows: Set[int]) -> bool:
    """Say whether anything stands in some rows of a sheet."""
    return any(
        number in rows and (errors or any(value != "" for value in values))
        for number, values, errors in sheet_values(file, name)
    )


def _copy(file: BinaryIO, part: SheetPart, new: Workbook, without: Set[int]) -> None:
    """Copy a sheet, but for some rows. One that can't be read now will be read by nobody."""
    own = new.create_sheet(part.name)
    own.sheet_state = "hidden" if part.is_hidden else "visible"
    try:
        for number, values, errors in sheet_values(file, part.name):
            own.append([] if number in without else _cells(own, values, dict(errors)))
    except FileRefused:
        return


def _cells(sheet: Any, values: Sequence[Any], errors: Mapping[int, str]) -> list[Any]:
    """Return a row's cells; words are words, whatever they begin with."""
    cells: list[Any] = []
    for place, value in enumerate(values):
        if place in errors:
            cells.append(errors[place])
        elif not isinstance(value, str):
            cells.append(value)
        elif value:
            cell = WriteOnlyCell(sheet)
            cell.value, cell.data_type = ILLEGAL_CHARACTERS_RE.sub("", value), "s"
            cells.append(cell)
        else:
            cells.append(None)
    return cells
