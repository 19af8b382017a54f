"""Excel files that are something else, locked, broken or made to fill the memory."""

import zipfile
from contextlib import suppress
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engagements.imports import sheet_measure, workbook_parts
from engagements.imports.layout import guess_layout
from engagements.imports.refusals import (
    FileRefused,
    TooManyColumns,
    WorkbookDamaged,
    WorkbookLocked,
    WorkbookTooBig,
)
from engagements.imports.scan import scan_file
from engagements.imports.table import read_table
from tests.engagements.workbooks import by_hand, inline, told_smaller, workbook

SHEET = "xl/worksheets/sheet1.xml"


def read(data: bytes) -> int:
    """Read a file to its end; return how many rows it has."""
    file = BytesIO(data)
    return sum(1 for _row in read_table(file, guess_layout(file, scan_file(file))).rows)


def zipped(**members: bytes) -> bytes:
    """Return a zip of these members, whose names have dots for underscores of two."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", "."), content)
    return out.getvalue()


@pytest.mark.parametrize(
    ("member", "told"),
    [
        ("xl/workbook.bin", ".xlsb"),
        ("content.xml", "OpenDocument"),
        ("Index/Document.iwa", "Numbers"),
        ("word/document.xml", "Word"),
        ("ppt/presentation.xml", "presentation"),
        ("notes.csv", "Unpack it"),
    ],
)
def test_another_document_is_named_with_what_to_do(member: str, told: str) -> None:
    with pytest.raises(FileRefused) as refused:
        scan_file(BytesIO(zipped(**{member: b"x"})))
    assert told in str(refused.value)
    assert "bring" in str(refused.value)


def test_a_locked_workbook_is_told_from_an_old_one() -> None:
    old = bytearray(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2040))
    old[30:32] = (9).to_bytes(2, "little")
    with pytest.raises(FileRefused, match="old spreadsheet"):
        scan_file(BytesIO(bytes(old)))
    name = "EncryptedPackage".encode("utf-16-le")
    old[1024 : 1024 + len(name)] = name
    old[48:52] = (1).to_bytes(4, "little")
    with pytest.raises(WorkbookLocked):
        scan_file(BytesIO(bytes(old)))


def test_a_cell_in_the_last_corner_is_refused_before_a_table_so_large_is_made() -> None:
    corner = inline("XFD1048576", "far")
    rows = f'<row r="1">{inline("A1", "a")}</row><row r="1048576">{corner}</row>'
    with pytest.raises(WorkbookTooBig):
        read(by_hand(rows))


@pytest.mark.parametrize(
    "cell",
    [
        "<c r='XFD1048576'><v>1</v></c>",
        '<c  r = "XFD1048576"  ><v>1</v></c>',
        '<c\nr="XFD1048576"><v>1</v></c>',
        '<c x=">" r="XFD1048576"><v>1</v></c>',
        '<c x="\'>" r="XFD1048576"><v>1</v></c>',
        '<x:c xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
        'r="XFD1048576"><v>1</v></x:c>',
        '<!-- <c r="A2" x="--><c r="XFD1048576"><v>1</v></c>',
        '<c r="&#88;FD1048576"><v>1</v></c>',
        '<c r="XFD99999999"><v>1</v></c>',
    ],
    ids=[
        "single",
        "spaces",
        "line",
        "end in value",
        "quotes",
        "prefix",
        "note",
        "coded",
        "further",
    ],
)
def test_a_far_cell_is_found_however_it_is_written(cell: str) -> None:
    with pytest.raises((WorkbookTooBig, WorkbookDamaged)):
        read(by_hand(f'<row r="1">{inline("A1", "a")}</row><row r="2">{cell}</row>'))


def test_cells_that_only_look_like_something_make_a_sheet_no_larger() -> None:
    rows = (
        f'<row r="1">{inline("A1", "Comment")}<c r="XFD1" s="1"/></row>'
        f'<row r="2">{inline("A2", "A park")}<c r="XFD2" s="1" /></row>'
        '<row r="1048576"><c r="A1048576" s="1"/></row>'
    )
    assert read(by_hand(rows)) == 1


def test_a_workbook_of_too_many_columns_is_refused() -> None:
    with pytest.raises(TooManyColumns):
        read(workbook({"S": [[f"c{n}" for n in range(201)], ["a"] * 201]}))


def test_what_says_it_is_too_big_is_refused_before_it_is_unpacked(monkeypatch) -> None:
    data = by_hand(f'<row r="1">{inline("A1", "a" * 30_000)}</row>' * 40)
    monkeypatch.setattr(workbook_parts, "MOST_UNPACKED", 1_000_000)
    with pytest.raises(WorkbookTooBig):
        scan_file(BytesIO(data))


def test_what_says_it_is_smaller_than_it_is_is_refused() -> None:
    data = by_hand(f'<row r="1">{inline("A1", "Comment")}</row>' * 1_000)
    with pytest.raises(WorkbookDamaged):
        read(told_smaller(data, SHEET))


def test_one_long_text_that_every_cell_shares_is_refused() -> None:
    cells = "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c></row>' for n in range(1, 20_001))
    shared = f"<si><t>{'long ' * 2_000}</t></si>"
    with pytest.raises(WorkbookTooBig):
        read(by_hand(cells, shared=shared))


def test_numbers_are_not_taken_for_shared_texts_that_are_short() -> None:
    cells = "".join(f'<row r="{n}"><c r="A{n}"><v>{n}</v></c></row>' for n in range(1, 2_001))
    assert read(by_hand(cells, shared="<si><t>a</t></si><si/>" * 3_000)) == 1_999


def test_a_workbook_that_calls_for_more_is_refused() -> None:
    entity = b'<!DOCTYPE x [<!ENTITY a "aaaa">]><workbook>&a;</workbook>'
    with pytest.raises(WorkbookDamaged):
        scan_file(BytesIO(by_hand("", more={"xl/workbook.xml": entity})))


@pytest.mark.parametrize("cut", [10, 200, 600, -30])
def test_half_a_workbook_is_refused(cut: int) -> None:
    with pytest.raises(FileRefused):
        read(workbook({"S": [["Comment"], ["A park"]]})[:cut])


@given(place=st.integers(0, 4000), byte=st.integers(0, 255))
def test_a_workbook_with_a_wrong_byte_is_read_or_refused(place: int, byte: int) -> None:
    data = bytearray(workbook({"S": [["Comment", "Who"], ["A park", "A child"]]}))
    data[place % len(data)] = byte
    with suppress(FileRefused):
        read(bytes(data))


def test_a_workbook_whose_parts_have_names_before_their_tags_is_read() -> None:
    sheet = (
        '<x:worksheet xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        '<x:sheetData><x:row r="1"><x:c r="A1" t="inlineStr"><x:is><x:t>Comment</x:t></x:is></x:c>'
        '</x:row><x:row r="2"><x:c r="A2" t="inlineStr"><x:is><x:t>A park</x:t></x:is></x:c>'
        "</x:row></x:sheetData></x:worksheet>"
    )
    assert read(by_hand("", more={SHEET: sheet.encode()})) == 1


def test_a_row_longer_than_what_is_held_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheet_measure, "_MOST_HELD", 100_000)
    cells = "".join(inline(f"A{n}", "x" * 1000) for n in range(1, 3_000))
    with pytest.raises(WorkbookTooBig):
        read(by_hand(f'<row r="1">{cells}</row>'))
