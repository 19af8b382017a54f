"""The counts of listening: every page, figure and edition that shows one asks here.

A comment that is withheld counts nowhere. Comments are not counted here: the database keeps them
counted (``engagements/counters.py``), and this adds up.
"""

from dataclasses import dataclass
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce
from django.utils import timezone

from coproduction.projects.models import Project
from engagements.models import CommentCount, Engagement, Question, is_visible
from engagements.queries.people_heard import with_takes_answers


@dataclass(frozen=True)
class ListeningTotals:
    """Three different counts: engagements held, people heard at them, comments kept."""

    engagements: int
    people_heard: int
    comments: int


class Heard(NamedTuple):
    """How many people were heard at an engagement, and how many comments they made."""

    uuid: UUID
    people_heard: int
    said_count: int


def listening_totals(project: Project) -> ListeningTotals:
    """Count what was heard in a project. Two queries."""
    counted = _held_in(project).aggregate(number=Count("pk"), people=Sum("people_heard"))
    return ListeningTotals(
        engagements=counted["number"],
        people_heard=counted["people"] or 0,
        comments=count_comments(project),
    )


def count_comments(project: Project, *, question: UUID | None = None) -> int:
    """Count the comments in sight, of one question or of all; one query."""
    counts = CommentCount.objects.of(project)
    if question is not None:
        counts = counts.filter(question__uuid=question)
    return int(counts.aggregate(number=Sum("visible"))["number"] or 0)


def count_engagements_held(project: Project) -> int:
    """Count the engagements that ``engagements_held`` lists; one query."""
    return _held_in(project).count()


def engagements_held(project: Project) -> list[Any]:
    """Return the engagements that ``listening_totals`` counts, oldest first; one query.

    Each has its ``comment_count``, and ``said_count``, which is what the public's counts go by.
    """
    return list(_with_said_counts(with_comment_counts(list_engagements_held(project))))


def heard_at_engagements(project: Project) -> list[Heard]:
    """Return what was heard at each engagement held, in no order; one query.

    For whoever needs the numbers alone: thousands of whole engagements take long to make.
    """
    rows = _with_said_counts(_held_in(project)).order_by()
    return [Heard(*row) for row in rows.values_list("uuid", "people_heard", "said_count")]


def _with_said_counts(engagements: QuerySet[Any]) -> QuerySet[Any]:
    """Give each engagement ``said_count``: how many comments the public's counts go by."""
    said = _counts_of_engagement().values("engagement").annotate(number=Sum("said"))
    return engagements.annotate(said_count=Coalesce(Subquery(said.values("number")), 0))


def list_engagements_held(project: Project) -> QuerySet[Any]:
    """Return those engagements alone, oldest first, of which a page may be read."""
    return _held_in(project).order_by("date", "pk")


def _held_in(project: Project) -> QuerySet[Any]:
    """Return the engagements that count as held: logged so, or gathering comments already.

    An online survey is answered for weeks before anybody logs its engagement as held.
    """
    # What was said there and taken back since counts here: an engagement that went with it would
    # tell the public where it was said.
    gathering = _counts_of_engagement().filter(said__gt=0)
    held = Q(status=Engagement.Status.HELD) | Exists(gathering)
    return Engagement.objects.of(project).filter(held)


def engagements_to_log(project: Project) -> int:
    """Count the engagements whose day has come and that nobody has logged; one query.

    While an online survey takes answers, its engagement goes on.
    """
    planned = Engagement.objects.of(project).filter(status=Engagement.Status.PLANNED)
    due = planned.filter(date__lte=timezone.localdate())
    return with_takes_answers(due).filter(takes_answers=False).count()


def with_comment_counts(engagements: QuerySet[Any]) -> QuerySet[Any]:
    """Give each engagement ``comment_count``: how many of its comments may be seen."""
    visible = _counts_of_engagement().values("engagement").annotate(number=Sum("visible"))
    return engagements.annotate(comment_count=Coalesce(Subquery(visible.values("number")), 0))


def _counts_of_engagement() -> QuerySet[CommentCount]:
    """Return the counts of the engagement at hand in another query."""
    return CommentCount.objects.filter(project=OuterRef("project"), engagement=OuterRef("pk"))


def with_answer_counts(surveys: QuerySet[Any]) -> QuerySet[Any]:
    """Give each survey ``answers``: how many people answered, with something left to read."""
    answers = Count("submissions", filter=is_visible("submissions__comments__"), distinct=True)
    return surveys.annotate(answers=answers)


def comments_by_question(project: Project) -> list[tuple[Question, int]]:
    """Count the comments of each question, in the order they are asked."""
    return _by_question(project, "visible")


def said_by_question(project: Project) -> list[tuple[Question, int]]:
    """Count them for the public: those that were said, whatever became of them."""
    return _by_question(project, "said")


def _by_question(project: Project, which: str) -> list[tuple[Question, int]]:
    """Add up one of the counts by question."""
    counts = CommentCount.objects.of(project).values_list("question")
    numbers = dict(counts.annotate(number=Sum(which)))
    return [(each, numbers.get(each.pk, 0)) for each in Question.objects.of(project)]
