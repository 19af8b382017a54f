"""Cells with several points: taken apart where somebody says so, with nothing lost."""

import re

from hypothesis import given
from hypothesis import strategies as st

from engagements.imports.splitting import (
    SEPARATORS,
    PointReader,
    separators_offered,
    split_points,
)
from engagements.imports.table import Row


def test_points_come_apart_by_semicolons_lines_and_dashes() -> None:
    assert split_points("Buses; benches; a bin at the gate", [";"]) == [
        "Buses",
        "benches",
        "a bin at the gate",
    ]
    assert split_points("- warm room\n- lights\r\n\n- the doctor back", ["line"]) == [
        "warm room",
        "lights",
        "the doctor back",
    ]
    assert split_points("- well-being - 2 benches – lights", ["dash"]) == [
        "well-being",
        "2 benches",
        "lights",
    ]
    assert split_points("1. Buses; 2) bins\n• lights", ["line", ";"]) == ["Buses", "bins", "lights"]


def test_a_cell_without_the_mark_is_one_point() -> None:
    assert split_points("Buses, mostly", [";"]) == ["Buses, mostly"]
    assert split_points("-5 degrees", ["dash", "line"]) == ["-5 degrees"]
    assert split_points(" ; ;", [";"]) == []
    # What is not taken apart stays as it stands, marks and all.
    assert split_points("1. Cars 2. Nobody minds ", ["line"]) == ["1. Cars 2. Nobody minds"]
    assert split_points("- a dash first", ["line"]) == ["- a dash first"]
    assert split_points("Buses;", [";"]) == ["Buses"]


def test_a_whole_text_with_a_thousand_marks_stays_one() -> None:
    book = "a;" * 2_000
    assert split_points(book, [";"]) == [book]


def test_only_what_seems_to_be_several_points_is_offered() -> None:
    assert separators_offered(["Buses; benches", "- a\n- b", "- a - b", "Parking"]) == {
        ";": 1,
        "line": 1,
        "dash": 1,
    }
    one = ["Parks, and swings", "well-being", "- one", "it was hot - too hot"]
    assert separators_offered(one) == {}


def test_cells_are_counted_and_shown_as_they_would_come_apart() -> None:
    reader = PointReader(["who", "said"], ["said"], {"said": (";",)})
    for number, cell in enumerate(["a; b", "one", "c\nd", "a; b"], start=2):
        reader.note(Row(number, ["x", cell]))
    reader.note(Row(9, ["broken"], "quotes"))
    (offer,) = reader.offers()
    assert dict(offer.by) == {";": 2, "line": 1}
    assert offer.taken_apart == (("a; b", ("a", "b")),)


@given(st.text(max_size=80), st.lists(st.sampled_from(SEPARATORS), max_size=3))
def test_no_letter_is_lost_and_no_point_is_blank(cell: str, separators: list[str]) -> None:
    points = split_points(cell, separators)
    assert all(point == point.strip() and point for point in points)

    def letters(text: str) -> str:
        return "".join(re.findall(r"[^\W\d_]", text))

    kept = letters("".join(points))
    whole = letters("".join(split_points(cell, [])))
    assert kept == whole
