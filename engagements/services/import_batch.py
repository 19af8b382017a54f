"""Changes by file: bring one in, say what its columns are, keep its rows, take it all back."""

from collections.abc import Callable
from typing import BinaryIO
from uuid import UUID

from django.conf import settings
from django.core.files import File
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from coproduction.database import insert_rows, renew_statistics
from coproduction.jobs.services import enqueue
from coproduction.projects.audit import Ledger, recorded
from coproduction.projects.models import Project, User
from coproduction.projects.refusals import Refusal
from coproduction.projects.seen import MadeAlready, SentForm
from engagements.imports.columns import (
    FIGURES,
    OF_ENGAGEMENT,
    Columns,
    fingerprint_of_headings,
)
from engagements.imports.drafting import Drafter
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
from engagements.queries.import_file import FilesAway, open_file, read_headings
from engagements.queries.import_same import comments_here, sittings_here
from engagements.services.import_engagements import (
    Places,
    call_off_engagements,
    ensure_engagements,
)
from engagements.services.import_figures import bring_figures, take_figures_back
from engagements.services.import_file import (
    FileSummary,
    NotLookedThrough,
    kind_of,
    queue_look_through,
    summarise_file,
)
from engagements.services.import_language import check_language
from engagements.services.import_rows import (
    ComingRows,
    carry_over,
    draft_rows,
    pieces_of,
    put_in,
    queue_what_follows,
    sift,
)
from engagements.services.question import ensure_questions
from engagements.services.submission import AnotherProject, refuse_cancelled

CHUNK = 1_000
Report = Callable[[int, int], None]


class MissingColumn(Refusal):
    """A column was named that the file has not."""


class NoTextColumn(Refusal):
    """Comments are somewhere in the file."""

    sentence = _("Choose the column that holds the comments.")


class ColumnTwice(Refusal):
    """One column means one thing."""

    sentence = _("One column is chosen for two things. Choose a different column for each.")


class NoEngagement(Refusal):
    """A file brought in for no engagement says in each row which one it is."""

    sentence = _("Choose the column that names the engagement of each row.")


class AlreadyRunning(Refusal):
    """The columns of an import are chosen once."""

    sentence = _("This import has started. Undo it, and bring the file in again.")


class AlreadyUndone(Refusal):
    """An import is undone once."""

    sentence = _("This import was undone before. To have it back, bring the file in again.")


def start_import(
    *,
    file: BinaryIO,
    name: str,
    by: User,
    engagement: Engagement | None = None,
    project: Project | None = None,
    seen: FileSummary | None = None,
    page: UUID | None = None,
    whole: bool = True,
) -> ImportBatch:
    """Take a file in, and have the questions it may answer; nothing is imported yet.

    Rows that name no engagement belong to ``engagement``; without it each has to name its own, of
    ``project``. ``seen`` is what ``summarise_file`` found, when the caller looked already. Unless
    the ``whole`` is to be looked through at once, a job counts the rows of a big file. One file
    sent twice from one ``page`` is taken in once; another file sent from it is another import.
    Raises FileRefused, EngagementCancelled, FilesAway, and ValueError without either.
    """
    seen = seen or summarise_file(file, whole=whole)
    project = engagement.project if engagement is not None else project
    if project is None:
        raise ValueError("a file belongs to a project")
    # Of its bytes, so that another file of the same name is another.
    sending = SentForm(page, seen.scan.digest[:32]) if page else None
    file.seek(0)
    batch = _new_batch(project, engagement, seen, name, by)
    _keep_file(batch, file)
    try:
        with recorded(project=project, by=by) as ledger:
            if (made := _taken_before(ledger, sending)) is not None:
                batch.file.delete(save=False)
                return made
            if engagement is not None:
                refuse_cancelled(engagement)
            ensure_questions(project=project, by=by)
            batch.full_clean(exclude=["mapping", "question", "job", "finished_at", "undone_at"])
            batch.save()
            at = engagement.uuid if engagement is not None else None
            about = {"engagement": at, "rows": seen.rows, "file": seen.scan.digest}
            if not seen.rows:
                queue_look_through(batch)
            ledger.record("engagements.file_taken_in", subject=batch, now=about, sending=sending)
    except BaseException:
        batch.file.delete(save=False)
        raise
    return batch


def _new_batch(
    project: Project, engagement: Engagement | None, seen: FileSummary, name: str, by: User
) -> ImportBatch:
    """Make the row of a file, not yet saved."""
    return ImportBatch(
        project=project,
        engagement=engagement,
        file_name=name[-200:],
        file_hash=seen.scan.digest,
        encoding=seen.scan.encoding,
        layout=seen.layout.as_json() if seen.layout else {},
        rows=seen.rows,
        by=by,
    )


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
    NoTextColumn, MissingColumn, ColumnTwice, NoEngagement, AlreadyRunning, AnotherProject,
    EngagementCancelled, UnknownLanguage, FileGone, AlreadyUndone, NotLookedThrough.
    """
    language = check_language(language)
    if question is not None and question.project_id != batch.project_id:
        raise AnotherProject
    headings = read_headings(batch)
    check_columns(columns, headings)
    check_engagement(batch, columns)
    with recorded(project=batch.project, by=by) as ledger:
        ledger.refresh(batch)
        if batch.is_undone:
            raise AlreadyUndone
        if batch.is_mapped:
            raise AlreadyRunning
        if not batch.is_looked_through:
            raise NotLookedThrough
        if batch.engagement:
            refuse_cancelled(batch.engagement)
        ensure_questions(project=batch.project, by=by)
        batch.mapping = columns.as_json() | {"headings": fingerprint_of_headings(headings)}
        batch.question = question
        batch.language = language
        if in_background:
            batch.job = enqueue(
                task="engagements.import",
                scope=str(batch.project.uuid),
                arguments={"batch": batch.pk},
            ).uuid
        batch.save(update_fields=["mapping", "question", "language", "job"])
    return batch


def check_columns(columns: Columns, headings: list[str]) -> None:
    """Raise NoTextColumn, MissingColumn, ColumnTwice or NoEngagement where it can't be so."""
    if not columns.texts:
        raise NoTextColumn
    for column in columns.named:
        if column not in headings:
            raise MissingColumn(
                _("There is no column called “%(column)s”. The columns are: %(headings)s.")
                % {"column": column[:60], "headings": ", ".join(headings)[:300]}
            )
    if len(set(columns.chosen)) < len(columns.chosen):
        raise ColumnTwice
    if not columns.names_engagements and any(name in columns.fields for name in OF_ENGAGEMENT):
        raise NoEngagement


def check_engagement(batch: ImportBatch, columns: Columns) -> None:
    """Raise NoEngagement where nothing says at which one the rows of a file were said."""
    if batch.engagement_id is None and not columns.names_engagements:
        raise NoEngagement


def make_drafter(batch: ImportBatch, headings: list[str]) -> Drafter:
    """Return what turns a batch's rows into drafts."""
    return Drafter(
        headings=headings,
        columns=Columns.from_json(batch.mapping),
        questions=Question.objects.of(batch.project),
        question=batch.question,
        language=batch.language,
        languages=batch.project.languages,
        has_engagement=batch.engagement_id is not None,
    )


def run_import(*, batch: ImportBatch, report: Report | None = None) -> ImportBatch:
    """Bring a mapped file's rows in, in short pieces; begun again, it goes on where it stopped.

    The engagements that its rows name are made first. ``report`` is called with (rows done, rows in
    all) after each piece. A row whose file and number are in already is skipped. Stops quietly when
    the import is undone meanwhile. Raises FileGone, TooManyEngagements.
    """
    if batch.is_finished or batch.is_undone:
        return batch
    done = 0
    with open_file(batch) as file:
        coming = _prepare(batch, file)
        for rows in pieces_of(read_table(file, Layout.from_json(batch.layout)).rows, CHUNK):
            if rows[-1].number > batch.rows_done:
                if not _save_rows(coming, rows):
                    return batch
            else:
                coming.pass_by(rows)
            done += len(rows)
            if report is not None:
                report(done, batch.rows)
    with recorded(project=batch.project, by=batch.by) as ledger:
        ledger.refresh(batch)
        if batch.is_finished or batch.is_undone:
            return batch
        batch.finished_at = timezone.now()
        batch.save(update_fields=["finished_at"])
        queue_what_follows(batch)
        ledger.record("engagements.file_imported", subject=batch, now=_counts(batch))
    renew_statistics()
    return batch


def _prepare(batch: ImportBatch, file: BinaryIO) -> ComingRows:
    """Find out what a file's rows need before the first of them goes in. Raises FileGone."""
    table = read_table(file, Layout.from_json(batch.layout))
    columns = Columns.from_json(batch.mapping)
    drafter = make_drafter(batch, table.headings)
    places: Places = {}
    if columns.names_engagements:
        places = ensure_engagements(batch=batch, drafter=drafter, rows=table.rows)
    if any(name in columns.fields for name in FIGURES):
        rows = read_table(file, Layout.from_json(batch.layout)).rows
        bring_figures(
            project=batch.project,
            headings=table.headings,
            rows=rows,
            columns=columns,
            batch=batch,
            by=batch.by,
        )
    same = None
    if columns.skip_same:
        named = {place for place in places.values() if isinstance(place, int)}
        own = {batch.engagement_id} if batch.engagement_id else set()
        look = comments_here if drafter.is_of_ours else sittings_here
        same = look(batch, named | own)
    return ComingRows(batch, drafter, places, same)


def _counts(batch: ImportBatch) -> dict[str, int]:
    """Return what became of a file's rows."""
    return {"imported": batch.imported, "skipped": batch.skipped, "refused": batch.refused}


def _save_rows(coming: ComingRows, rows: list[Row]) -> bool:
    """Keep a piece of a file in one transaction; False when the import was undone meanwhile."""
    batch, drafter = coming.batch, coming.drafter
    drafts, refused, left_out = draft_rows(drafter, rows)
    with recorded(project=batch.project, by=batch.by) as ledger:
        ledger.refresh(batch)
        if batch.is_undone:
            return False
        # Two workers may be at it, when one was thought dead: each row is still kept once.
        drafts = [draft for draft in drafts if draft.row > batch.rows_done]
        span = (rows[0].number, rows[-1].number)
        sifted = sift(
            batch, drafts, places=coming.places, same=coming.same, id_at=coming.id_at, span=span
        )
        refused = [
            each for each in [*refused, *sifted.refused.items()] if each[0] > batch.rows_done
        ]
        put_in(coming, sifted, span=span)
        content = {row.number: row for row in rows}
        insert_rows(
            RefusedRow,
            ("row", "reason", "content"),
            ((row, reason, refused_row_json(content[row])) for row, reason in sorted(refused)),
            batch_id=batch.pk,
        )
        carry_over(batch, sifted, id_at=coming.id_at, span=span, ledger=ledger)
        batch.imported += len(sifted.new)
        batch.skipped += sifted.skipped + sum(row > batch.rows_done for row in left_out)
        batch.refused += len(refused)
        batch.rows_done = max(batch.rows_done, rows[-1].number)
        batch.save(update_fields=["rows_done", "imported", "skipped", "refused"])
    return True


def undo_import(*, batch: ImportBatch, by: User) -> int:
    """Take a whole import back: its comments are kept and counted nowhere. Return how many rows.

    Engagements that it made and that have nothing else are called off. The same file may come in
    again afterwards. One under way stops. Raises AlreadyUndone.
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
        take_figures_back(batch=batch, ledger=ledger)
        call_off_engagements(batch=batch, by=by)
        ledger.record("engagements.import_undone", subject=batch, was=_counts(batch))
    return undone


def note_refused_rows_taken_out(*, batch: ImportBatch, by: User) -> None:
    """Note that somebody took out as a file what was said in rows that did not go in."""
    with recorded(project=batch.project, by=by) as ledger:
        ledger.record("engagements.refused_rows_taken_out", subject=batch, follow_up=False)
