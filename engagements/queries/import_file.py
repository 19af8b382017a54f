"""What a kept file holds: its headings, its first rows, and the rows of it that were refused."""

import json
import re
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any, BinaryIO, cast

from django.utils.translation import gettext_lazy as _

from coproduction.projects.refusals import Refusal
from coproduction.ui.spreadsheets import unescape_formula
from engagements.imports.columns import (
    NUL_SHOWN,
    REFUSED_BECAUSE,
    UNREADABLE,
    WHOLE_LINE,
    Columns,
    Drafter,
)
from engagements.imports.csv_reader import Row, read
from engagements.imports.preview import FilePreview, preview_file
from engagements.models import ImportBatch

# The two columns that we put before a file's own when we hand refused rows out.
OURS = ["refused_row", REFUSED_BECAUSE]
# How many earlier imports are asked what the columns meant.
_LOOK_BACK = 20
# What stands for a byte that could not be read.
_UNREAD = re.compile("[\ud800-\udfff]")


class FileGone(Refusal):
    """The file is no longer where it was kept."""

    sentence = _("The file can't be found any more. Bring it in again.")


def open_file(batch: ImportBatch) -> BinaryIO:
    """Open a batch's file. Raises FileGone."""
    try:
        return cast(BinaryIO, batch.file.storage.open(batch.file.name, "rb").file)
    except FileNotFoundError as error:
        raise FileGone from error


def read_headings(batch: ImportBatch) -> list[str]:
    """Return the headings of a batch's file. Raises FileGone."""
    with open_file(batch) as file:
        return read(file, batch.encoding).headings


def read_first_rows(batch: ImportBatch, count: int = 5) -> list[Row]:
    """Return the first rows of a batch's file, for a preview. Raises FileGone."""
    with open_file(batch) as file:
        return list(islice(read(file, batch.encoding).rows, count))


def preview_whole_file(batch: ImportBatch, drafter: Drafter, *, has_consent: bool) -> FilePreview:
    """Draft every row of a batch's file, and count what would become of it. Raises FileGone."""
    with open_file(batch) as file:
        return preview_file(read(file, batch.encoding).rows, drafter, has_consent=has_consent)


def is_refused_rows_file(headings: Sequence[str]) -> bool:
    """Whether a file is one of refused rows that we handed out."""
    return list(headings[:2]) == OURS


def earlier_mapping(batch: ImportBatch, headings: Sequence[str]) -> ImportBatch | None:
    """Return the last import at a batch's engagement that fits its headings, if the file is ours.

    Its rows were refused there, so its columns mean what they meant there.
    """
    if not is_refused_rows_file(headings):
        return None
    others = ImportBatch.objects.of(batch.project).filter(engagement_id=batch.engagement_id)
    others = others.exclude(mapping={}).exclude(pk=batch.pk).order_by("-pk")[:_LOOK_BACK]
    for other in others.select_related("question"):
        if set(Columns.kept(other.mapping).named) <= set(headings[2:]):
            return other
    return None


def refused_row_json(row: Row) -> str:
    """Return a refused row's cells, whole, as JSON that any database takes, to be mended later.

    What can't be kept as it is shows as a mark of ours, by which a row that comes back as it went
    out is known: see ``fault_of_unmended``.
    """
    cells = [_kept_cell(cell) for cell in row.cells]
    if row.fault:
        # Not cells but a line that could not be cut into cells.
        cells = [f"{WHOLE_LINE}{cells[0]}"]
    return json.dumps(cells, ensure_ascii=False)


def _kept_cell(cell: str) -> str:
    """Return a refused cell whole; what can't be read shows as a mark."""
    return _UNREAD.sub(UNREADABLE, cell.replace("\x00", NUL_SHOWN))


def refused_rows_table(batch: ImportBatch) -> tuple[list[str], Iterator[list[Any]]]:
    """Return the headings and rows of a file to mend and bring in again. Raises FileGone.

    It has the columns of the file itself after two of ours, which an import leaves alone. A file
    that is itself such a file has them already.
    """
    headings = read_headings(batch)
    ours = is_refused_rows_file(headings)
    rows = (
        [row.row, row.why, *_as_they_were(json.loads(row.content), ours)]
        for row in batch.refused_rows.order_by("row").iterator()
    )
    return [*OURS, *(headings[2:] if ours else headings)], rows


def _as_they_were(cells: list[str], ours: bool) -> list[str]:
    """Return a refused row's cells, without what our own file had put before and around them."""
    if not ours or cells[0].startswith(WHOLE_LINE):
        return cells
    return [unescape_formula(cell) for cell in cells[2:]]
