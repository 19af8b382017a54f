"""How a file would come in, compared with what is here: nothing of it is kept."""

from collections.abc import Iterable
from dataclasses import dataclass

from coproduction.languages.folding import fold
from engagements.imports.columns import Columns
from engagements.imports.drafting import Drafter, Occasion
from engagements.imports.headings import LOOKED_AT
from engagements.imports.layout import Layout
from engagements.imports.meanings import AskedColumn, CellReader
from engagements.imports.occasions import Key
from engagements.imports.preview import MOST_PREVIEWED, DraftedRow, FilePreview, preview_file
from engagements.imports.splitting import PointReader, SplitOffer
from engagements.imports.table import read_table
from engagements.models import Comment, ImportBatch, Question
from engagements.models.import_refusal import RefusalReason
from engagements.queries.import_engagements import settle_named
from engagements.queries.import_file import open_file
from engagements.queries.import_same import answers_by_id, comments_here, sittings_here

# A page waits while they are compared.
_MOST_COMPARED = 50_000


@dataclass(frozen=True)
class ImportPreview:
    """What would become of a file, what it asks, and how much of it is here already."""

    file: FilePreview
    asked: list[AskedColumn]
    splits: list[SplitOffer]
    # The engagements that would be made, and how many of those named are there.
    to_make: tuple[Occasion, ...] = ()
    there: int = 0
    # Rows that say the same as answers here, by their words; None where there is too much to
    # compare on a page. Those known by the ID of their table are skipped in any case.
    same: int | None = 0
    skips_same: bool = False
    known_by_id: int = 0
    # How many comments those have that are skipped.
    comments_skipped: int = 0
    # How many people's sittings would come in.
    people: int = 0
    # Rows that say the same as one above them; they come in all the same.
    repeated: int = 0

    @property
    def comments(self) -> int:
        """How many comments would come in."""
        return self.file.comments - self.comments_skipped


def preview_import(
    batch: ImportBatch, columns: Columns, drafter: Drafter, *, filters: Iterable[str] = ()
) -> ImportPreview:
    """Draft a whole file by what was chosen, and compare it with what is here.

    ``filters`` are the columns that say which rows come in. Raises FileGone, TooManyEngagements.
    """
    questions = Question.objects.of(batch.project)
    with open_file(batch) as file:
        layout = Layout.from_json(batch.layout)
        table = read_table(file, layout, first=MOST_PREVIEWED + LOOKED_AT)
        cells = CellReader(table.headings, columns, questions, filters)
        texts = [column for column, _kind in columns.texts]
        points = PointReader(table.headings, texts, columns.splits)
        has_consent = "quote" in columns.fields
        preview = preview_file(table.rows, drafter, has_consent=has_consent, beside=(cells, points))
    named = preview.engagements.named()
    settled = settle_named(batch.project, named)
    places: dict[Key | None, int] = dict([*settled.there.items(), *settled.to_revive.items()])
    for key, own in settled.dated.items():
        if own in places:
            places[key] = places[own]
    if batch.engagement_id is not None:
        places[None] = batch.engagement_id
    left = _refuse_unsettled(preview, settled.refused, settled.dated)
    known, left = _known_by_id(preview, left, places)
    same = _say_the_same(batch, left, places, is_ours=drafter.is_of_ours)
    skipped = [*known, *(same or [] if columns.skip_same else [])]
    gone = {id(row) for row in skipped}
    coming = [row for row in left if id(row) not in gone]
    return ImportPreview(
        preview,
        cells.asked(),
        points.offers(),
        to_make=tuple(settled.to_make.values()),
        there=len(settled.there) + len(settled.to_revive),
        same=None if same is None else len(same),
        skips_same=columns.skip_same,
        known_by_id=len(known),
        comments_skipped=sum(len(row.comments) for row in skipped),
        people=_people(coming),
        repeated=0 if drafter.is_of_ours else _repeated(coming),
    )


def _repeated(rows: Iterable[DraftedRow]) -> int:
    """Count the rows that say the same at the same engagement as one above them."""
    met: set[tuple[object, ...]] = set()
    number = 0
    for row in rows:
        said = (row.engagement, *((question, fold(text)) for question, text in row.comments))
        number += said in met
        met.add(said)
    return number


def _people(rows: Iterable[DraftedRow]) -> int:
    """Count the people of rows: each is one, but where a file of ours says whose it is."""
    named, others = set(), 0
    for row in rows:
        if row.person:
            named.add((row.engagement, row.person))
        else:
            others += 1
    return len(named) + others


def _refuse_unsettled(
    preview: FilePreview, refused: dict[Key, str], dated: dict[Key, Key]
) -> list[DraftedRow]:
    """Count the rows of engagements that can't be settled as refused; return the others."""
    left = []
    for row in preview.drafted:
        key = row.engagement and dated.get(row.engagement, row.engagement)
        if key in refused:
            preview.refuse(row, refused[key])
        else:
            left.append(row)
    return left


def _known_by_id(
    preview: FilePreview, rows: list[DraftedRow], places: dict[Key | None, int]
) -> tuple[list[DraftedRow], list[DraftedRow]]:
    """Return the rows that are here by their ID, and those that are not; others are refused.

    Of two rows of the file with one ID, the second is here once the first came in.
    """
    ids = {row.source_id for row in rows} - {""}
    if not ids:
        return [], rows
    there = answers_by_id(set(places.values()), ids) if places else {}
    met: dict[tuple[Key | None, str], list[str]] = {}
    known: list[DraftedRow] = []
    left: list[DraftedRow] = []
    for row in rows:
        texts, here = [text for _question, text in row.comments], (row.engagement, row.source_id)
        answer = there.get((places.get(row.engagement, 0), row.source_id))
        if answer is not None:
            is_same = answer.says(texts)
        elif row.source_id and here in met:
            is_same = sorted(map(fold, met[here])) == sorted(map(fold, texts))
        else:
            met[here] = texts
            left.append(row)
            continue
        if is_same:
            known.append(row)
        else:
            preview.refuse(row, RefusalReason.ID_TAKEN)
    return known, left


def _say_the_same(
    batch: ImportBatch, rows: list[DraftedRow], places: dict[Key | None, int], *, is_ours: bool
) -> list[DraftedRow] | None:
    """Return the rows that say the same as answers here; None where that is too much."""
    named = {places[row.engagement] for row in rows if row.engagement in places}
    if not named:
        return []
    if Comment.objects.filter(engagement__in=named).count() > _MOST_COMPARED:
        return None
    here = (comments_here if is_ours else sittings_here)(batch, named)
    return [
        row
        for row in rows
        if row.engagement in places and here.meet(places[row.engagement], here.digest(row.comments))
    ]
