"""What a kept file holds: its headings, its first rows, and the rows of it that were refused."""

import json
from collections.abc import Iterator
from itertools import islice
from typing import Any, BinaryIO, cast

from django.utils.translation import gettext_lazy as _

from coproduction.projects.refusals import Refusal
from engagements.mapping import REFUSED_BECAUSE
from engagements.models import LONGEST_COMMENT, ImportBatch
from engagements.reading import Row, read

# Of a cell too long to be a comment, enough to know it by; the whole is in the file.
_SHOWN_OF_A_BOOK = 500
_MOST_CELLS = 200


class FileGone(Refusal):
    """The file is no longer where it was kept."""

    sentence = _("The file can't be found any more. Bring it in again.")


def opened(batch: ImportBatch) -> BinaryIO:
    """Open a batch's file. Raises FileGone."""
    try:
        return cast(BinaryIO, batch.file.storage.open(batch.file.name, "rb").file)
    except FileNotFoundError as error:
        raise FileGone from error


def headings_of(batch: ImportBatch) -> list[str]:
    """Return the headings of a batch's file. Raises FileGone."""
    with opened(batch) as file:
        return read(file, batch.encoding).headings


def first_rows(batch: ImportBatch, count: int = 5) -> list[Row]:
    """Return the first rows of a batch's file, for a preview. Raises FileGone."""
    with opened(batch) as file:
        return list(islice(read(file, batch.encoding).rows, count))


def to_mend(cells: list[str]) -> str:
    """Return a refused row's cells as JSON that any database takes, to be mended later."""
    return json.dumps([_kept_cell(cell) for cell in cells[:_MOST_CELLS]], ensure_ascii=False)


def _kept_cell(cell: str) -> str:
    """Return a refused cell whole, unless it is a book; what can't be read shows as a mark."""
    if len(cell) > LONGEST_COMMENT:
        cell = f"{cell[:_SHOWN_OF_A_BOOK]} […]"
    return cell.replace("\x00", "\N{SYMBOL FOR NULL}").encode("utf-8", "replace").decode()


def refused_table(batch: ImportBatch) -> tuple[list[str], Iterator[list[Any]]]:
    """Return the headings and rows of a file to mend and bring in again. Raises FileGone.

    It has the columns of the file itself after two of ours, which an import leaves alone.
    """
    rows = (
        [row.row, row.why, *json.loads(row.content)]
        for row in batch.refused_rows.order_by("row").iterator()
    )
    return ["refused_row", REFUSED_BECAUSE, *headings_of(batch)], rows
