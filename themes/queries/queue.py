"""The queue of comments waiting for a code: what comes next, and where a coder goes on."""

from typing import Any
from uuid import UUID

from django.db.models import Max, Min, QuerySet

from coproduction.projects.models import Membership, Project, Role, User
from engagements.models import Comment
from themes.models import Coding
from themes.queries.coding import uncoded_comments


def next_comments(
    project: Project, *, after: int, how_many: int = 2, question: UUID | None = None
) -> list[Comment]:
    """Return the next uncoded comments after a place in the queue, starting again at its end."""
    waiting = uncoded_comments(project, question=question).select_related("question", "engagement")
    return _from(waiting, after, how_many)


def next_comment_ids(
    project: Project, *, after: int, how_many: int = 2, question: UUID | None = None
) -> list[int]:
    """Return only the primary keys of what ``next_comments`` would return."""
    return _from(
        uncoded_comments(project, question=question).values_list("pk", flat=True), after, how_many
    )


def _from(waiting: QuerySet[Any, Any], after: int, how_many: int) -> list[Any]:
    """Take rows after a place, then those before it.

    Asking from a place keeps this fast however many comments before it are coded.
    """
    found = list(waiting.filter(pk__gt=after)[:how_many])
    if len(found) < how_many and after:
        found += waiting.filter(pk__lte=after)[: how_many - len(found)]
    return found


def queue_position(project: Project, coder: User) -> int:
    """Return where in the queue a coder goes on: after the comment they coded last.

    Those who begin are spread over the queue, so that two don't read the same comments.
    """
    last = Coding.objects.of(project).filter(by=coder).order_by("-pk").values_list("comment_id")
    if (found := last.first()) is not None:
        return int(found[0])
    coders = list(
        Membership.objects.filter(project=project, role=Role.ANALYST)
        .order_by("user_id")
        .values_list("user_id", flat=True)
    )
    if coder.pk not in coders[1:]:
        return 0
    ends = Comment.objects.of(project).aggregate(first=Min("pk"), last=Max("pk"))
    if ends["first"] is None:
        return 0
    share = coders.index(coder.pk) / len(coders)
    return int(ends["first"] + (ends["last"] - ends["first"]) * share)
