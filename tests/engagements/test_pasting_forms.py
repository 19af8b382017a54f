"""Pasted lines: which marks come off, and which lines say the same."""

import pytest

from engagements.forms.pasting import (
    has_list_marker,
    split_lines,
    with_duplicates,
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


def test_each_twin_names_the_first() -> None:
    assert with_duplicates(["A", "B", "a", "A"]) == [("A", 0), ("B", 0), ("a", 1), ("A", 1)]
