"""Excel files that tests make: honest ones by openpyxl, hostile ones a part at a time."""

import zipfile
from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import Any

from openpyxl import Workbook

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
CONTENT = "http://schemas.openxmlformats.org/package/2006/content-types"


def workbook(sheets: Mapping[str, Sequence[Sequence[Any]]], *, hidden: str = "") -> bytes:
    """Return a workbook of these sheets: {"Comments": [["Who", "Comment"], ["A", "A park"]]}."""
    book = Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        sheet.sheet_state = "hidden" if name == hidden else "visible"
        for row in rows:
            sheet.append(row)
    return saved(book)


def saved(book: Workbook) -> bytes:
    """Return a workbook as Excel would save it."""
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def by_hand(rows: str, *, shared: str = "", more: Mapping[str, bytes] | None = None) -> bytes:
    """Return a workbook of one sheet "S", whose rows and shared texts are written as given."""
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{CONTENT}"/>',
        "_rels/.rels": f'<Relationships xmlns="{RELATIONS}"><Relationship Id="rId1" '
        f'Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>'
        '<sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{RELATIONS}"><Relationship '
        f'Id="rId1" Type="{OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
        f'<Relationship Id="rId2" Type="{OFFICE}/sharedStrings" Target="sharedStrings.xml"/>'
        "</Relationships>",
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData>'
        "</worksheet>",
    }
    if shared:
        parts["xl/sharedStrings.xml"] = f'<sst xmlns="{MAIN}">{shared}</sst>'
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in {**parts, **(more or {})}.items():
            archive.writestr(name, content)
    return out.getvalue()


def inline(place: str, text: str) -> str:
    """Return a cell with a text in it."""
    return f'<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>'


def told_smaller(data: bytes, part: str) -> bytes:
    """Return a zip whose headings say that a part is ten bytes unpacked."""
    changed = bytearray(data)
    with zipfile.ZipFile(BytesIO(data)) as archive:
        start = archive.getinfo(part).header_offset
    changed[start + 22 : start + 26] = (10).to_bytes(4, "little")
    entry = data.index(b"PK\x01\x02")
    while entry >= 0:
        length = int.from_bytes(data[entry + 28 : entry + 30], "little")
        if data[entry + 46 : entry + 46 + length] == part.encode():
            changed[entry + 24 : entry + 28] = (10).to_bytes(4, "little")
        entry = data.find(b"PK\x01\x02", entry + 4)
    return bytes(changed)
