"""The files that comments come in by: looked through before, and rows of them erased after."""

import tempfile
from collections.abc import Callable, Iterator, Mapping, Set
from dataclasses import dataclass
from typing import BinaryIO
from uuid import uuid4

from django.core.files import File
from django.utils.translation import gettext_lazy as _

from coproduction.fingerprints import RunningFingerprint
from coproduction.jobs.services import enqueue
from coproduction.projects.audit import recorded
from coproduction.projects.refusals import Refusal
from engagements.imports.csv_reader import without_rows
from engagements.imports.layout import Chosen, Layout, guess_layout
from engagements.imports.refusals import HeadingsOnly
from engagements.imports.scan import Scan, scan_file
from engagements.imports.table import read_table
from engagements.imports.workbook_parts import declared_size
from engagements.imports.workbook_rows import workbook_without_rows
from engagements.models import ImportBatch
from engagements.queries.import_file import FileGone, FilesAway, open_file

LOOK_THROUGH = "engagements.look_through"
# Some tens of thousands of rows, read in less than half a second.
LOOKED_THROUGH_AT_ONCE = 2 * 1024 * 1024
# The same of a workbook's sheets, unpacked.
_UNPACKED_AT_ONCE = 10 * 1024 * 1024
# So often it says how far it is.
_ROWS_A_REPORT = 5_000
Report = Callable[[int, int], None]


class NotLookedThrough(Refusal):
    """What is in a file is said once all of it was read."""

    sentence = _("This file is still being looked through. Wait until that is done.")


@dataclass(frozen=True)
class FileSummary:
    """What reading a file finds: its bytes, how it is read, its headings and rows.

    ``rows`` are 0 where they are not counted yet; of a big workbook, ``layout`` is None then.
    """

    scan: Scan
    layout: Layout | None
    headings: list[str]
    rows: int


def summarise_file(
    file: BinaryIO, *, whole: bool = True, chosen: Chosen | None = None
) -> FileSummary:
    """Read a file and keep nothing; how it is read is guessed around what was ``chosen``.

    Outside any transaction: a big file takes seconds, and SQLite has one writer. Unless the
    ``whole`` is wanted, the rows of a big file are not counted, and a big workbook is only known
    to be one. Raises FileRefused, BadLayout.
    """
    scanned = scan_file(file)
    is_counted = whole or not takes_long(file, scanned.size, is_workbook=scanned.is_workbook)
    if scanned.is_workbook and not is_counted:
        return FileSummary(scanned, None, [], 0)
    layout = guess_layout(file, scanned, chosen)
    table = read_table(file, layout)
    if next(table.rows, None) is None:
        raise HeadingsOnly
    rows = 1 + sum(1 for _row in table.rows) if is_counted else 0
    return FileSummary(scanned, layout, table.headings, rows)


def takes_long(file: BinaryIO, size: int, *, is_workbook: bool) -> bool:
    """Say whether counting a file's rows, of so many bytes, takes longer than a page may."""
    if size > LOOKED_THROUGH_AT_ONCE:
        return True
    return is_workbook and declared_size(file) > _UNPACKED_AT_ONCE


def queue_look_through(batch: ImportBatch) -> None:
    """Have a file's rows counted by a job. Part of the transaction that keeps the batch."""
    batch.job = enqueue(
        task=LOOK_THROUGH, scope=str(batch.project.uuid), arguments={"batch": batch.pk}
    ).uuid
    batch.save(update_fields=["job"])


def look_through(*, batch: ImportBatch, report: Report) -> ImportBatch:
    """Read a whole file and keep how many rows it has; then its columns may be chosen.

    How a big workbook is read is guessed now. ``report`` is called with how many of a hundred parts
    were read. Raises FileGone, FilesAway, FileRefused.
    """
    layout = Layout.from_json(batch.layout) if batch.layout else None
    with open_file(batch) as file:
        if layout is None:
            layout = guess_layout(file, Scan(batch.file.size, batch.file_hash, batch.encoding))
        rows = _count(file, layout, batch.file.size, report)
    with recorded(project=batch.project, by=batch.by) as ledger:
        ledger.refresh(batch)
        if batch.rows or batch.is_undone:
            return batch
        if batch.layout and batch.layout != layout.as_json():
            # Somebody chose another layout meanwhile; its own job counts by that.
            return batch
        batch.rows, batch.layout = rows, layout.as_json()
        batch.save(update_fields=["rows", "layout"])
        ledger.record("engagements.file_looked_through", subject=batch, now={"rows": rows})
    return batch


def _count(file: BinaryIO, layout: Layout, size: int, report: Report) -> int:
    """Count the rows of a whole file. Raises FileRefused."""
    rows = 0
    for _row in read_table(file, layout).rows:
        rows += 1
        if rows % _ROWS_A_REPORT == 0:
            # A workbook is unpacked by then: what is left is short.
            report(99 if layout.is_workbook else file.tell() * 100 // size, 100)
    if not rows:
        raise HeadingsOnly
    return rows


def erase_rows(*, batch: ImportBatch, rows: Mapping[str, Set[int]]) -> None:
    """Keep a file without some of its rows, by sheet ("" of a text), and delete it as it was.

    Written anew before the chain is locked, since that may take long; cut short and begun again, it
    leaves none of the files of before. Raises FilesAway.
    """
    storage, before = batch.file.storage, batch.file.name
    try:
        with open_file(batch) as file, tempfile.TemporaryFile() as anew:
            digest = RunningFingerprint()
            for piece in _without(batch, file, rows):
                digest.add(piece)
                anew.write(piece)
            if digest.value != batch.hash_to_check:
                anew.seek(0)
                name = f"{batch.uuid}-{uuid4().hex[:8]}.{kind_of(batch)}"
                batch.file.save(name, File(anew), save=False)
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


def _without(batch: ImportBatch, file: BinaryIO, rows: Mapping[str, Set[int]]) -> Iterator[bytes]:
    """Yield a file's bytes without some of its rows; the same bytes where nothing is in them."""
    if not batch.encoding:
        return workbook_without_rows(file, rows)
    layout = Layout.from_json(batch.layout)
    return without_rows(file, layout.encoding, layout.separator, rows.get("", frozenset()))


def kind_of(batch: ImportBatch) -> str:
    """Return how the name of a batch's file ends, by what it is and not by what it was called."""
    return "csv" if batch.encoding else "xlsx"


def _put_in_place(batch: ImportBatch, before: str, digest: str) -> None:
    """Let a file that was written anew stand for the one of before, if that is still the one."""
    anew = batch.file.name
    with recorded(project=batch.project, by=None) as ledger:
        ledger.refresh(batch)
        if batch.file.name == before:
            batch.file.name, batch.kept_hash = anew, digest
            batch.save(update_fields=["file", "kept_hash"])
            ledger.record("engagements.rows_erased", subject=batch, follow_up=False)
