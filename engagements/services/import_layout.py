"""Choosing how a file that came in is read, before anybody said what its columns are."""

from typing import BinaryIO

from django.utils.translation import gettext_lazy as _

from coproduction.projects.audit import recorded
from coproduction.projects.models import User
from coproduction.projects.refusals import Refusal
from engagements.imports.layout import Chosen, Layout, guess_layout
from engagements.imports.refusals import HeadingsOnly
from engagements.imports.scan import Scan
from engagements.imports.table import read_table
from engagements.models import ImportBatch
from engagements.queries.import_file import open_file
from engagements.services.import_file import NotLookedThrough, queue_look_through, takes_long


class ColumnsSaid(Refusal):
    """How a file is read is chosen before what its columns are."""

    sentence = _("What is in this file was said already. Undo the import, and bring it in again.")


def choose_layout(*, batch: ImportBatch, chosen: Chosen, by: User) -> ImportBatch:
    """Have a file read in another way, guessed around what was chosen; its rows count anew.

    Those of a big file are counted by a job. Raises BadLayout, FileRefused, ColumnsSaid,
    NotLookedThrough, FileGone, FilesAway: then it is read as before.
    """
    if batch.is_mapped or batch.is_undone:
        raise ColumnsSaid
    if not batch.is_looked_through:
        raise NotLookedThrough
    with open_file(batch) as file:
        scanned = Scan(batch.file.size, batch.file_hash, batch.encoding)
        layout = guess_layout(file, scanned, chosen)
        is_long = takes_long(file, scanned.size, is_workbook=scanned.is_workbook)
        rows = _rows_of_short(file, layout, is_long=is_long)
    with recorded(project=batch.project, by=by) as ledger:
        ledger.refresh(batch)
        if batch.is_mapped or batch.is_undone:
            raise ColumnsSaid
        if batch.layout == layout.as_json():
            return batch
        batch.layout, batch.rows = layout.as_json(), rows
        batch.save(update_fields=["layout", "rows"])
        if not rows:
            queue_look_through(batch)
        # Neither the name of a sheet, which may be a person's, nor a sign.
        names = ("encoding", "first_heading", "last_heading")
        said = {name: getattr(layout, name) for name in names}
        ledger.record("engagements.layout_chosen", subject=batch, now=said)
    return batch


def _rows_of_short(file: BinaryIO, layout: Layout, *, is_long: bool) -> int:
    """Count a file's rows, or see that a long one has some and return 0. Raises FileRefused."""
    rows = read_table(file, layout, first=1 if is_long else 0).rows
    if next(rows, None) is None:
        raise HeadingsOnly
    return 0 if is_long else 1 + sum(1 for _row in rows)
