"""Rows of a file that were refused: put right on their page and brought in, or left out."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext_lazy as _

from coproduction.projects.audit import Ledger, recorded
from coproduction.projects.models import User
from coproduction.projects.refusals import Refusal
from engagements.imports.columns import Columns
from engagements.imports.comment_table import PERSON
from engagements.imports.drafting import Drafter
from engagements.imports.layout import Layout
from engagements.imports.refused_rows import cells_to_mend, fault_of_unrepaired, refused_row_json
from engagements.imports.table import Row, read_table
from engagements.models import ImportBatch, RefusedRow
from engagements.queries.import_file import open_file, read_headings
from engagements.services.import_batch import AlreadyUndone, make_drafter
from engagements.services.import_engagements import Places, ensure_engagements
from engagements.services.import_rows import (
    ComingRows,
    carry_over,
    draft_rows,
    last_label_of,
    put_in,
    queue_what_follows,
    sift,
)
from engagements.services.submission import refuse_cancelled


class FileSettled(Refusal):
    """What its refused rows said was deleted with the file."""

    sentence = _("The file was deleted, and what these rows said with it. Bring them in anew.")


@dataclass(frozen=True)
class MendedRows:
    """How many rows came in, are here already or were left out, and are still refused."""

    imported: int = 0
    skipped: int = 0
    refused: int = 0
    # Those that somebody else had brought in by then, and those that somebody else had changed.
    gone: int = 0
    changed: tuple[int, ...] = ()
    # Those that stay out, as somebody said.
    left: int = 0


def mend_rows(
    *,
    batch: ImportBatch,
    cells: Mapping[int, Mapping[str, str]],
    seen: Mapping[int, str],
    by: User,
    leave: Collection[int] = (),
) -> MendedRows:
    """Bring in refused rows of a finished import, as ``cells`` puts them right.

    Those to ``leave`` stay out, with what their file said, until somebody has them back.

    ``cells`` are what stands in which column, by the number of the row; what it does not name stays
    as it was in the file. ``seen`` are the rows as a page showed them (RefusedRow.as_seen): what
    somebody changed since stays. A row still refused keeps what was typed, and says why. Rows come
    in as those of their file do, and go with it when it is undone. Raises AlreadyUndone,
    EngagementCancelled, FileSettled, FileGone, TooManyEngagements.
    """
    headings = read_headings(batch)
    drafter = make_drafter(batch, headings)
    beside = _of_same_people(batch, headings, cells)
    with recorded(project=batch.project, by=by) as ledger:
        _refuse_what_is_over(ledger.refresh(batch))
        found = {each.row: each for each in batch.refused_rows.waiting().filter(row__in=cells)}
        kept = {row: each for row, each in found.items() if seen.get(row) == each.as_seen}
        changed = tuple(sorted(found.keys() - kept.keys()))
        out = [kept.pop(row) for row in sorted(kept.keys() & set(leave))]
        rows = list(_mended(kept, headings, cells))
        gone = len(cells) - len(rows) - len(changed) - len(out)
        _leave(batch, out, ledger)
        done = MendedRows(gone=gone, changed=changed, left=len(out))
        if rows:
            places = _places_of(batch, drafter, [*beside, *rows])
            coming = ComingRows(batch, drafter, places, None)
            if beside:
                coming.pass_by(beside)
            done = _bring_in(coming, rows, kept=kept, done=done, ledger=ledger)
    return done


def _of_same_people(
    batch: ImportBatch, headings: Sequence[str], numbers: Collection[int]
) -> list[Row]:
    """Return the other rows of a file of ours that say what those of some rows said.

    Found before the chain is locked, since all of the file is read. Raises FileGone, FilesAway.
    """
    if PERSON not in headings or batch.file_removed_at is not None:
        return []
    place = headings.index(PERSON)
    with open_file(batch) as file:
        said = [
            (person, row)
            for row in read_table(file, Layout.from_json(batch.layout)).rows
            if place < len(row.cells) and (person := row.cells[place].strip())
        ]
    people = {person for person, row in said if row.number in numbers}
    return [row for person, row in said if person in people and row.number not in numbers]


def _bring_in(
    coming: ComingRows,
    rows: Sequence[Row],
    *,
    kept: Mapping[int, RefusedRow],
    done: MendedRows,
    ledger: Ledger,
) -> MendedRows:
    """Put rows in that are right now; return what was done, with what became of them."""
    batch, labelled = coming.batch, last_label_of(coming.batch)
    drafts, refused, left_out = draft_rows(coming.drafter, rows)
    span = (rows[0].number, rows[-1].number)
    sifted = sift(batch, drafts, places=coming.places, same=None, id_at=coming.id_at, span=span)
    put_in(coming, sifted, span=span)
    carry_over(batch, sifted, id_at=coming.id_at, span=span, ledger=ledger)
    still = {**dict(refused), **sifted.refused}
    _keep_still_refused(kept, rows, still)
    batch.refused_rows.filter(row__in=kept.keys() - still.keys()).delete()
    skipped = sifted.skipped + len(left_out)
    done = replace(done, imported=len(sifted.new), skipped=skipped, refused=len(still))
    _keep_counts(batch, done)
    queue_what_follows(batch, after=labelled)
    ledger.record(
        "engagements.rows_mended",
        subject=batch,
        now={"imported": done.imported, "skipped": done.skipped, "refused": done.refused},
    )
    return done


def have_rows_back(*, batch: ImportBatch, by: User) -> int:
    """Let all rows that stay out wait again; return how many.

    Raises AlreadyUndone, FileSettled, EngagementCancelled.
    """
    with recorded(project=batch.project, by=by) as ledger:
        _refuse_what_is_over(ledger.refresh(batch))
        rows = batch.refused_rows.filter(left_at__isnull=False).update(left_at=None)
        if rows:
            batch.refused += rows
            batch.skipped -= rows
            batch.save(update_fields=["refused", "skipped"])
            ledger.record("engagements.rows_had_back", subject=batch, now={"rows": rows})
    return rows


def _leave(batch: ImportBatch, rows: Sequence[RefusedRow], ledger: Ledger) -> None:
    """Let rows stay out: they are counted as left out, no longer as refused."""
    if not rows:
        return
    batch.refused_rows.filter(pk__in=[each.pk for each in rows]).update(left_at=ledger.at)
    batch.refused -= len(rows)
    batch.skipped += len(rows)
    batch.save(update_fields=["refused", "skipped"])
    ledger.record("engagements.rows_left_out", subject=batch, now={"rows": len(rows)})


def _refuse_what_is_over(batch: ImportBatch) -> None:
    """Raise why no row of a file can come in any more, if so."""
    if batch.is_undone:
        raise AlreadyUndone
    if batch.file_removed_at is not None:
        raise FileSettled
    if batch.engagement is not None:
        refuse_cancelled(batch.engagement)


def _keep_counts(batch: ImportBatch, done: MendedRows) -> None:
    """Count the rows that came in, or need not, no longer as refused."""
    batch.imported += done.imported
    batch.skipped += done.skipped
    batch.refused -= done.imported + done.skipped
    batch.save(update_fields=["imported", "skipped", "refused"])


def _places_of(batch: ImportBatch, drafter: Drafter, rows: Sequence[Row]) -> Places:
    """Return the engagements that rows name, made where they are not there yet."""
    if not Columns.from_json(batch.mapping).names_engagements:
        return {}
    return ensure_engagements(batch=batch, drafter=drafter, rows=rows)


def _mended(
    kept: Mapping[int, RefusedRow], headings: Sequence[str], cells: Mapping[int, Mapping[str, str]]
) -> Iterator[Row]:
    """Yield the rows in their order, each with what was put right."""
    for number in sorted(kept):
        own = cells_to_mend(kept[number].content, len(headings))
        for column, cell in cells[number].items():
            own[headings.index(column)] = cell
        yield Row(number, own, fault_of_unrepaired(own))


def _keep_still_refused(
    kept: Mapping[int, RefusedRow], rows: Sequence[Row], still: Mapping[int, str]
) -> None:
    """Keep what was typed of rows that are still refused, and why they are."""
    changed = []
    for row in rows:
        if row.number in still:
            refused = kept[row.number]
            refused.reason = still[row.number]
            refused.content = refused_row_json(Row(row.number, row.cells))
            changed.append(refused)
    RefusedRow.objects.bulk_update(changed, ["reason", "content"])
