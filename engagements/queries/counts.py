"""The counts of listening: every page, figure and edition that shows one asks here.

A comment that is withheld counts nowhere.
"""

from collections import defaultdict
from collections.abc import Iterable
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
    numbers = _numbers(Comment.objects.of(project).visible(), "question")
    return [(each, numbers.get(each.pk, 0)) for each in Question.objects.of(project)]


def comments_by_engagement(engagements: Iterable[Engagement]) -> dict[int, int]:
    """Count the comments of these engagements, by primary key; none is 0."""
    keys = [engagement.pk for engagement in engagements]
    numbers = _numbers(Comment.objects.visible().filter(engagement__in=keys), "engagement")
    return {key: numbers.get(key, 0) for key in keys}


def comments_by_engagement_and_question(project: Project) -> dict[int, dict[str, int]]:
    """Count the comments of each engagement, by primary key, for each question, by its kind.

    What has none is left out. One query.
    """
    rows = Comment.objects.of(project).visible().values_list("engagement", "question__kind")
    counts: dict[int, dict[str, int]] = defaultdict(dict)
    for engagement, kind, number in rows.annotate(number=Count("pk")).order_by():
        counts[engagement][kind] = number
    return counts


def _numbers(comments: QuerySet[Any], by: str) -> dict[int, int]:
    """Count comments by one of their keys."""
    rows = comments.values_list(by).annotate(number=Count("pk")).order_by()
    return dict(rows)
