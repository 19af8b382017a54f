"""Workshops with who came and what was written there, counted."""

import uuid
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from coproduction.projects.models import Organisation, Project
from workshops.models import Action, Attendee, Note, Table, Workshop


def _counted(rows: QuerySet[Any]) -> Coalesce:
    """Count the rows of the workshop at hand: a subquery, so that counts don't multiply."""
    counts = rows.filter(workshop=OuterRef("pk")).order_by().values("workshop")
    return Coalesce(
        Subquery(counts.annotate(number=Count("pk")).values("number")),
        0,
        output_field=IntegerField(),
    )


def workshops_with_counts(project: Project) -> QuerySet[Workshop]:
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


def count_attendees(project: Project) -> dict[str, int]:
    """Return how many residents and partners came to a project's workshops, in all."""
    rows = (
        Attendee.objects.filter(workshop__project=project)
        .values_list("kind")
        .annotate(number=Count("pk"))
        .order_by()
    )
    return {kind: 0 for kind in Attendee.Kind.values} | dict(rows)


@dataclass
class AttendeeGroup:
    """People who were added together: how many, of what kind, from where, at which table."""

    step: uuid.UUID
    kind: str
    organisation: Organisation | None
    table: Table | None
    count: int = 0
    names: list[str] = field(default_factory=list)

    @property
    def are_residents(self) -> bool:
        """Whether they came for themselves."""
        return self.kind == Attendee.Kind.RESIDENT


def attendee_groups(workshop: Workshop) -> list[AttendeeGroup]:
    """Return who came to a workshop, as they were added, the last first: one query."""
    rows = workshop.attendees.select_related("organisation", "table").order_by("pk")
    found: dict[uuid.UUID, AttendeeGroup] = {}
    for person in rows:
        party = found.setdefault(
            person.step, AttendeeGroup(person.step, person.kind, person.organisation, person.table)
        )
        party.count += 1
        if person.name:
            party.names.append(person.name)
    return list(found.values())[::-1]


def partners_by_organisation(came: Iterable[AttendeeGroup]) -> list[tuple[Organisation, int]]:
    """Return how many partners each organisation sent, by name."""
    counts: dict[Organisation, int] = defaultdict(int)
    for party in came:
        if party.organisation is not None:
            counts[party.organisation] += party.count
    return sorted(counts.items(), key=lambda sent: str(sent[0]).casefold())


# What a pile of notes of a kind is called.
KIND_HEADINGS = {
    Note.Kind.ASSET: _("What we have"),
    Note.Kind.IDEA: _("Ideas"),
    Note.Kind.CONCERN: _("Concerns"),
    Note.Kind.DISAGREEMENT: _("Disagreements"),
}


@dataclass(frozen=True)
class NotesOfKind:
    """The notes of one kind."""

    kind: str
    label: str
    notes: list[Note]

    @property
    def are_disagreements(self) -> bool:
        """Whether each holds views that stand side by side."""
        return self.kind == Note.Kind.DISAGREEMENT


def notes_by_kind(notes: Iterable[Note]) -> list[NotesOfKind]:
    """Sort notes by kind; a kind without notes is left out."""
    notes = list(notes)
    found = [
        NotesOfKind(kind, str(label), [note for note in notes if note.kind == kind])
        for kind, label in KIND_HEADINGS.items()
    ]
    return [pile for pile in found if pile.notes]


def tables_with_counts(workshop: Workshop) -> QuerySet[Table]:
    """Return a workshop's tables with the notes and people at each counted."""
    notes = Note.objects.kept().filter(table=OuterRef("pk")).order_by().values("table")
    people = Attendee.objects.filter(table=OuterRef("pk")).order_by().values("table")
    rows: QuerySet[Table] = workshop.tables.annotate(
        note_count=Coalesce(Subquery(notes.annotate(number=Count("pk")).values("number")), 0),
        people_count=Coalesce(Subquery(people.annotate(number=Count("pk")).values("number")), 0),
    )
    return rows
