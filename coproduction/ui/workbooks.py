"""Workbooks for spreadsheets (XLSX), written as they are read: any number of rows, in little room.

Every text is written as a text, which no spreadsheet runs, whatever it begins with.
"""

import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from io import RawIOBase
from itertools import chain
from typing import Any, Final
from xml.sax.saxutils import escape

WORKBOOK_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# The format has no room for more in a cell, counted as UTF-16 does, and in a sheet.
LONGEST_CELL: Final = 32_767
MOST_ROWS: Final = 1_048_576
# A file in a zip may not be longer than 2 GB, and a letter takes four bytes at the most: the rest
# goes to another sheet.
_MOST_LETTERS = 500_000_000
# So many letters are in a cell's room however they are written: UTF-16 takes two units at the most.
_ALWAYS_FITS = LONGEST_CELL // 2
_AT_A_TIME = 200
# What XML can't hold is written by its number, and so is what only looks like that.
_NOT_XML = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")
# Most texts have none of that, and none of what XML means something by.
_WRITTEN_OTHERWISE = re.compile(f"[&<>]|{_NOT_XML.pattern}")
_DAY_ZERO = date(1899, 12, 30).toordinal()
_BOLD, _DAY, _WRAPPED = 1, 2, 3
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OF_FILES = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKED = "http://schemas.openxmlformats.org/package/2006"
_KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_STYLES = (
    f'{_XML}<styleSheet xmlns="{_MAIN}">'
    '<numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/></numFmts>'
    '<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>'
    '<font><b/><sz val="11"/><name val="Calibri"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill>'
    '<fill><patternFill patternType="gray125"/></fill></fills>'
    '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    '<cellXfs count="4"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    '<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/>'
    '<xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"'
    ' applyAlignment="1"><alignment vertical="top"/></xf>'
    '<xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"'
    ' applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>'
    "</styleSheet>"
)


class _Written(RawIOBase):
    """What was written to a file since it was last taken away: nothing else is kept of it."""

    def __init__(self) -> None:
        """Begin with nothing."""
        super().__init__()
        self._pieces: list[bytes] = []

    def writable(self) -> bool:
        """Say that it can be written to; nobody can go back in it."""
        return True

    def write(self, data: Any) -> int:
        """Keep a piece until it is taken."""
        self._pieces.append(bytes(data))
        return len(data)

    def take(self) -> bytes:
        """Give what was written since the last time."""
        pieces, self._pieces = self._pieces, []
        return b"".join(pieces)


def workbook_pieces(
    title: str,
    headings: Sequence[str],
    rows: Iterable[Sequence[Any]],
    *,
    widths: Sequence[int] = (),
) -> Iterator[bytes]:
    """Give a workbook of one table, piece by piece; a sheet more for each million of rows.

    Cells are texts, whole numbers and days. ``title`` is what the sheet is called, ``widths`` how
    many letters wide each column is. Raises ValueError for a text longer than a cell holds: see
    ``parts_of_cell``.
    """
    written, waiting = _Written(), iter(rows)
    names: list[str] = []
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED, compresslevel=4) as packed:
        while True:
            first = next(waiting, None)
            if first is None and names:
                break
            names.append(_name_of_sheet(title, len(names) + 1))
            with packed.open(f"xl/worksheets/sheet{len(names)}.xml", "w") as sheet:
                for piece in _sheet_pieces(headings, first, waiting, widths):
                    sheet.write(piece.encode())
                    if told := written.take():
                        yield told
        for name, content in _around(names).items():
            packed.writestr(name, content)
    yield written.take()


def parts_of_cell(text: str) -> list[str]:
    """Cut a text into what cells hold, mostly one: a cell takes 32,767 units of UTF-16."""
    if len(text) <= _ALWAYS_FITS or _units(text) <= LONGEST_CELL:
        return [text]
    return [text[at : at + _ALWAYS_FITS] for at in range(0, len(text), _ALWAYS_FITS)]


def most_parts(letters: int) -> int:
    """Return how many parts ``parts_of_cell`` cuts a text of so many letters into at the most."""
    return max(1, -(-letters // _ALWAYS_FITS))


def _units(text: str) -> int:
    """Count as UTF-16 does."""
    return len(text) + sum(letter > "\uffff" for letter in text)


def _sheet_pieces(
    headings: Sequence[str],
    first: Sequence[Any] | None,
    rows: Iterator[Sequence[Any]],
    widths: Sequence[int],
) -> Iterator[str]:
    """Give the XML of a sheet, some rows at a time; rows that it has no room for are left."""
    columns = "".join(
        f'<col min="{place}" max="{place}" width="{width}" customWidth="1"/>'
        for place, width in enumerate(widths, 1)
    )
    yield (
        f'{_XML}<worksheet xmlns="{_MAIN}"><sheetViews><sheetView workbookViewId="0">'
        '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>'
        f"</sheetView></sheetViews>{f'<cols>{columns}</cols>' if columns else ''}<sheetData>"
    )
    yield _row_xml(headings, _BOLD)
    length, count = 0, 1
    piece: list[str] = []
    for row in chain([] if first is None else [first], rows):
        piece.append(_row_xml(row, _WRAPPED))
        length, count = length + len(piece[-1]), count + 1
        if len(piece) >= _AT_A_TIME:
            yield "".join(piece)
            piece = []
        if count >= MOST_ROWS or length >= _MOST_LETTERS:
            break
    yield f"{''.join(piece)}</sheetData></worksheet>"


def _row_xml(row: Sequence[Any], style: int) -> str:
    """Write a row. Raises ValueError for a cell that is too long."""
    return f"<row>{''.join([_cell_xml(cell, style) for cell in row])}</row>"


def _cell_xml(cell: Any, style: int) -> str:
    """Write a cell: an empty one holds nothing. Raises ValueError for one that is too long."""
    if isinstance(cell, str):
        if not cell:
            return "<c/>"
        if len(cell) > _ALWAYS_FITS and _units(cell) > LONGEST_CELL:
            raise ValueError("A cell holds no more than 32,767 letters.")
        if _WRITTEN_OTHERWISE.search(cell):
            cell = escape(_NOT_XML.sub(_by_number, cell))
        return f'<c s="{style}" t="inlineStr"><is><t xml:space="preserve">{cell}</t></is></c>'
    if isinstance(cell, date):
        return f'<c s="{_DAY}"><v>{cell.toordinal() - _DAY_ZERO}</v></c>'
    return f"<c><v>{cell:d}</v></c>"


def _by_number(found: re.Match[str]) -> str:
    """Write a letter by its number, as the format does."""
    return f"_x{ord(found[0]):04X}_"


def _name_of_sheet(title: str, number: int) -> str:
    """Name a sheet: 31 letters at the most, and none of those that a reference to it needs."""
    more = f" {number}" if number > 1 else ""
    return re.sub(r"[\[\]:*?/\\']", " ", title)[: 31 - len(more)] + more


def _around(names: Sequence[str]) -> dict[str, str]:
    """Return what a workbook holds besides its sheets, by the name of each file."""
    numbers = range(1, len(names) + 1)
    sheets = "".join(
        f'<sheet name="{escape(name, {chr(34): "&quot;"})}" sheetId="{number}" r:id="rId{number}"/>'
        for number, name in zip(numbers, names, strict=True)
    )
    parts = "".join(
        f'<Override PartName="/xl/worksheets/sheet{number}.xml"'
        f' ContentType="{_KIND}.worksheet+xml"/>'
        for number in numbers
    )
    relations = "".join(
        f'<Relationship Id="rId{number}" Type="{_OF_FILES}/worksheet"'
        f' Target="worksheets/sheet{number}.xml"/>'
        for number in numbers
    )
    return {
        "xl/styles.xml": _STYLES,
        "xl/workbook.xml": (
            f'{_XML}<workbook xmlns="{_MAIN}" xmlns:r="{_OF_FILES}">'
            f"<sheets>{sheets}</sheets></workbook>"
        ),
        "xl/_rels/workbook.xml.rels": (
            f'{_XML}<Relationships xmlns="{_PACKED}/relationships">{relations}'
            f'<Relationship Id="rId{len(names) + 1}" Type="{_OF_FILES}/styles"'
            ' Target="styles.xml"/></Relationships>'
        ),
        "_rels/.rels": (
            f'{_XML}<Relationships xmlns="{_PACKED}/relationships"><Relationship Id="rId1"'
            f' Type="{_OF_FILES}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
        ),
        "[Content_Types].xml": (
            f'{_XML}<Types xmlns="{_PACKED}/content-types">'
            '<Default Extension="rels"'
            ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            '<Default Extension="xml" ContentType="application/xml"/>'
            f'<Override PartName="/xl/workbook.xml" ContentType="{_KIND}.sheet.main+xml"/>'
            f'<Override PartName="/xl/styles.xml" ContentType="{_KIND}.styles+xml"/>'
            f"{parts}</Types>"
        ),
    }
