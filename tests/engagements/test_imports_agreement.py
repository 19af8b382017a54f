"""Ticks, dots, tallies and "(5 people said)" are a number beside the words, and never words."""

import pytest

from engagements.imports.agreement import number_agreed, read_marks


@pytest.mark.parametrize(
    ("line", "words", "number"),
    [
        ("Benches ✔✔✔", "Benches", 3),
        ("Benches ✓", "Benches", 1),
        ("Benches ✔️ ✔️", "Benches", 2),
        ("Benches 👍🏽👍", "Benches", 2),
        ("✔✔ Benches", "Benches", 2),
        ("Benches ••••", "Benches", 4),
        ("Benches ||||", "Benches", 4),
        ("Benches ||||/ ||", "Benches", 7),
        ("Benches x5", "Benches", 5),
        ("Benches (x 5)", "Benches", 5),
        ("Benches × 12", "Benches", 12),
        ("Benches +3", "Benches", 3),
        ("Meinciau\nnewydd ✔✔", "Meinciau\nnewydd", 2),
    ],
)
def test_signs_come_off_and_are_counted(line, words, number) -> None:
    assert read_marks(line) == (words, number, True)


@pytest.mark.parametrize(
    ("line", "number"),
    [
        ("Benches (5 people said)", 5),
        ("Benches (said 3 times) by the river", 3),
        ("Benches [4 others agree]", 4),
        ("Meinciau (4 o bobl)", 4),
        ("Meinciau (2 arall)", 2),
    ],
)
def test_what_is_said_in_words_stays_as_it_was_written(line, number) -> None:
    assert read_marks(line) == (line, number, False)


@pytest.mark.parametrize(
    "line",
    [
        *("Benches", "-5 degrees", "Room for 5 people", "The bus (number 5)", "Wait... ", "Why?!!"),
        *("A | B", "✔✔✔", "||||", "x5", "• Benches", "✔ Benches", "f***", "Benches (2019)", "2x4"),
        *("Route 66", "1+1", "(5 people said)", "C++", "and/or", "Open 24/7"),
    ],
)
def test_what_is_no_mark_is_left_alone(line) -> None:
    assert read_marks(line) == (line, 0, False)


@pytest.mark.parametrize(
    ("cell", "number"),
    [("", 0), (" ", 0), ("5", 5), ("5.0", 5), ("✔✔", 2), ("x3", 3), ("lots", None), ("-2", None)],
)
def test_a_cell_says_a_number_or_marks(cell, number) -> None:
    assert number_agreed(cell) == number
