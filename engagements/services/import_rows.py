"""The rows of a file on their way in: which are here already, and putting the others in."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from uuid import uuid4

from django.db.models import Q
from django.utils import timezone

from coproduction.database import insert_rows
from coproduction.jobs.services import enqueue
from coproduction.languages.folding import fold
from coproduction.projects.audit import Ledger
from engagements.imports.drafting import Drafter, RowDraft, RowLeftOut, RowRefused
from engagements.imports.sameness import SittingsHere
from engagements.imports.table import Row
from engagements.models import (
    Comment,
    ImportBatch,
    JoinedRow,
    Label,
    SkippedRow,
    Submission,
    fingerprint_of_source_id,
)
from engagements.models.import_refusal import RefusalReason
from engagements.models.receipts import new_receipts
from engagements.queries.import_same import answers_by_id
from engagements.services.import_engagements import Places
from engagements.services.import_people import People, SeatedRow, row_of, rows_in
from engagements.services.look import queue_look
from engagements.services.reimport import carry_over_withholding
from engagements.services.submission import make_translations

# The numbers of the first and the last row of a piece.
Span = tuple[int, int]


def pieces_of(rows: Iterator[Row], size: int) -> Iterator[list[Row]]:
    """Cut rows into pieces short enough for one transaction."""
    while piece := list(islice(rows, size)):
        yield piece


def draft_rows(
    drafter: Drafter, rows: Iterable[Row]
) -> tuple[list[RowDraft], list[tuple[int, str]], list[int]]:
    """Return the drafts of rows, the numbers of those refused and why, and of those left out."""
    drafts: list[RowDraft] = []
    refused: list[tuple[int, str]] = []
    left_out: list[int] = []
    for row in rows:
        try:
            drafts.append(drafter.draft(row))
        except RowRefused as refusal:
            refused.append((row.number, refusal.reason))
        except RowLeftOut:
            left_out.append(row.number)
    return drafts, refused, left_out


@dataclass(frozen=True)
class ComingRows:
    """What bringing a file's rows in goes by, found once.

    ``places`` are the engagements that rows name, ``same`` the sittings they are skipped for.
    """

    batch: ImportBatch
    drafter: Drafter
    places: Places
    same: SittingsHere | None
    people: People = field(default_factory=People)

    @property
    def id_at(self) -> int | None:
        """Where drafts tell the ID of their answer."""
        told = self.drafter.told
        return told.index("source_id") if "source_id" in told else None

    def pass_by(self, rows: Sequence[Row]) -> None:
        """Let rows that were dealt with before meet the sittings that they met then."""
        if self.same is None and not self.drafter.is_of_ours:
            return
        here = rows_in(self.batch, [row.number for row in rows])
        for draft in draft_rows(self.drafter, rows)[0]:
            key = draft.occasion and draft.occasion.key
            place = self.places.get(key) if key else self.batch.engagement_id
            if not isinstance(place, int):
                continue
            if draft.row in here:
                self.people.note(draft, place, here[draft.row])
            if self.same is not None:
                self.same.meet(place, self.same.digest(draft.comments))


@dataclass
class Sifted:
    """What becomes of the rows of a piece: kept, skipped since they are here, or refused."""

    # With the primary key of each one's engagement.
    new: list[tuple[RowDraft, int]] = field(default_factory=list)
    refused: dict[int, str] = field(default_factory=dict)
    # The answer that is here, by the row that says the same.
    here: dict[int, int] = field(default_factory=dict)
    # Rows that have the ID and words of an earlier row of their piece.
    again: dict[int, int] = field(default_factory=dict)
    # Rows of this very file that are in.
    known: int = 0

    @property
    def skipped(self) -> int:
        """How many rows are here already."""
        return self.known + len(self.here) + len(self.again)


def sift(
    batch: ImportBatch,
    drafts: Iterable[RowDraft],
    *,
    places: Places,
    same: SittingsHere | None,
    id_at: int | None,
    span: Span,
) -> Sifted:
    """Say of each row whether it is to be kept, under the project's lock.

    ``places`` are the engagements that rows name, ``same`` the sittings that rows are skipped for,
    where they are; ``id_at`` is where a draft tells its ID.
    """
    sifted, known = Sifted(), rows_kept(batch, span)
    left: list[tuple[RowDraft, int]] = []
    for draft in drafts:
        place = batch.engagement_id if draft.occasion is None else places.get(draft.occasion.key)
        if draft.row in known:
            sifted.known += 1
            if same is not None and isinstance(place, int):
                same.meet(place, same.digest(draft.comments))
        elif isinstance(place, int):
            left.append((draft, place))
        else:
            sifted.refused[draft.row] = place or RefusalReason.NO_ENGAGEMENT
    if id_at is not None:
        left = _sift_by_id(sifted, left, id_at)
    for draft, place in left:
        if same is not None and (there := same.meet(place, same.digest(draft.comments))):
            sifted.here[draft.row] = there
        else:
            sifted.new.append((draft, place))
    return sifted


def _sift_by_id(
    sifted: Sifted, left: Sequence[tuple[RowDraft, int]], id_at: int
) -> list[tuple[RowDraft, int]]:
    """Sift rows by the ID that their table gave them; return those that are not here by it."""
    ids = {draft.told[id_at] for draft, _place in left} - {""}
    there = answers_by_id({place for _draft, place in left}, ids)
    # Of one table that gives an ID twice, the first is taken.
    first: dict[tuple[int, str], RowDraft] = {}
    rest = []
    for draft, place in left:
        key = (place, draft.told[id_at])
        texts = [text for _question, text in draft.comments]
        if not key[1]:
            rest.append((draft, place))
        elif (answer := there.get(key)) is not None:
            if answer.says(texts):
                sifted.here[draft.row] = answer.submission
            else:
                sifted.refused[draft.row] = RefusalReason.ID_TAKEN
        elif (earlier := first.setdefault(key, draft)) is draft:
            rest.append((draft, place))
        elif sorted(fold(text) for _question, text in earlier.comments) == sorted(map(fold, texts)):
            sifted.again[draft.row] = earlier.row
        else:
            sifted.refused[draft.row] = RefusalReason.ID_TAKEN
    return rest


def rows_kept(batch: ImportBatch, span: Span) -> dict[int, int]:
    """Return those rows that came in from this file, and stand, with the key of each submission."""
    kept = Submission.objects.of(batch.project).of_file(batch.table_hash)
    rows = dict(kept.filter(row__range=span).values_list("row", "pk"))
    # A project has few imports, and only those of our own files have any.
    joined = JoinedRow.objects.filter(
        batch__in=ImportBatch.objects.of(batch.project).filter(file_hash=batch.file_hash),
        row__range=span,
        comment__submission__file_hash=batch.table_hash,
        comment__submission__undone_at__isnull=True,
    )
    return {**rows, **dict(joined.values_list("row", "comment__submission"))}


def put_in(
    coming: ComingRows,
    sifted: Sifted,
    *,
    span: Span,
) -> None:
    """Put the rows that are kept into the database: each a submission, and its comments.

    In a file of ours the rows of one person are one.
    """
    batch, drafter, people = coming.batch, coming.drafter, coming.people
    drafts = list(people.newcomers(sifted.new)) if drafter.is_of_ours else sifted.new
    receipts = new_receipts(len(drafts))
    insert_rows(
        Submission,
        ("uuid", "receipt", "row", "engagement_id", "language", *drafter.told),
        (
            (uuid4(), receipt, draft.row, place, draft.language, *draft.told)
            for (draft, place), receipt in zip(drafts, receipts, strict=True)
        ),
        project_id=batch.project_id,
        channel=Submission.Channel.IMPORT,
        batch_id=batch.pk,
        file_hash=batch.table_hash,
        received_at=timezone.now(),
        by_id=batch.by_id,
    )
    made = rows_kept(batch, span)
    seats = people.seat(sifted.new, made)
    _insert_comments(batch, seats, drafter)
    _note_joined(batch, [seat for seat in seats if seat.is_joined])
    _put_labels_in([seat for seat in seats if seat.draft.labels])
    _note_skipped(batch, sifted, {**made, **{seat.draft.row: seat.sitting for seat in seats}})


def _insert_comments(batch: ImportBatch, seats: Sequence[SeatedRow], drafter: Drafter) -> None:
    """Keep what rows said, each comment at its place in its sitting."""
    is_translated = any(seat.draft.translations for seat in seats)
    is_marked = any(seat.draft.weight for seat in seats)
    insert_rows(
        Comment,
        (
            *("submission_id", "engagement_id", "question_id", "position", "text", "folded"),
            *("language", "quote_consent"),
            *(("translation",) if is_translated else ()),
            *(("weight",) if is_marked else ()),
        ),
        (
            (
                *(sitting, place, question, position + number, text, fold(text)),
                *(draft.language, draft.quote_consent),
                *((_translation(draft, number, drafter),) if is_translated else ()),
                *((draft.weight,) if is_marked else ()),
            )
            for draft, place, sitting, position, _is_joined in seats
            for number, (question, text) in enumerate(draft.comments)
        ),
        project_id=batch.project_id,
    )


def _keys_of(seats: Sequence[SeatedRow]) -> Iterator[tuple[SeatedRow, int]]:
    """Yield the key of each comment that rows became, with its row. One query."""
    comments = Comment.objects.filter(submission__in={seat.sitting for seat in seats})
    keys = {
        (sitting, position): pk
        for sitting, position, pk in comments.values_list("submission_id", "position", "pk")
    }
    for seat in seats:
        for number in range(len(seat.draft.comments)):
            yield seat, keys[seat.sitting, seat.position + number]


def _note_joined(batch: ImportBatch, seats: Sequence[SeatedRow]) -> None:
    """Note by which row each comment came that joined a sitting."""
    if seats:
        rows = [(seat.draft.row, comment) for seat, comment in _keys_of(seats)]
        insert_rows(JoinedRow, ("row", "comment_id"), rows, batch_id=batch.pk)


def _note_skipped(batch: ImportBatch, sifted: Sifted, submission: Mapping[int, int]) -> None:
    """Note which answer each row said again, so that it is erased from this file too."""
    here = {**submission, **sifted.here}
    skipped = {**sifted.here, **{row: here[first] for row, first in sifted.again.items()}}
    if skipped:
        rows = sorted(skipped.items())
        insert_rows(SkippedRow, ("row", "submission_id"), rows, batch_id=batch.pk)


def _translation(draft: RowDraft, position: int, drafter: Drafter) -> object:
    """Return what stands beside one comment of a row in another language, as it is kept."""
    text, beside = draft.comments[position][1], drafter.language_beside(draft.language)
    said = {beside: draft.translations[position]} if draft.translations else {}
    return make_translations(text, draft.language, said)


def _put_labels_in(seats: Sequence[SeatedRow]) -> None:
    """Keep what rows said of themes and codes, for each of their comments."""
    if seats:
        labels = [
            (comment, theme, code)
            for seat, comment in _keys_of(seats)
            for theme, code in seat.draft.labels
        ]
        insert_rows(Label, ("comment_id", "theme", "code"), labels)


def last_label_of(batch: ImportBatch) -> int:
    """Return the key of the last label that came in with a batch; 0 for none."""
    labels = Label.objects.filter(comment__submission__batch=batch).order_by("-pk")
    return labels.values_list("pk", flat=True).first() or 0


def queue_what_follows(batch: ImportBatch, *, after: int = 0) -> None:
    """Have what came in looked at, and the codes that came with it put on, where some did.

    Labels up to ``after`` were put on before: what became of them since is not undone.

    Part of the transaction that finishes an import. The stage of themes puts them on.
    """
    queue_look(batch.project)
    if last_label_of(batch) > after:
        enqueue(
            task="themes.take_in_labels",
            scope=str(batch.project.uuid),
            arguments={"batch": batch.pk, "after": after},
        )


def carry_over(
    batch: ImportBatch, sifted: Sifted, *, id_at: int | None, span: Span, ledger: Ledger
) -> None:
    """Let what was withheld or redacted of these rows before an undo hold now.

    They are known by their file and row; those of another file of the same table by their ID.
    """
    # The batches first, which are few: among the submissions nothing finds an undone row quickly.
    undone_batches = ImportBatch.objects.of(batch.project).filter(undone_at__isnull=False)
    # More than one sheet of a workbook may have been brought in.
    batches = [
        (each.pk, each.table_hash) for each in undone_batches.only("pk", "file_hash", "layout")
    ]
    if not sifted.new or not batches:
        return
    undone = Submission.objects.filter(undone_at__isnull=False)
    own = [pk for pk, table_hash in batches if table_hash == batch.table_hash]
    joined = JoinedRow.objects.filter(batch__in=own, row__range=span)
    came_by = Q(row__range=span) | Q(pk__in=joined.values("comment__submission"))
    of_file = undone.filter(came_by, batch__in=own)
    rows: set[int | None] = set()
    if own:
        rows = {*of_file.values_list("row", flat=True), *joined.values_list("row", flat=True)}
    new = {draft.row for draft, _place in sifted.new}
    if rows & new:
        carry_over_withholding(
            comments=_comments_of(batch, rows & new, span),
            undone=of_file,
            identity=row_of,
            subject=batch,
            ledger=ledger,
        )
    others = [pk for pk, _hash in batches if pk not in own]
    if id_at is None or not others:
        return
    ids = {draft.told[id_at] for draft, _place in sifted.new} - {""}
    names = {*ids, *map(fingerprint_of_source_id, ids)}
    carry_over_withholding(
        comments=_comments_of(batch, new - rows, span),
        undone=undone.filter(batch__in=others, source_id__in=names),
        identity=_by_id,
        subject=batch,
        ledger=ledger,
    )


def _by_id(comment: Comment) -> object:
    """Return what an answer is known by among those of its table; without an ID, by nothing."""
    submission = comment.submission
    own = submission.source_id
    if not own:
        return submission.pk
    known = own if own.startswith("erased:") else fingerprint_of_source_id(own)
    return submission.engagement_id, known


def _comments_of(batch: ImportBatch, rows: Collection[int | None], span: Span) -> list[Comment]:
    """Return the comments that came in with some rows of a piece."""
    came_by = Q(submission__row__range=span) | Q(joined_row__row__range=span)
    comments = Comment.objects.filter(came_by, submission__batch=batch)
    found = comments.select_related("submission", "joined_row")
    return [comment for comment in found if row_of(comment) in rows]
