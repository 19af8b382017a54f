"""The queue of comments waiting for a code: what comes next, and where a coder goes on."""

from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from coproduction.compiled_queries import CompiledQuery
from coproduction.projects.models import Membership, Project, Role, User
from engagements.models import Comment, Question
from themes.models import Coding, CodingClaim, WaitingComment

# How many comments a coder's page has ready.
MOST = 6
# Past every comment's key.
_LAST = 2**63 - 1


def _waiting(
    project: Any, after: int, last: int, coder: Any, now: int, *question: int
) -> QuerySet[WaitingComment]:
    """Return as many waiting comments between two places as a coder has ready.

    Those that another coder has before them are left out.
    """
    claimed = CodingClaim.objects.filter(comment=OuterRef("comment"), until__gt=now)
    listed = WaitingComment.objects.filter(
        ~Exists(claimed.exclude(by=coder)),
        project=project,
        comment_id__gt=after,
        comment_id__lte=last,
    )
    if question:
        listed = listed.filter(question=question[0])
    rows = listed.select_related("comment__question", "comment__engagement")
    found: QuerySet[WaitingComment] = rows.order_by("comment_id")[:MOST]
    return found


# Asked with every comment that is coded.
_WAITING = CompiledQuery(_waiting)
_WAITING_OF_QUESTION = CompiledQuery(_waiting)


def next_comments(
    project: Project,
    *,
    coder: User,
    after: int,
    how_many: int = 2,
    question: UUID | None = None,
) -> list[Comment]:
    """Return the next uncoded comments after a place in the queue, starting again at its end.

    No more than ``MOST``, and none that another coder has before them.
    """
    asked_by = (coder.pk, seconds_now())
    waiting, more = _WAITING, list[int]()
    if question is not None:
        asked = Question.objects.of(project).filter(uuid=question).values_list("pk", flat=True)
        if (key := asked.first()) is None:
            return []
        waiting, more = _WAITING_OF_QUESTION, [key]
    found = waiting.ask(project.pk, after, _LAST, *asked_by, *more)[:how_many]
    if len(found) < how_many and after:
        found += waiting.ask(project.pk, 0, after, *asked_by, *more)[: how_many - len(found)]
    return [row.comment for row in found]


def seconds_now() -> int:
    """Return the time as claims keep it."""
    return int(timezone.now().timestamp())


def who_else_has(comment: Comment, coder: User) -> User | None:
    """Return the other coder who has a comment before them just now, if one has."""
    claimed = CodingClaim.objects.filter(comment=comment, until__gt=seconds_now())
    return User.objects.filter(pk__in=claimed.exclude(by=coder).values("by")).first()


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
    keys = Comment.objects.of(project).order_by("pk").values_list("pk", flat=True)
    first, newest = keys.first(), keys.last()
    if first is None or newest is None:
        return 0
    return int(first + (newest - first) * coders.index(coder.pk) / len(coders))
