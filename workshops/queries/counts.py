"""Every figure of the workshops: how many were held, who came, what was written there."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from coproduction.projects.models import Project
from workshops.models import Action, Attendee, Note, Table, Wording, Workshop, WorkshopQuerySet


@dataclass(frozen=True)
class WorkshopTotals:
    """The workshops of a project: all that stand, those held, who came to them, actions written."""

    workshops: int
    held: int
    residents: int
    partners: int
    actions: int


def workshop_totals(project: Project) -> WorkshopTotals:
    """Count a project's workshops and what came of them; three queries.

    Only those held have anybody who came: somebody entered for a day to come has not come yet.
    """
    every = Workshop.objects.of(project).standing()
    held = every.held()
    came = Attendee.objects.filter(workshop__in=held).aggregate(
        residents=Count("pk", filter=Q(kind=Attendee.Kind.RESIDENT)),
        partners=Count("pk", filter=Q(kind=Attendee.Kind.PARTNER)),
    )
    return WorkshopTotals(
        workshops=every.count(),
        held=held.count(),
        actions=Action.objects.of(project).standing().count(),
        **came,
    )


def _count(rows: QuerySet[Any], of: str) -> Coalesce:
    """Count the rows of the record at hand: a subquery, so that counts don't multiply."""
    counts = rows.filter(**{of: OuterRef("pk")}).order_by().values(of)
    return Coalesce(
        Subquery(counts.annotate(number=Count("pk")).values("number")),
        0,
        output_field=IntegerField(),
    )


def workshops_with_counts(project: Project) -> WorkshopQuerySet:
    """Return a project's workshops with residents, partners, notes and actions counted."""
    rows: WorkshopQuerySet = (
        Workshop.objects.of(project)
        .select_related("theme")
        .annotate(
            residents=_count(Attendee.objects.filter(kind=Attendee.Kind.RESIDENT), "workshop"),
            partners=_count(Attendee.objects.filter(kind=Attendee.Kind.PARTNER), "workshop"),
            note_count=_count(Note.objects.not_undone(), "workshop"),
            action_count=_count(Action.objects.standing(), "workshop"),
        )
    )
    return rows


def tables_with_counts(workshop: Workshop) -> QuerySet[Table]:
    """Return a workshop's tables with the notes and people at each counted."""
    rows: QuerySet[Table] = workshop.tables.annotate(
        note_count=_count(Note.objects.not_undone(), "table"),
        people_count=_count(Attendee.objects.all(), "table"),
    )
    return rows


def count_actions_led(project: Project) -> dict[int, int]:
    """Count the actions each organisation leads, as they are worded now, by its id."""
    rows = (
        Wording.objects.of(project)
        .newest()
        .filter(lead__isnull=False, action__withdrawn_at__isnull=True)
        .order_by()
        .values_list("lead")
        .annotate(number=Count("pk"))
    )
    return dict(rows)
