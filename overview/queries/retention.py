"""What of a whole project is over by a day, and what waits to go."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from coproduction.projects.models import Project, Retention, RetentionNotice
from coproduction.projects.models.retention import PERIODS, UNUSED_MONTHS, months_before
from coproduction.projects.queries.retention import count_over as count_of_project
from engagements.queries.retention import count_over as count_of_listening
from workshops.queries.retention import count_over as count_of_workshops


@dataclass(frozen=True)
class Over:
    """How many of each kind are over by a day, what the periods were, and what day each asks for.

    ``counts`` names the kinds of which there are some.
    """

    counts: dict[str, int]
    months: dict[str, int]
    days: dict[str, date]


def over_by(project: Project, day: date, months: Mapping[str, int] | None = None) -> Over:
    """Say what is over by a day, in a project's periods; where ``months`` are longer, in those."""
    now = Retention.objects.in_force(project).months
    longest = {name: max(now[name], (months or {}).get(name, 0)) for name in PERIODS}
    days = {name: months_before(day, count) for name, count in longest.items()}
    days["unused"] = months_before(day, UNUSED_MONTHS)
    counts = {
        **count_of_listening(project, days),
        **count_of_workshops(project, days),
        **count_of_project(project, days),
    }
    return Over({name: counts[name] for name in PERIODS if counts[name]}, longest, days)


def notice_waiting(project: Project) -> RetentionNotice | None:
    """Return what was announced to go and has not gone yet."""
    found: Any = RetentionNotice.objects.of(project).waiting().first()
    return found
