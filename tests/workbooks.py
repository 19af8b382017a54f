"""Reads an XLSX as its format says, with nothing of ours: for tests of what we write."""

import re
import zipfile
from datetime import date, timedelta
from typing import IO
from xml.etree import ElementTree

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_BY_NUMBER = re.compile("_x([0-9A-Fa-f]{4})_")


def cells_of(file: IO[bytes], sheet: int = 1) -> list[list[str]]:
    """Return the cells of a sheet, row by row, as they stand: texts, and numbers as written."""
    with zipfile.ZipFile(file) as packed:
        root = ElementTree.fromstring(packed.read(f"xl/worksheets/sheet{sheet}.xml"))
    return [[_text_of(cell) for cell in row] for row in root.iter(f"{_MAIN}row")]


def day_of(cell: str) -> date:
    """Return the day that a cell's number stands for."""
    return date(1899, 12, 30) + timedelta(days=int(cell))


def sheet_names(file: IO[bytes]) -> list[str]:
    """Return what the sheets are called, in order."""
    with zipfile.ZipFile(file) as packed:
        root = ElementTree.fromstring(packed.read("xl/workbook.xml"))
    return [sheet.attrib["name"] for sheet in root.iter(f"{_MAIN}sheet")]


def _text_of(cell: ElementTree.Element) -> str:
    """Return what a cell holds; a letter written by its number as the letter."""
    told = "".join(
        part.text or "" for part in cell.iter() if part.tag in {f"{_MAIN}t", f"{_MAIN}v"}
    )
    return _BY_NUMBER.sub(lambda found: chr(int(found[1], 16)), told)
