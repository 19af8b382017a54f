"""Pasted lines: which marks come off, and which lines are headings."""

import pytest

from engagements.forms.pasting import (
    has_list_marker,
    kind_of_heading,
    seem_headings,
    split_lines,
    without_list_marker,
)


@pytest.mark.parametrize(
    ("line", "kept"),
    [
        ("- A park", "A park"),
        ("* A park", "A park"),
        ("– A park", "A park"),
        ("12) A park", "A park"),
        ("- 1. A park", "1. A park"),
    ],
)
def test_one_mark_comes_off(line, kept) -> None:
    assert has_list_marker(line)
    assert without_list_marker(line) == kept


@pytest.mark.parametrize("line", ["-5 degrees", "20.5 metres", "1984. A bad year", "-", "A - B"])
def test_what_only_looks_like_a_mark_stays(line) -> None:
    assert not has_list_marker(line)
    assert without_list_marker(line) == line


@pytest.mark.parametrize(
    ("pasted", "kept"),
    [
        ("  One\n\n - Two\r\n\t\nThree", ["One", "- Two", "Three"]),
        ('A\n"A bus,\nand a shelter"\nB', ["A", "A bus,\nand a shelter", "B"]),
        ('"He said ""no"".\n\nThen left"', ['He said "no".\n\nThen left']),
        # People's own marks, which no spreadsheet put there.
        ('"I like it", said Tom\nSo do I', ['"I like it", said Tom', "So do I"]),
        ('"One"\n"Two"', ['"One"', '"Two"']),
        ('"Never closed\nTwo\nThree', ['"Never closed', "Two", "Three"]),
        ('"A "b" c\nD"', ['"A "b" c', 'D"']),
        ('"', ['"']),
        ("", []),
    ],
)
def test_a_cell_of_several_lines_is_one_comment(pasted: str, kept: list[str]) -> None:
    assert split_lines(pasted) == kept


NAMES = {"what we have": "asset", "beth sydd gennym": "asset", "needs": "need", "none": "none"}


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        *((each, "asset") for each in ("What we have", "WHAT WE HAVE:", "1. What we have?")),
        *(
            (each, "asset")
            for each in ("Beth sydd gennym …", "== What we  have ==", "• what we have")
        ),
        ("**NEEDS**", "need"),
        ("What we have: a park", ""),
        ("None", ""),
        ("A park", ""),
    ],
)
def test_a_line_that_only_names_a_question_is_its_heading(line, kind) -> None:
    assert kind_of_heading(line, NAMES) == kind


@pytest.mark.parametrize(
    ("line", "seems"),
    [
        ("TRAFFIC", True),
        ("Children and young people:", True),
        ("DŴR", False),
        ("A bench by the river and a bin:", False),
        ("A bench", False),
    ],
)
def test_what_looks_like_a_heading_is_told(line, seems) -> None:
    assert seem_headings([line, "A park", "A pond"])[0] is seems


def test_capitals_say_nothing_where_most_lines_are_so() -> None:
    assert seem_headings(["MORE BINS", "A PARK", "a pond", "BINS:"]) == [False, False, False, True]
