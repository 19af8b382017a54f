"""Tables for spreadsheets as CSV: every text stays a text, and comes back as it was."""

import csv
from io import StringIO

import pytest

from coproduction.ui.spreadsheets import csv_pieces, escape_formula, unescape_formula

pytestmark = pytest.mark.once

AWKWARD = ("=1+1", "+1", "-1", "@SUM(A1)", " =1", "'=1", "''-1", "'tis", "", "\tx", "a = b")


def test_what_a_spreadsheet_would_run_is_escaped_and_comes_back_as_it_was() -> None:
    for text in AWKWARD:
        escaped = escape_formula(text)
        assert not escaped.lstrip(" ").startswith(("=", "+", "-", "@", "\t", "\r"))
        assert unescape_formula(escaped) == text
    assert escape_formula(-1) == -1


def test_a_table_is_given_in_pieces_that_are_one_file() -> None:
    rows = [[text, f"{number}: " + "w" * 5_000] for number, text in enumerate(AWKWARD * 9)]
    pieces = list(csv_pieces(["a", "=b"], rows))
    assert len(pieces) > 2
    text = b"".join(pieces).decode("utf-8-sig")
    assert b"".join(pieces).startswith("\ufeff".encode())
    headings, *read = csv.reader(StringIO(text, newline=""))
    assert headings == ["a", "'=b"]
    assert [[unescape_formula(cell) for cell in row] for row in read] == rows
