"""The files that comments come in by: looked through before, and rows of them erased after."""

import tempfile
from collections.abc import Callable, Set
from dataclasses import dataclass
from typing import BinaryIO
from uuid import uuid4

from django.core.files import File
from django.utils.translation import gettext_lazy as _

from coproduction.fingerprints import RunningFingerprint
from coproduction.jobs.services import enqueue
from coproduction.projects.audit import recorded
from coproduction.projects.refusals import Refusal
from engagements.imports.csv_reader import (
    HeadingsOnly,
    Scan,
    read_table,
    scan_file,
    without_rows,
)
from engagements.models import ImportBatch
from engagements.queries.import_file import FileGone, FilesAway, open_file

LOOK_THROUGH = "engagements.look_through"
# Some tens of thousands of rows, read in less than half a second.
LOOKED_THROUGH_AT_ONCE = 2 * 1024 * 1024
# So often it says how far it is.
_ROWS_A_REPORT = 5_000
Report = Callable[[int, int], None]


class NotLookedThrough(Refusal):
    """What is in a file is said once all of it was read."""

    sentence = _("This file is still being looked through. Wait until that is done.")


@dataclass(frozen=True)
class FileSummary:
    """What reading a file finds: its bytes' hash and encoding, headings, rows (0: not counted)."""

    scan: Scan
    headings: list[str]
    rows: int


def summarise_file(file: BinaryIO, *, whole: bool = True) -> FileSummary:
    """Read a file and keep nothing. Raises FileRefused.

    Outside any transaction: a big file takes seconds, and SQLite has one writer. Unless the
    ``whole`` is wanted, the rows of a big file are not counted.
    """
    scanned = scan_file(file)
    table = read_table(file, scanned.encoding)
    if next(table.rows, None) is None:
        raise HeadingsOnly
    is_counted = whole or scanned.size <= LOOKED_THROUGH_AT_ONCE
    rows = 1 + sum(1 for _row in table.rows) if is_counted else 0
    return FileSummary(scanned, table.headings, rows)


def queue_look_through(batch: ImportBatch) -> None:
    """Have a file's rows counted by a job. Part of the transaction that keeps the batch."""
    batch.job = enqueue(
        task=LOOK_THROUGH, scope=str(batch.project.uuid), arguments={"batch": batch.pk}
    ).uuid
    batch.save(update_fields=["job"])


def look_through(*, batch: ImportBatch, report: Report) -> ImportBatch:
    """Read a whole file and keep how many rows it has; then its columns may be chosen.

    ``report`` is called with how many of a hundred parts were read. Raises FileGone, FilesAway.
    """
    rows = 0
    with open_file(batch) as file:
        size = batch.file.size
        for _row in read_table(file, batch.encoding).rows:
            rows += 1
            if rows % _ROWS_A_REPORT == 0:
                report(file.tell() * 100 // size, 100)
    with recorded(project=batch.project, by=batch.by) as ledger:
        ledger.refresh(batch)
        if batch.rows or batch.is_undone:
            return batch
        batch.rows = rows
        batch.save(update_fields=["rows"])
        ledger.record("engagements.file_looked_through", subject=batch, now={"rows": rows})
    return batch


def erase_rows(*, batch: ImportBatch, rows: Set[int]) -> None:
    """Keep a file without some of its rows, and delete it as it was. Raises FilesAway.

    Written anew before the chain is locked, since that may take long; cut short and begun again, it
    leaves none of the files of before.
    """
    storage, before = batch.file.storage, batch.file.name
    try:
        with open_file(batch) as file, tempfile.TemporaryFile() as anew:
            digest = RunningFingerprint()
            for piece in without_rows(file, batch.encoding, rows):
                digest.add(piece)
                anew.write(piece)
            if digest.value != batch.hash_to_check:
                anew.seek(0)
                batch.file.save(f"{batch.uuid}-{uuid4().hex[:8]}.csv", File(anew), save=False)
    except FileGone:
        return
    except OSError as problem:
        raise FilesAway from problem
    if batch.file.name != before:
        _put_in_place(batch, before, digest.value)
    folder = before.rpartition("/")[0]
    for name in storage.listdir(folder)[1]:
        if name.startswith(str(batch.uuid)) and f"{folder}/{name}" != batch.file.name:
            storage.delete(f"{folder}/{name}")


def _put_in_place(batch: ImportBatch, before: str, digest: str) -> None:
    """Let a file that was written anew stand for the one of before, if that is still the one."""
    anew = batch.file.name
    with recorded(project=batch.project, by=None) as ledger:
        ledger.refresh(batch)
        if batch.file.name == before:
            batch.file.name, batch.kept_hash = anew, digest
            batch.save(update_fields=["file", "kept_hash"])
            ledger.record("engagements.rows_erased", subject=batch, follow_up=False)
