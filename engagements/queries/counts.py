"""Questions about what was heard that span several records: totals, and counts beside them."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, Count, F, IntegerField, Q, QuerySet, Sum, Value, When
from django.utils import timezone

from coproduction.projects.models import Project
from engagements.models import Comment, Engagement, Question, Withheld

_VISIBLE = Q(comments__withheld=Withheld.NOTHING)


@dataclass(frozen=True)
class ListeningTotals:
    """Three different counts: occasions of listening, people heard at them, comments kept."""

    engagements: int
    people_heard: int
    comments: int


def listening_totals(project: Project) -> ListeningTotals:
    """Count what was heard in a project; a comment that is withheld counts nowhere."""
    heard = Engagement.objects.of(project).counted_as_held()
    counted = heard.aggregate(number=Count("pk"), people=Sum("people_heard"))
    return ListeningTotals(
        engagements=counted["number"],
        people_heard=counted["people"] or 0,
        comments=Comment.objects.of(project).visible().count(),
    )


def comments_by_question(project: Project) -> list[tuple[Question, int]]:
    """Count the visible comments of each question, in the order they are asked."""
    rows = Comment.objects.of(project).visible().values("question").annotate(number=Count("pk"))
    numbers = {row["question"]: row["number"] for row in rows.order_by()}
    return [(each, numbers.get(each.pk, 0)) for each in Question.objects.of(project)]


def comments_by_engagement(engagements: Iterable[Engagement]) -> dict[int, int]:
    """Count the visible comments of these engagements, by primary key; none is 0."""
    keys = [engagement.pk for engagement in engagements]
    rows = Comment.objects.visible().filter(engagement__in=keys).values("engagement")
    numbers = {
        row["engagement"]: row["number"] for row in rows.annotate(number=Count("pk")).order_by()
    }
    return {key: numbers.get(key, 0) for key in keys}


def with_comment_counts(engagements: QuerySet[Any]) -> QuerySet[Any]:
    """Give each engagement ``comment_count``: its visible comments."""
    return engagements.annotate(comment_count=Count("comments", filter=_VISIBLE))


def engagements_held(project: Project) -> QuerySet[Any]:
    """Return the occasions ``totals`` counts, oldest first, each with its ``comment_count``."""
    heard = Engagement.objects.of(project).counted_as_held()
    return with_comment_counts(heard).order_by("date", "pk")


def in_diary_order(engagements: QuerySet[Any]) -> QuerySet[Any]:
    """Put engagements in the team's order: to be logged, to come, held, called off."""
    planned = Q(status=Engagement.Status.PLANNED)
    rank = Case(
        When(planned & Q(date__lte=timezone.localdate()), then=Value(0)),
        When(planned, then=Value(1)),
        When(status=Engagement.Status.HELD, then=Value(2)),
        default=Value(3),
        output_field=IntegerField(),
    )
    # What is still to do begins with the earliest; what is done, with the latest.
    soonest = Case(When(planned, then=F("date")))
    return engagements.annotate(rank=rank).order_by("rank", soonest.asc(), "-date", "title", "pk")
