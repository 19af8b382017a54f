"""What pages of changes to many comments show: which are meant, what became of them."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django.db.models import Q, Subquery

from coproduction.projects.models import AuditHead, Project
from engagements.models import BulkChange, BulkChangedComment, Comment, is_hidden_by_concern

_STAY = Q(outcome__startswith="left") | Q(outcome=BulkChangedComment.Outcome.STAYED)


def state_of_list(project: Project) -> dict[str, int]:
    """Return by what a list knows later what came or changed since it was drawn. One query.

    Ask it before the comments are read.
    """
    head = AuditHead.objects.filter(project=project).values("number")
    visible = Comment.objects.of(project).visible().order_by("-pk").values("pk")
    both = Project.objects.filter(pk=project.pk).annotate(
        entry=Subquery(head[:1]), newest=Subquery(visible[:1])
    )
    entry, newest = both.values_list("entry", "newest").get()
    return {"entry": entry or 0, "newest": newest or 0}


def keys_of_ticked(project: Project, ticked: Iterable[tuple[UUID, int]]) -> list[int]:
    """Return the keys of a project's comments by their sittings and places. One query."""
    asked = set(ticked)
    rows = Comment.objects.of(project).filter(submission__uuid__in={each for each, _at in asked})
    found = rows.values_list("pk", "submission__uuid", "position")
    return [pk for pk, uuid, position in found if (uuid, position) in asked]


def first_of(keys: Sequence[int], most: int) -> list[Comment]:
    """Return the first few of some comments, with what a list shows of each.

    The words of one that somebody is worried about are not shown again.
    """
    rows = Comment.objects.filter(pk__in=keys[:most]).not_hidden_by_concern().order_by("pk")
    return list(rows.select_related("question", "engagement", "submission"))


def count_along(keys: Sequence[int]) -> int:
    """Count what else was said at the sittings of these comments."""
    own = Comment.objects.filter(pk__in=keys).values("submission")
    return int(Comment.objects.filter(submission__in=own).exclude(pk__in=keys).count())


def changes_of(project: Project) -> Any:
    """Return a project's changes to many comments, the newest first, with who did and undid."""
    rows = BulkChange.objects.of(project)
    return rows.select_related("project", "question", "engagement", "by", "undone_by")


def those_that_stayed(bulk: BulkChange) -> Any:
    """Return what was left as it was, or stayed when it was undone; no words that a worry hides."""
    # Asked of each one's own comment: all comments that no worry hides are many.
    rows = bulk.comments.filter(_STAY).exclude(is_hidden_by_concern("comment__"))
    return rows.select_related("comment__submission", "comment__engagement").order_by("pk")
