"""Changes by file: bring one in, say what its columns are, keep its rows, take it all back."""

from collections.abc import Callable, Iterator
from itertools import islice
from operator import attrgetter
from typing import BinaryIO
from uuid import UUID, uuid4

from django.conf import settings
from django.core.files import File
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from coproduction.database import insert_rows, renew_statistics
from coproduction.jobs.services import enqueue
from coproduction.languages.codes import code_of_language
from coproduction.languages.folding import fold
from coproduction.projects.audit import Ledger, recorded
from coproduction.projects.models import User
from coproduction.projects.refusals import Refusal
from coproduction.projects.seen import MadeAlready, SentForm
from engagements.imports.columns import Columns, Drafter, RowDraft, RowRefused
from engagements.imports.layout import Layout
from engagements.imports.refused_rows import refused_row_json
from engagements.imports.table import Row, read_table
from engagements.models import (
    Comment,
    Engagement,
    ImportBatch,
    Question,
    RefusedRow,
    Submission,
    Withheld,
)
from engagements.models.receipts import new_receipts
from engagements.queries.import_file import FilesAway, open_file, read_headings
from engagements.services.import_file import (
    FileSummary,
    NotLookedThrough,
    kind_of,
    queue_look_through,
    summarise_file,
)
from engagements.services.question import ensure_questions
from engagements.services.reimport import carry_over_withholding
from engagements.services.submission import AnotherProject, refuse_cancelled

CHUNK = 1_000
Report = Callable[[int, int], None]
# The numbers of the first and the last row of a piece.
Span = tuple[int, int]


class MissingColumn(Refusal):
    """A column was named that the file has not."""


class NoTextColumn(Refusal):
    """Comments are somewhere in the file."""

    sentence = _("Choose the column that holds the comments.")


class ColumnTwice(Refusal):
    """One column means one thing."""

    sentence = _("One column is chosen for two things. Choose a different column for each.")


class UnknownLanguage(Refusal):
    """The language of a file is one that is known."""

    sentence = _("That language is not known. Use a code such as en or cy.")


class AlreadyRunning(Refusal):
    """The columns of an import are chosen once."""

    sentence = _("This import has started. Undo it, and bring the file in again.")


class AlreadyUndone(Refusal):
    """An import is undone once."""

    sentence = _("This import was undone before. To have it back, bring the file in again.")


def start_import(
    *,
    engagement: Engagement,
    file: BinaryIO,
    name: str,
    by: User,
    seen: FileSummary | None = None,
    page: UUID | None = None,
    whole: bool = True,
) -> ImportBatch:
    """Take a file in, and have the questions it may answer; nothing is imported yet.

    ``seen`` is what ``summarise_file`` found, when the caller looked already. Unless the ``whole``
    is to be looked through at once, a job counts the rows of a big file. One file sent twice
    from one ``page`` is taken in once; another file sent from it is another import. Raises
    FileRefused, EngagementCancelled, FilesAway.
    """
    seen = seen or summarise_file(file, whole=whole)
    # Of its bytes, so that another file of the same name is another.
    sending = SentForm(page, seen.scan.digest[:32]) if page else None
    file.seek(0)
    batch = ImportBatch(
        project=engagement.project,
        engagement=engagement,
        file_name=name[-200:],
        file_hash=seen.scan.digest,
        encoding=seen.scan.encoding,
        layout=seen.layout.as_json() if seen.layout else {},
        rows=seen.rows,
        by=by,
    )
    _keep_file(batch, file)
    try:
        with recorded(project=engagement.project, by=by) as ledger:
            if (made := _taken_before(ledger, sending)) is not None:
                batch.file.delete(save=False)
                return made
            refuse_cancelled(engagement)
            ensure_questions(project=engagement.project, by=by)
            batch.full_clean(exclude=["mapping", "question", "job", "finished_at", "undone_at"])
            batch.save()
            about = {"engagement": engagement.uuid, "rows": seen.rows, "file": seen.scan.digest}
            if not seen.rows:
                queue_look_through(batch)
            ledger.record("engagements.file_taken_in", subject=batch, now=about, sending=sending)
    except BaseException:
        batch.file.delete(save=False)
        raise
    return batch


def _keep_file(batch: ImportBatch, file: BinaryIO) -> None:
    """Put a file where files are kept: before the chain is locked, since that may be slow.

    Under a name of ours, since theirs may hold a person's. Raises FilesAway.
    """
    try:
        batch.file.save(f"{batch.uuid}.{kind_of(batch)}", File(file), save=False)
    except OSError as problem:
        raise FilesAway from problem


def _taken_before(ledger: Ledger, sending: SentForm | None) -> ImportBatch | None:
    """Return what this file, sent from this page, was taken in as already."""
    try:
        return ledger.made_before(sending, ImportBatch)
    except MadeAlready:
        return None


def map_import(
    *,
    batch: ImportBatch,
    columns: Columns,
    by: User,
    question: Question | None = None,
    language: str = settings.LANGUAGE_CODE,
    in_background: bool = True,
) -> ImportBatch:
    """Say what a file's columns are, and have its rows brought in by a job.

    ``question`` is for rows that name none; without it they answer "anything else". Raises
    NoTextColumn, MissingColumn, ColumnTwice, AlreadyRunning, AnotherProject, EngagementCancelled,
    UnknownLanguage, FileGone, AlreadyUndone, NotLookedThrough.
    """
    language = check_language(language)
    if question is not None and question.project_id != batch.project_id:
        raise AnotherProject
    check_columns(columns, read_headings(batch))
    with recorded(project=batch.project, by=by) as ledger:
        ledger.refresh(batch)
        if batch.is_undone:
            raise AlreadyUndone
        if batch.is_mapped:
            raise AlreadyRunning
        if not batch.is_looked_through:
            raise NotLookedThrough
        refuse_cancelled(batch.engagement)
        ensure_questions(project=batch.project, by=by)
        batch.mapping, batch.question = columns.as_json(), question
        batch.language = language
        if in_background:
            batch.job = enqueue(
                task="engagements.import",
                scope=str(batch.project.uuid),
                arguments={"batch": batch.pk},
            ).uuid
        batch.save(update_fields=["mapping", "question", "language", "job"])
    return batch


def check_language(typed: str) -> str:
    """Return the code of a language given as code or name. Raises UnknownLanguage."""
    if not (code := code_of_language(typed)):
        raise UnknownLanguage
    return code


def check_columns(columns: Columns, headings: list[str]) -> None:
    """Raise NoTextColumn, MissingColumn or ColumnTwice where a file can't be read in this way."""
    if not columns.texts:
        raise NoTextColumn
    for column in columns.chosen:
        if column not in headings:
            raise MissingColumn(
                _("There is no column called “%(column)s”. The columns are: %(headings)s.")
                % {"column": column[:60], "headings": ", ".join(headings)[:300]}
            )
    if len(set(columns.chosen)) < len(columns.chosen):
        raise ColumnTwice


def make_drafter(batch: ImportBatch, headings: list[str]) -> Drafter:
    """Return what turns a batch's rows into drafts."""
    return Drafter(
        headings=headings,
        columns=Columns.from_json(batch.mapping),
        questions=Question.objects.of(batch.project),
        question=batch.question,
        language=batch.language,
    )


def run_import(*, batch: ImportBatch, report: Report | None = None) -> ImportBatch:
    """Bring a mapped file's rows in, in short pieces; begun again, it goes on where it stopped.

    ``report`` is called with (rows done, rows in all) after each piece. A row whose file and
    number are in already is skipped. Stops quietly when the import is undone meanwhile. Raises
    FileGone.
    """
    if batch.is_finished or batch.is_undone:
        return batch
    done = 0
    with open_file(batch) as file:
        table = read_table(file, Layout.from_json(batch.layout))
        drafter = make_drafter(batch, table.headings)
        for rows in _chunks(table.rows):
            if rows[-1].number > batch.rows_done and not _save_rows(batch, drafter, rows):
                return batch
            done += len(rows)
            if report is not None:
                report(done, batch.rows)
    with recorded(project=batch.project, by=batch.by) as ledger:
        ledger.refresh(batch)
        if batch.is_finished or batch.is_undone:
            return batch
        batch.finished_at = timezone.now()
        batch.save(update_fields=["finished_at"])
        ledger.record("engagements.file_imported", subject=batch, now=_counts(batch))
    renew_statistics()
    return batch


def _counts(batch: ImportBatch) -> dict[str, int]:
    """Return what became of a file's rows."""
    return {"imported": batch.imported, "skipped": batch.skipped, "refused": batch.refused}


def _chunks(rows: Iterator[Row]) -> Iterator[list[Row]]:
    """Cut rows into pieces short enough for one transaction."""
    while chunk := list(islice(rows, CHUNK)):
        yield chunk


def _save_rows(batch: ImportBatch, drafter: Drafter, rows: list[Row]) -> bool:
    """Keep a piece of a file in one transaction; False when the import was undone meanwhile."""
    drafts: list[RowDraft] = []
    refused: list[tuple[int, str, str]] = []
    for row in rows:
        try:
            drafts.append(drafter.draft(row))
        except RowRefused as refusal:
            refused.append((row.number, refusal.reason, refused_row_json(row)))
    with recorded(project=batch.project, by=batch.by) as ledger:
        ledger.refresh(batch)
        if batch.is_undone:
            return False
        # Two workers may be at it, when one was thought dead: each row is still kept once.
        drafts = [draft for draft in drafts if draft.row > batch.rows_done]
        refused = [each for each in refused if each[0] > batch.rows_done]
        span = (rows[0].number, rows[-1].number)
        known = _rows_kept(batch, span)
        new = [draft for draft in drafts if draft.row not in known]
        _insert(batch, new, span)
        insert_rows(RefusedRow, ("row", "reason", "content"), refused, batch_id=batch.pk)
        _carry_over(batch, {draft.row for draft in new}, span, ledger)
        batch.imported += len(new)
        batch.skipped += len(drafts) - len(new)
        batch.refused += len(refused)
        batch.rows_done = max(batch.rows_done, rows[-1].number)
        batch.save(update_fields=["rows_done", "imported", "skipped", "refused"])
    return True


def _rows_kept(batch: ImportBatch, span: Span) -> dict[int, int]:
    """Return those rows that came in from this file, and stand, with the key of each submission."""
    kept = Submission.objects.of(batch.project).of_file(batch.table_hash)
    return dict(kept.filter(row__range=span).values_list("row", "pk"))


def _insert(batch: ImportBatch, drafts: list[RowDraft], span: Span) -> None:
    """Put the rows of these drafts into the database: each a submission, and its comments."""
    receipts = new_receipts(len(drafts))
    insert_rows(
        Submission,
        ("uuid", "receipt", "row", "descriptor", "language"),
        (
            (uuid4(), receipt, draft.row, draft.descriptor, draft.language)
            for draft, receipt in zip(drafts, receipts, strict=True)
        ),
        project_id=batch.project_id,
        engagement_id=batch.engagement_id,
        channel=Submission.Channel.IMPORT,
        batch_id=batch.pk,
        file_hash=batch.table_hash,
        received_at=timezone.now(),
        by_id=batch.by_id,
    )
    submission = _rows_kept(batch, span)
    insert_rows(
        Comment,
        (
            *("submission_id", "question_id", "position", "text", "folded"),
            *("language", "quote_consent"),
        ),
        (
            (
                *(submission[draft.row], question, position, text, fold(text)),
                *(draft.language, draft.quote_consent),
            )
            for draft in drafts
            for position, (question, text) in enumerate(draft.comments)
        ),
        project_id=batch.project_id,
        engagement_id=batch.engagement_id,
    )


def _carry_over(batch: ImportBatch, kept: set[int], span: Span, ledger: Ledger) -> None:
    """Let what was withheld or redacted of these rows before an undo hold now."""
    # The batches first, which are few: among the submissions nothing finds an undone row quickly.
    before = ImportBatch.objects.of(batch.project).filter(
        file_hash=batch.file_hash, undone_at__isnull=False
    )
    same = [
        each for each in before.only("layout", "file_hash") if each.table_hash == batch.table_hash
    ]
    if not kept or not (keys := [each.pk for each in same]):
        return
    comments = Comment.objects.filter(
        submission__batch=batch, submission__row__range=span
    ).select_related("submission")
    carry_over_withholding(
        comments=[comment for comment in comments if comment.submission.row in kept],
        undone=Submission.objects.filter(batch__in=keys, row__range=span, undone_at__isnull=False),
        identity=attrgetter("row"),
        subject=batch,
        ledger=ledger,
    )


def undo_import(*, batch: ImportBatch, by: User) -> int:
    """Take a whole import back: its comments are kept and counted nowhere. Return how many rows.

    The same file may come in again afterwards. One under way stops. Raises AlreadyUndone.
    """
    with recorded(project=batch.project, by=by) as ledger:
        ledger.refresh(batch)
        if batch.is_undone:
            raise AlreadyUndone
        batch.undone_at = ledger.at
        batch.save(update_fields=["undone_at"])
        current = Submission.objects.filter(batch=batch).not_undone()
        Comment.objects.visible().filter(submission__in=current).update(withheld=Withheld.UNDONE)
        undone = current.update(undone_at=ledger.at)
        ledger.record("engagements.import_undone", subject=batch, was=_counts(batch))
    return undone


def note_refused_rows_taken_out(*, batch: ImportBatch, by: User) -> None:
    """Note that somebody took out as a file what was said in rows that did not go in."""
    with recorded(project=batch.project, by=by) as ledger:
        ledger.record("engagements.refused_rows_taken_out", subject=batch, follow_up=False)
