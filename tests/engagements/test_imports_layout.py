"""How a file is read: guessed on shapes that people have, and chosen; letters that were lost."""

import os
from io import BytesIO
from pathlib import Path

import pytest

from engagements.imports.headings import column_letters, guess_heading_rows, headings_of
from engagements.imports.layout import Chosen, Layout, guess_layout
from engagements.imports.letters import (
    encoding_called,
    guess_encoding,
    has_lost_letters,
    words_to_show,
)
from engagements.imports.refusals import BadLayout, FileRefused, NotReadable
from engagements.imports.scan import scan_file
from engagements.imports.table import read_table
from tests.engagements.workbooks import workbook

# Beside the checkout, where somebody has put them: used from there and never copied.
SHARED = Path(__file__).resolve().parents[2].parent / "shared/cases"
IN_BUILD = os.environ.get("CI") == "true"


def case(name: str) -> BytesIO:
    """Return one of the shared shapes; fails in a build that lacks them."""
    for folder in (SHARED, Path("/work/shared/cases")):
        if (folder / name).exists():
            return BytesIO((folder / name).read_bytes())
    if IN_BUILD:
        pytest.fail(f"{name} is not beside the checkout")
    pytest.skip("the shared cases are not on this machine")


@pytest.mark.parametrize(
    ("name", "rows", "first", "layout"),
    [
        ("form-week-1.csv", 12, 2, Layout("", "utf-8-sig", ",")),
        ("form-week-2.csv", 14, 2, Layout("", "utf-8-sig", ",")),
        ("language-codes.csv", 7, 2, Layout("", "utf-8-sig", ",")),
        ("lost-letters.csv", 2, 2, Layout("", "utf-8-sig", ",")),
        ("macintosh.csv", 2, 2, Layout("", "mac-roman", ",")),
        ("many-points-in-a-cell.csv", 3, 2, Layout("", "utf-8-sig", ",")),
        ("old-codes.csv", 3, 2, Layout("", "utf-8-sig", ",")),
        ("separator-line.csv", 5, 3, Layout("", "utf-8-sig", ";", 2, 2)),
        ("title-row.csv", 5, 4, Layout("", "utf-8-sig", ",", 3, 3)),
        ("two-heading-rows.csv", 6, 3, Layout("", "utf-8-sig", ",", 1, 2)),
        ("welsh-8859-14.csv", 2, 2, Layout("", "iso8859-14", ",")),
        ("listening-log.xlsx", 60, 4, Layout("Comments", "", "", 3, 3)),
    ],
)
def test_each_shared_shape_is_read_rightly(
    name: str, rows: int, first: int, layout: Layout
) -> None:
    file = case(name)
    assert guess_layout(file, scan_file(file)) == layout
    found = list(read_table(file, layout).rows)
    assert (len(found), found[0].number) == (rows, first)
    assert not any(row.fault or row.errors for row in found)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("welsh-8859-14.csv", ["dŵr", "tŷ", "ffŵl"]),
        ("macintosh.csv", ["café", "it’s", "Siôn’s"]),
    ],
)
def test_old_letters_are_guessed_and_shown(name: str, words: list[str]) -> None:
    file = case(name)
    rows = read_table(file, guess_layout(file, scan_file(file))).rows
    assert words_to_show(cell for row in rows for cell in row.cells) == words


def test_two_rows_of_headings_are_one_name_each() -> None:
    file = case("two-heading-rows.csv")
    headings = read_table(file, guess_layout(file, scan_file(file))).headings
    assert headings[3:] == ["What do we have?", "What do we need?", "What should change?"]


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("It was 24°C, and £5 at the café – “lovely”", "cp1252"),
        ("Siôn's crêpes, naïve Zoë", "cp1252"),
        ("Mae'r tŷ yn oer, a'r dŵr hefyd; Ŵyna yn y cŵm", "iso8859-14"),
        ("It’s the café’s jalapeño “best”", "mac-roman"),
        ("Нам нужен автобус вечером, и тёплая комната зимой для всех", "cp1251"),
    ],
)
def test_the_encoding_is_guessed_from_the_words(text: str, encoding: str) -> None:
    assert guess_encoding(BytesIO(f"text\n{text}\n".encode(encoding))) == encoding


def test_bytes_that_are_letters_nowhere_are_refused() -> None:
    with pytest.raises(NotReadable):
        guess_encoding(BytesIO(b"text\n\x81\x8d\x8f\n"))


@pytest.mark.parametrize(
    ("typed", "encoding"),
    [
        ("UTF-8", "utf-8-sig"),
        ("windows-1252", "cp1252"),
        ("iso-8859-14", "iso8859-14"),
        ("macintosh", "mac-roman"),
        ("utf-16-le", "utf-16-le"),
        ("rot13", ""),
        ("klingon", ""),
    ],
)
def test_an_encoding_is_known_by_its_other_names(typed: str, encoding: str) -> None:
    assert encoding_called(typed) == encoding


@pytest.mark.parametrize(
    "text",
    [
        *("Mae angen d?r poeth", "yn y t? coffi", "?yn bach", "Fy nh? i", "caf\ufffd", "Si?n"),
        "T? bach, os gwelwch yn dda.",
    ],
)
def test_lost_letters_are_seen(text: str) -> None:
    assert has_lost_letters(text)


@pytest.mark.parametrize(
    "text",
    [
        *("Is the pool open?", "Why? Because.", "Really?! No.", "open?Yes", "?", "A bus at 6?"),
        *("https://bryn.example/?page=2", "Who?", "(what?) nothing", "Beth sydd ei angen?"),
    ],
)
def test_a_question_has_lost_no_letters(text: str) -> None:
    assert not has_lost_letters(text)


@pytest.mark.parametrize(
    ("rows", "headings"),
    [
        ([["Comment", "Who"], ["A", "B"]], (1, 1)),
        ([[], ["Comment", "Who"], ["A", "B"]], (2, 2)),
        ([["Title"], ["By whom"], [], ["Comment", "Who"], ["A", "B"]], (4, 4)),
        # One heading, of two columns: no blank row tells that it is a title.
        ([["Comment", ""], ["A", "B"]], (1, 1)),
        # What a person said is no heading, however short.
        ([["What?", "Why?"], ["", "Nothing"], ["A", "B"]], (1, 1)),
        (
            [["Q1", "Q2"], ["What?", "Why?"], ['{"ImportId":"1"}', '{"ImportId":"2"}'], ["A", "B"]],
            (1, 3),
        ),
        ([["Comment"], ["Response"]], (1, 1)),
        ([], (1, 1)),
    ],
)
def test_the_rows_of_headings_are_guessed(rows: list[list[str]], headings: tuple[int, int]) -> None:
    assert guess_heading_rows(rows) == headings


def test_headings_of_several_rows_are_joined() -> None:
    rows = [["Who", "What we need", "", "Q"], ["", "Now", "Later", "Response"]]
    assert headings_of(rows) == ["Who", "What we need – Now", "Later", "Q"]


def test_columns_have_the_letters_that_spreadsheets_give_them() -> None:
    assert [column_letters(n) for n in (1, 26, 27, 52, 53, 703)] == [
        *("A", "Z", "AA", "AZ", "BA", "AAA"),
    ]


def test_what_is_chosen_is_kept_and_the_rest_guessed_around_it() -> None:
    file = BytesIO(b"a,b;c\n1,2;3\n\nWho;Comment;More\nx;y;z\n")
    scanned = scan_file(file)
    assert guess_layout(file, scanned, Chosen(separator=";")).separator == ";"
    chosen = Chosen(encoding="cp1250", headings=(4, 4))
    assert guess_layout(file, scanned, chosen) == Layout("", "cp1250", ";", 4, 4)


@pytest.mark.parametrize(
    ("chosen", "told"),
    [
        (Chosen(sheet="Comments"), "no sheets"),
        (Chosen(headings=(2, 1)), "one to five rows"),
        (Chosen(headings=(0, 1)), "one to five rows"),
        (Chosen(headings=(1, 7)), "one to five rows"),
        (Chosen(headings=(51, 51)), "first 50"),
    ],
)
def test_what_a_text_has_not_is_not_chosen(chosen: Chosen, told: str) -> None:
    file = BytesIO(b"text\nA park\n")
    with pytest.raises(BadLayout, match=told):
        guess_layout(file, scan_file(file), chosen)


def test_a_workbook_has_no_encoding_to_choose() -> None:
    file = BytesIO(workbook({"S": [["Comment"], ["A park"]]}))
    with pytest.raises(BadLayout, match="no encoding"):
        guess_layout(file, scan_file(file), Chosen(encoding="cp1252"))


def test_an_encoding_in_which_a_text_can_not_be_read_is_refused() -> None:
    file = BytesIO("text\ntŷ\n".encode())
    with pytest.raises(FileRefused):
        guess_layout(file, scan_file(file), Chosen(encoding="utf-16"))


def test_a_layout_is_read_back_as_it_was_kept() -> None:
    layout = Layout("Comments", "", "", 2, 3)
    assert Layout.from_json(layout.as_json()) == layout
    assert Layout.from_json({"encoding": "cp1252"}) == Layout(encoding="cp1252")
