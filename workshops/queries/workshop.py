"""Workshops with who came and what was written there, counted."""

from typing import Any

from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from coproduction.projects.models import Project
from workshops.models import Action, Attendee, Note, Workshop


def _counted(rows: QuerySet[Any]) -> Coalesce:
    """Count the rows of the workshop at hand: a subquery, so that counts don't multiply."""
    counts = rows.filter(workshop=OuterRef("pk")).order_by().values("workshop")
    return Coalesce(
        Subquery(counts.annotate(number=Count("pk")).values("number")),
        0,
        output_field=IntegerField(),
    )


def with_counts(project: Project) -> QuerySet[Workshop]:
    """Return a project's workshops with residents, partners, notes and actions counted."""
    rows: QuerySet[Workshop] = (
        Workshop.objects.of(project)
        .select_related("theme")
        .annotate(
            residents=_counted(Attendee.objects.filter(kind=Attendee.Kind.RESIDENT)),
            partners=_counted(Attendee.objects.filter(kind=Attendee.Kind.PARTNER)),
            note_count=_counted(Note.objects.kept()),
            action_count=_counted(Action.objects.all()),
        )
    )
    return rows


def people_came(project: Project) -> dict[str, int]:
    """Return how many residents and partners came to a project's workshops, in all."""
    rows = (
        Attendee.objects.filter(workshop__project=project)
        .values_list("kind")
        .annotate(number=Count("pk"))
        .order_by()
    )
    return {kind: 0 for kind in Attendee.Kind.values} | dict(rows)
