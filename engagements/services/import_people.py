"""Who said the rows of a file of ours: those of one person are one sitting, wherever they stand."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from django.db.models import Max

from engagements.imports.drafting import RowDraft
from engagements.models import Comment, ImportBatch, JoinedRow, Submission

# The engagement, and who spoke there.
_Key = tuple[int, tuple[str, ...]]


class SeatedRow(NamedTuple):
    """A row on its way in: its engagement, its sitting, and where its first comment stands there.

    ``is_joined`` says that another row of its file made the sitting.
    """

    draft: RowDraft
    place: int
    sitting: int
    position: int
    is_joined: bool


class People:
    """The people met so far in one file, each with the sitting that their first row made."""

    def __init__(self) -> None:
        """Begin with nobody."""
        self._sittings: dict[_Key, int] = {}

    def note(self, draft: RowDraft, place: int, sitting: int) -> None:
        """Know in which sitting a row is that came in before."""
        if draft.person:
            self._sittings.setdefault((place, draft.person), sitting)

    def newcomers(self, drafts: Iterable[tuple[RowDraft, int]]) -> Iterator[tuple[RowDraft, int]]:
        """Yield the rows that make a sitting: the first of each person, and those of nobody's."""
        met: set[_Key] = set()
        for draft, place in drafts:
            key = (place, draft.person)
            if draft.person and (key in self._sittings or key in met):
                continue
            met.add(key)
            yield draft, place

    def seat(
        self, drafts: Sequence[tuple[RowDraft, int]], made: Mapping[int, int]
    ) -> list[SeatedRow]:
        """Return each row with its sitting; ``made`` are those that newcomers made, by their row.

        Comments follow those that a sitting has. One query where rows join what came before.
        """
        sittings: list[int] = []
        for draft, place in drafts:
            if draft.row in made:
                self.note(draft, place, made[draft.row])
                sittings.append(made[draft.row])
            else:
                sittings.append(self._sittings[place, draft.person])
        own = {made[draft.row] for draft, _place in drafts if draft.row in made}
        free = _first_free(set(sittings) - own)
        seats = []
        for (draft, place), sitting in zip(drafts, sittings, strict=True):
            position = free.get(sitting, 0)
            free[sitting] = position + len(draft.comments)
            seats.append(SeatedRow(draft, place, sitting, position, draft.row not in made))
        return seats


def _first_free(sittings: Iterable[int]) -> dict[int, int]:
    """Return the position after the last comment of some sittings."""
    if not (keys := list(sittings)):
        return {}
    found = Comment.objects.filter(submission__in=keys).values_list("submission")
    return {sitting: last + 1 for sitting, last in found.annotate(last=Max("position"))}


def rows_in(batch: ImportBatch, numbers: Collection[int]) -> dict[int, int]:
    """Return those rows of a file of ours that this import brought in, with their sittings."""
    made = Submission.objects.filter(batch=batch, row__in=numbers).values_list("row", "pk")
    joined = JoinedRow.objects.filter(batch=batch, row__in=numbers)
    return {**dict(made), **dict(joined.values_list("row", "comment__submission"))}


def row_of(comment: Comment) -> int | None:
    """Return the row of its file that a comment came in by; None for one that came in otherwise."""
    joined = getattr(comment, "joined_row", None)
    return comment.submission.row if joined is None else joined.row
