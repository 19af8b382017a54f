"""Reading Excel files: cells as text, sheets, joined cells, errors; and the file without rows."""

import gc
from datetime import date, datetime, time, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from engagements.imports.layout import Layout, guess_layout
from engagements.imports.refusals import BadLayout, NoSheet
from engagements.imports.scan import scan_file
from engagements.imports.table import Row, read_table
from engagements.imports.workbook_reader import read_sheet, text_of
from engagements.imports.workbook_rows import workbook_without_rows
from tests.engagements.workbooks import by_hand, inline, saved, workbook

PAGE = 4096


def rows_of(data: bytes, layout: Layout | None = None) -> list[Row]:
    """Read a workbook as it is guessed, or in another way."""
    file = BytesIO(data)
    return list(read_table(file, layout or guess_layout(file, scan_file(file))).rows)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("tŷ", "tŷ"),
        (3, "3"),
        (3.0, "3"),
        (2.5, "2.5"),
        (1e20, "1e+20"),
        (True, "Yes"),
        (False, "No"),
        (date(2024, 5, 4), "2024-05-04"),
        (datetime(2024, 5, 4), "2024-05-04"),
        (datetime(2024, 5, 4, 9, 5), "2024-05-04 09:05"),
        (datetime(2024, 5, 4, 9, 5, 7), "2024-05-04 09:05:07"),
        (time(9, 5), "09:05"),
        (timedelta(hours=30, minutes=5), "30:05"),
    ],
)
def test_a_cell_is_written_as_people_write_it(value: Any, text: str) -> None:
    assert text_of(value) == text


def test_cells_are_read_as_text_in_their_rows() -> None:
    data = workbook(
        {"S": [["When", "Comment", "OK"], [date(2024, 5, 4), 7, True], [], [None, "B"]]}
    )
    assert [(row.number, row.cells) for row in rows_of(data)] == [
        (2, ["2024-05-04", "7", "Yes"]),
        (4, ["", "B", ""]),
    ]


def test_a_table_that_begins_far_down_keeps_its_row_numbers_and_columns() -> None:
    book = Workbook()
    book.active["C5"], book.active["C6"] = "Comment", "A park"
    file = BytesIO(saved(book))
    layout = guess_layout(file, scan_file(file))
    assert (layout.first_heading, layout.last_heading) == (5, 5)
    table = read_table(file, layout)
    assert table.headings == ["Column 1", "Column 2", "Comment"]
    assert [(row.number, row.cells) for row in table.rows] == [(6, ["", "", "A park"])]


def test_the_fullest_sheet_that_people_see_is_read() -> None:
    few, many = [["a"], ["b"]], [["Comment"], *[["x"]] * 9]
    sheets = {"First": few, "Comments": many, "Lists": [*many, *many]}
    file = BytesIO(workbook(sheets, hidden="Lists"))
    assert guess_layout(file, scan_file(file)).sheet == "Comments"
    with pytest.raises(BadLayout, match="First, Comments, Lists"):
        list(read_sheet(file, "Nowhere"))


def test_a_workbook_with_nothing_in_it_says_so() -> None:
    file = BytesIO(workbook({"A": [], "B": []}))
    with pytest.raises(NoSheet):
        guess_layout(file, scan_file(file))


def test_a_title_joined_over_the_columns_is_no_heading() -> None:
    book = Workbook()
    for row in (["What people said"], [], ["Who", "Comment"], ["A", "A park"]):
        book.active.append(row)
    book.active.merge_cells("A1:B1")
    assert [row.cells for row in rows_of(saved(book))] == [["A", "A park"]]


def test_rows_joined_in_a_column_each_have_what_stands_there() -> None:
    book = Workbook()
    rows = [
        ["Event", "Comment"],
        ["Fair", "A park"],
        [None, "A bus"],
        [None, None],
        ["Tea", "A hall"],
    ]
    for row in rows:
        book.active.append(row)
    book.active.merge_cells("A2:A4")
    assert [row.cells for row in rows_of(saved(book))] == [
        *(["Fair", "A park"], ["Fair", "A bus"], ["Tea", "A hall"]),
    ]


def test_a_formula_that_went_wrong_leaves_its_cell_empty_and_is_named() -> None:
    rows = (
        f'<row r="1">{inline("A1", "Comment")}{inline("B1", "Who")}</row>'
        f'<row r="2">{inline("A2", "A park")}<c r="B2" t="e"><f>X!A1</f><v>#REF!</v></c></row>'
    )
    [row] = rows_of(by_hand(rows))
    assert (row.cells, row.errors) == (["A park", ""], ((1, "#REF!"),))


def test_the_first_rows_come_without_the_others_and_with_what_follows_them() -> None:
    book = Workbook()
    book.active.append(["Event", "Comment"])
    for number in range(30_000):
        book.active.append(["Fair" if number == 0 else None, f"A park with a number: {number}"])
    book.active.merge_cells("A2:A30001")
    file = BytesIO(saved(book))
    few = list(read_sheet(file, "Sheet", 10))
    assert 10 <= len(few) < 30_000
    # What is joined stands after the rows, and is known of the first of them too.
    assert [row.cells for row in few[:3]] == [
        *(["Event", "Comment"], ["Fair", "A park with a number: 0"]),
        ["Fair", "A park with a number: 1"],
    ]
    assert len(list(read_sheet(file, "Sheet"))) == 30_001


# What writes them here takes "=" for a formula and "#N/A" for a fault.
words = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), max_size=30).filter(
    lambda text: not text.startswith(("=", "#"))
)


@given(table=st.lists(st.lists(words, min_size=2, max_size=2), min_size=1, max_size=6))
def test_whatever_words_stand_in_a_workbook_are_read_back(table: list[list[str]]) -> None:
    data = workbook({"S": [["id", "text"], *table]})
    layout = Layout(sheet="S")
    found = {row.number: row.cells for row in rows_of(data, layout)}
    there = {n: row for n, row in enumerate(table, start=2) if any(map(str.strip, row))}
    assert found == there


@given(
    table=st.lists(
        st.lists(st.one_of(words, st.integers(0, 10**9), st.booleans()), min_size=2, max_size=2),
        min_size=1,
        max_size=6,
    ),
    data=st.data(),
)
def test_a_workbook_without_some_rows_keeps_the_others(table: list[list[Any]], data: Any) -> None:
    erased = data.draw(st.sets(st.integers(2, len(table) + 1)))
    before = workbook({"S": [["id", "text"], *table], "More": [["=1+1", 2]]})
    after = b"".join(workbook_without_rows(BytesIO(before), {"S": erased}))
    layout = Layout(sheet="S")
    kept = [row for row in rows_of(before, layout) if row.number not in erased]
    assert rows_of(after, layout) == kept
    # Once more, nothing is there to erase, so nothing changes.
    assert b"".join(workbook_without_rows(BytesIO(after), {"S": erased})) == after


def test_no_part_of_a_workbook_has_an_erased_word_any_more() -> None:
    book = Workbook()
    book.active.append(["Comment"])
    book.active.append(["My name is Blodeuwedd"])
    book.active.append(["A park"])
    book.create_sheet("Tea").append(["Kept"])
    left = b"".join(workbook_without_rows(BytesIO(saved(book)), {"Sheet": {2}}))
    unpacked = "".join(
        str(row) for name in ("Sheet", "Tea") for row in read_sheet(BytesIO(left), name)
    )
    assert "Blodeuwedd" not in unpacked
    assert "A park" in unpacked
    assert "Kept" in unpacked


def test_reading_a_long_sheet_takes_no_more_memory_at_its_end() -> None:
    """Memory as it is now and not the most there was, in pages that the process holds."""

    def held() -> int:
        gc.collect()
        return int(Path("/proc/self/statm").read_text().split()[1]) * PAGE

    book = Workbook(write_only=True)
    sheet = book.create_sheet("S")
    for number in range(20_000):
        sheet.append([number, f"Comment {number} about the park", "A parent", "need", "yes"])
    file = BytesIO(saved(book))
    del book, sheet
    rows = read_sheet(file, "S")
    next(rows)
    before = held()
    assert sum(1 for _row in rows) == 19_999
    assert held() - before < 2 * 1024 * 1024
