"""What a kept file holds: its headings, its first rows, and the rows of it that were refused."""

import json
import re
from collections.abc import Iterator
from itertools import islice
from typing import Any, BinaryIO, cast

from django.utils.translation import gettext_lazy as _

from coproduction.projects.refusals import Refusal
from engagements.mapping import NUL_SHOWN, REFUSED_BECAUSE, UNREADABLE, WHOLE_LINE, Columns
from engagements.models import ImportBatch
from engagements.preview import Consents, consents
from engagements.reading import Row, read
from engagements.spreadsheets import fused

_OURS = ["refused_row", REFUSED_BECAUSE]
# What stands for a byte that could not be read.
_UNREAD = re.compile("[\ud800-\udfff]")


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


def consents_of(batch: ImportBatch, columns: Columns) -> Consents | None:
    """Count what the whole file says of consent, if a column does. Raises FileGone."""
    with opened(batch) as file:
        table = read(file, batch.encoding)
        return consents(table.rows, headings=table.headings, columns=columns)


def to_mend(row: Row) -> str:
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


def refused_table(batch: ImportBatch) -> tuple[list[str], Iterator[list[Any]]]:
    """Return the headings and rows of a file to mend and bring in again. Raises FileGone.

    It has the columns of the file itself after two of ours, which an import leaves alone. A file
    that is itself such a file has them already.
    """
    headings = headings_of(batch)
    is_ours = headings[:2] == _OURS
    rows = (
        [row.row, row.why, *_as_they_were(json.loads(row.content), is_ours)]
        for row in batch.refused_rows.order_by("row").iterator()
    )
    return [*_OURS, *(headings[2:] if is_ours else headings)], rows


def _as_they_were(cells: list[str], is_ours: bool) -> list[str]:
    """Return a refused row's cells, without what our own file had put before and around them."""
    if not is_ours or cells[0].startswith(WHOLE_LINE):
        return cells
    return [fused(cell) for cell in cells[2:]]
