"""Pasted lines: which marks come off, and which lines say the same."""

import pytest

from engagements.forms.pasting import has_list_marker, with_duplicates, without_list_marker


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


def test_each_twin_names_the_first() -> None:
    assert with_duplicates(["A", "B", "a", "A"]) == [("A", 0), ("B", 0), ("a", 1), ("A", 1)]
