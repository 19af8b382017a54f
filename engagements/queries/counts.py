"""The counts of listening: every page, figure and edition that shows one asks here.

A comment that is withheld counts nowhere.
"""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Sum
from django.utils import timezone

from coproduction.projects.models import Project
from engagements.models import Comment, Engagement, Question, is_visible


@dataclass(frozen=True)
class ListeningTotals:
    """Three different counts: occasions of listening, people heard at them, comments kept."""

    engagements: int
    people_heard: int
    comments: int


def listening_totals(project: Project) -> ListeningTotals:
    """Count what was heard in a project. Two queries."""
    counted = _held_in(project).aggregate(number=Count("pk"), people=Sum("people_heard"))
    return ListeningTotals(
        engagements=counted["number"],
        people_heard=counted["people"] or 0,
        comments=Comment.objects.of(project).visible().count(),
    )


def engagements_held(project: Project) -> QuerySet[Any]:
    """Return the occasions that ``listening_totals`` counts, oldest first.

    Each has its ``comment_count``.
    """
    return with_comment_counts(_held_in(project)).order_by("date", "pk")


def _held_in(project: Project) -> QuerySet[Any]:
    """Return the occasions at which people were heard: held, or gathering comments already.

    An online survey is answered for weeks before anybody logs its engagement as held.
    """
    gathering = Comment.objects.visible().filter(engagement=OuterRef("pk"))
    held = Q(status=Engagement.Status.HELD) | Exists(gathering)
    return Engagement.objects.of(project).filter(held)


def engagements_to_log(project: Project) -> int:
    """Count the engagements whose day has come and that nobody has logged."""
    planned = Engagement.objects.of(project).filter(status=Engagement.Status.PLANNED)
    return planned.filter(date__lte=timezone.localdate()).count()


def with_comment_counts(engagements: QuerySet[Any]) -> QuerySet[Any]:
    """Give each engagement ``comment_count``."""
    return engagements.annotate(comment_count=Count("comments", filter=is_visible("comments__")))


def with_answer_counts(surveys: QuerySet[Any]) -> QuerySet[Any]:
    """Give each survey ``answers``: how many people answered, with something left to read."""
    answers = Count("submissions", filter=is_visible("submissions__comments__"), distinct=True)
    return surveys.annotate(answers=answers)


def comments_by_question(project: Project) -> list[tuple[Question, int]]:
    """Count the comments of each question, in the order they are asked."""
    visible = Comment.objects.of(project).visible().order_by()
    numbers = dict(visible.values_list("question").annotate(number=Count("pk")))
    return [(each, numbers.get(each.pk, 0)) for each in Question.objects.of(project)]
