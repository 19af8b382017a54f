"""Workbooks as any reader of XLSX finds them: texts that nothing runs, days, several sheets."""

import zipfile
from collections.abc import Iterable
from datetime import date
from io import BytesIO
from xml.etree import ElementTree

import pytest

from coproduction.ui import workbooks
from coproduction.ui.workbooks import LONGEST_CELL, most_parts, parts_of_cell, workbook_pieces
from tests.workbooks import cells_of, sheet_names

pytestmark = pytest.mark.once

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def file_of(pieces: Iterable[bytes]) -> BytesIO:
    """Return the whole of a file given in pieces."""
    return BytesIO(b"".join(pieces))


def test_every_text_comes_back_as_it_was_and_none_is_a_formula() -> None:
    texts = [
        *("=1+1", "-1", "'=1", "a\nb\tc", "  spaces  ", '<b> & "q" ]]>', "tŷ 😀 مرحبا"),
        *("\x07 bell", "\r", "_x000D_", "_x0041_", "x" * LONGEST_CELL, "12", ""),
    ]
    book = file_of(workbook_pieces("Words", ["=h"] * len(texts), [texts], widths=[20]))
    assert cells_of(book) == [["=h"] * len(texts), texts]
    with zipfile.ZipFile(book) as packed:
        sheet = packed.read("xl/worksheets/sheet1.xml")
        assert packed.testzip() is None
        for name in packed.namelist():
            ElementTree.fromstring(packed.read(name))
    assert b"<f" not in sheet
    kinds = {cell.get("t") for cell in ElementTree.fromstring(sheet).iter(f"{MAIN}c") if len(cell)}
    assert kinds == {"inlineStr"}


def test_a_day_is_a_day_and_a_number_a_number() -> None:
    book = file_of(workbook_pieces("Days", ["day", "number"], [[date(2024, 5, 4), 12]]))
    # Days are counted from the end of 1899.
    assert cells_of(book)[1] == ["45416", "12"]


def test_a_sheet_is_named_as_spreadsheets_allow() -> None:
    book = file_of(workbook_pieces("What: [people] said/told us 'there' & then", ["a"], []))
    (name,) = sheet_names(book)
    assert len(name) <= 31
    assert not set(name) & set("[]:*?/\\'")
    assert cells_of(book) == [["a"]]


@pytest.mark.parametrize(("rows", "sheets"), [(4, 1), (5, 2), (9, 3)])
def test_rows_that_a_sheet_has_no_room_for_go_to_another(monkeypatch, rows, sheets) -> None:
    monkeypatch.setattr(workbooks, "MOST_ROWS", 5)
    book = file_of(workbook_pieces("All", ["n"], ([str(n)] for n in range(rows))))
    assert len(sheet_names(book)) == sheets
    told = [
        cell for sheet in range(1, sheets + 1) for (cell,) in cells_of(book, sheet) if cell != "n"
    ]
    assert told == [str(n) for n in range(rows)]


def test_a_text_too_long_for_a_cell_is_cut_and_nothing_of_it_is_lost() -> None:
    for text in ("x" * 32_767, "x" * 32_768, "😀" * 16_384, "x" * 100_000):
        parts = parts_of_cell(text)
        assert "".join(parts) == text
        assert len(parts) <= most_parts(len(text))
        assert (len(parts) == 1) is (len(text.encode("utf-16-le")) // 2 <= LONGEST_CELL)
        assert all(len(part.encode("utf-16-le")) // 2 <= LONGEST_CELL for part in parts)
    with pytest.raises(ValueError, match="32,767"):
        list(workbook_pieces("Long", ["a"], [["x" * 32_768]]))


def test_it_is_given_out_while_its_rows_are_still_read() -> None:
    read = 0

    def rows():
        nonlocal read
        for number in range(50_000):
            read = number
            yield [f"Something that somebody said, number {number * number}"]

    pieces = workbook_pieces("Many", ["words"], rows())
    seen = sum(1 for piece in pieces if read < 40_000 and len(piece) < 200_000)
    assert seen > 5
