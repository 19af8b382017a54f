"""What putting a code on many comments, or taking one off them, changes: which of them, and how."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q

from coproduction.projects.models import Project
from engagements.models import Comment
from themes.models import BulkCoding, Coding, Theme
from themes.queries.codebook import merges_of


@dataclass
class CodedPiece:
    """Some of the comments that are meant, sorted by what is done to them."""

    # The keys of those that get the code, and the codings that go.
    to_code: list[int] = field(default_factory=list)
    to_remove: list[Coding] = field(default_factory=list)
    # The engagement and question of each in sight.
    places: dict[int, tuple[int, int]] = field(default_factory=dict)

    @property
    def changed(self) -> int:
        """Return how many comments get the code, lose one, or both."""
        return len({*self.to_code, *(row.comment_id for row in self.to_remove)})


def sort_codes(bulk: BulkCoding, keys: Sequence[int]) -> CodedPiece:
    """Say what is done to comments by their keys; those out of sight stay as they are.

    With a code to take off, only those that carry it are meant. Three queries, however many.
    """
    comments = Comment.objects.of(bulk.project).visible().filter(pk__in=keys)
    rows = comments.values_list("pk", "engagement_id", "question_id")
    places = {pk: (engagement, question) for pk, engagement, question in rows}
    known = merges_of(bulk.project)
    off = known.family(bulk.taken_id) if bulk.taken_id else frozenset()
    ours = Q(theme__in=off) | Q(theme=bulk.put_id)
    codings = list(Coding.objects.filter(ours, comment__in=places).order_by("pk"))
    carry_put = {row.comment_id for row in codings if row.theme_id == bulk.put_id}
    carry_off = {row.comment_id for row in codings if row.theme_id == bulk.taken_id}
    meant = carry_off if bulk.taken_id else set(places)
    return CodedPiece(
        sorted(meant - carry_put) if bulk.put_id else [],
        [row for row in codings if row.theme_id in off and row.comment_id in carry_off],
        places,
    )


def count_codes(
    project: Project, put: Theme | None, taken: Theme | None, keys: Sequence[int]
) -> int:
    """Count how many of some comments would change."""
    return sort_codes(BulkCoding(project=project, put=put, taken=taken), keys).changed


def bulk_codings_of(project: Project) -> Any:
    """Return what was coded together in a project, the newest first, with who did and undid it."""
    rows = BulkCoding.objects.of(project)
    return rows.select_related("project", "put__parent", "taken__parent", "by", "undone_by")
