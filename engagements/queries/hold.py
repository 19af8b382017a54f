"""What is on hold, in groups to be looked at together, and what was decided about it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import Count, Exists, Max, Min, OuterRef, Prefetch, QuerySet

from coproduction.projects.models import Project
from engagements.models import Comment, Hold, HoldDecision, HoldQuerySet

GROUPS_PER_PAGE = 10


@dataclass(frozen=True)
class HoldGroup:
    """Answers on hold that belong together: of one survey, reason, network and hour."""

    key: UUID
    number: int
    last_hold: int
    newest: Hold
    first_at: Any
    last_at: Any


def holds_waiting(project: Project) -> int:
    """Count the answers that nobody has looked at yet. One query."""
    return Hold.objects.of(project).waiting().count()


def holds_of(project: Project, *, aside: bool) -> HoldQuerySet:
    """Return a project's holds: those set aside, or those that wait."""
    holds: HoldQuerySet = Hold.objects.of(project)
    return holds.set_aside() if aside else holds.waiting()


def size_of(holds: HoldQuerySet) -> tuple[int, int]:
    """Return how many some holds are, and the key of the newest: of one moment. One query."""
    found = holds.aggregate(number=Count("pk"), newest=Max("pk"))
    return found["number"], found["newest"] or 0


def group_page(holds: HoldQuerySet, number: str | None) -> Page[Any]:
    """Return one page of the groups of some holds, the newest first. Each is a HoldGroup."""
    groups = (
        holds.order_by()
        .values("group")
        .annotate(
            number=Count("pk"),
            newest=Max("pk"),
            first_at=Min("submission__received_at"),
            last_at=Max("submission__received_at"),
        )
        .order_by("-newest")
    )
    page = Paginator(groups, GROUPS_PER_PAGE).get_page(number)
    newest = {hold.pk: hold for hold in with_words(holds).filter(pk__in=_newest(page))}
    page.object_list = [
        HoldGroup(
            row["group"],
            row["number"],
            row["newest"],
            newest[row["newest"]],
            row["first_at"],
            row["last_at"],
        )
        for row in page
        if row["newest"] in newest
    ]
    return page


def _newest(rows: Iterable[dict[str, Any]]) -> list[int]:
    """Return the newest hold of each group."""
    return [row["newest"] for row in rows]


def with_words(holds: HoldQuerySet) -> QuerySet[Any]:
    """Read with some holds what was said, and where; what a concern hides is not among it."""
    readable = Comment.objects.on_hold().select_related("question").order_by("position", "pk")
    return holds.select_related("submission__survey", "submission__engagement").prefetch_related(
        Prefetch("submission__comments", readable, to_attr="on_hold_comments")
    )


def last_decisions(project: Project, most: int = 20) -> list[HoldDecision]:
    """Return what was decided last, whether or not it was undone since. One query.

    ``still_decides`` says whether any answer still goes by it: the others have nothing to undo.
    """
    rows = HoldDecision.objects.of(project).select_related("by", "undone_by")
    rows = rows.annotate(still_decides=Exists(Hold.objects.filter(decision=OuterRef("pk"))))
    return list(rows.order_by("-pk")[:most])


def newest_decision(project: Project) -> int:
    """Return the key of the newest decision, 0 where there is none."""
    found = HoldDecision.objects.of(project).order_by("-pk").values_list("pk", flat=True).first()
    return found or 0
