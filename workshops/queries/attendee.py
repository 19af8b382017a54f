"""Who came to a workshop, as they were added, and from where."""

import uuid
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from coproduction.languages.sorting import by_name
from coproduction.projects.models import Organisation
from workshops.models import Attendee, Table, Workshop


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
        group = found.setdefault(
            person.step, AttendeeGroup(person.step, person.kind, person.organisation, person.table)
        )
        group.count += 1
        if person.name:
            group.names.append(person.name)
    return list(found.values())[::-1]


def partners_by_organisation(groups: Iterable[AttendeeGroup]) -> list[tuple[Organisation, int]]:
    """Return how many partners each organisation sent, by name."""
    counts: dict[Organisation, int] = defaultdict(int)
    for group in groups:
        if group.organisation is not None:
            counts[group.organisation] += group.count
    return by_name(counts.items(), lambda sent: sent[0])
