"""Files for spreadsheets: tables that open as words, whatever the words begin with."""

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from io import StringIO
from typing import Any, Final

from django.http import HttpResponse

CSV_TYPE: Final = "text/csv; charset=utf-8"
# A spreadsheet takes a cell that begins so for a formula, and runs it. The same behind quote marks,
# ours or the person's own, gets one too: one more, or one fewer, tells them apart.
_FORMULA = re.compile(r"'* *[=+\-@\t\r]")
_QUOTED = re.compile(r"'+ *[=+\-@\t\r]")
# Nearly all cells begin otherwise, and are looked at no further.
_BEGINNINGS = frozenset("' =+-@\t\r")


def escape_formula(cell: Any) -> Any:
    """Return a cell with a quote mark before what a spreadsheet would run; numbers stay numbers."""
    if isinstance(cell, str) and cell[:1] in _BEGINNINGS and _FORMULA.match(cell):
        return f"'{cell}"
    return cell


def unescape_formula(cell: str) -> str:
    """Take that quote mark off again: what ``escape_formula`` wrote comes back as it was."""
    return cell[1:] if _QUOTED.match(cell) else cell


def write_csv(file: Any, headings: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Write a table to a text file opened with ``newline=""``."""
    writer = csv.writer(file)
    writer.writerow([escape_formula(heading) for heading in headings])
    for row in rows:
        writer.writerow([escape_formula(cell) for cell in row])


def csv_response(name: str, headings: Sequence[str], rows: Iterable[Sequence[Any]]) -> HttpResponse:
    """Answer with a table as a download. The mark at its start tells Excel that it is UTF-8."""
    response = HttpResponse(content_type=CSV_TYPE)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response.write("\ufeff")
    write_csv(response, headings, rows)
    return response


# So many letters are handed on together: each piece costs the server about as much as a row.
_PIECE = 64_000


def csv_pieces(headings: Sequence[str], rows: Iterable[Sequence[Any]]) -> Iterator[bytes]:
    """Give a table of any length as CSV, piece by piece, beginning with the mark for Excel."""
    text = StringIO(newline="")
    writer = csv.writer(text)
    text.write("\ufeff")
    writer.writerow([escape_formula(heading) for heading in headings])
    for row in rows:
        writer.writerow([escape_formula(cell) for cell in row])
        if text.tell() >= _PIECE:
            yield text.getvalue().encode()
            text.seek(0)
            text.truncate()
    yield text.getvalue().encode()
