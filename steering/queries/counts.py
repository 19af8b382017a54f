"""Every count of the steering group's work: seats held, meetings held, actions agreed and not."""

from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from django.db.models import Value
from django.utils import timezone

from coproduction.projects.models import Project
from steering.models import Meeting, Round, Seat
from steering.queries.agreement import ActionStatus, Agreement, agreements_of


class ActionCounts(NamedTuple):
    """How many of some actions are agreed, committed to, and not taken forward.

    Agreed is an action of which some wording holds as agreed, whatever is proposed after it;
    committed, one of those with its lead partner's word on that wording.
    """

    agreed: int
    committed: int
    not_taken_forward: int


class SteeringTotals(NamedTuple):
    """How far a project's group has come."""

    seats: int
    meetings: int
    undecided_rounds: int
    agreed: int


def count_actions(statuses: Iterable[ActionStatus]) -> ActionCounts:
    """Count what the group made of some actions. No query."""
    found = list(statuses)
    return ActionCounts(
        agreed=sum(each.agreement.agreed is not None for each in found),
        committed=sum(each.commitment is not None for each in found),
        not_taken_forward=sum(each.state == Agreement.NOT_TAKEN_FORWARD for each in found),
    )


def steering_totals(project: Project) -> SteeringTotals:
    """Count what a project's group is and has done. Four queries."""
    return SteeringTotals(
        seats=sum(count_seats_by_sector(project).values()),
        meetings=len(days_met(project)),
        undecided_rounds=Round.objects.of(project).undecided().count(),
        agreed=sum(each.agreed is not None for each in agreements_of(project).values()),
    )


def count_seats_by_sector(project: Project) -> dict[str, int]:
    """Count the seats held today by sector, in the order they were first taken. One query.

    Sectors nobody speaks for are left out.
    """
    held = Seat.objects.of(project).held_on(timezone.localdate())
    return dict(Counter(held.values_list("sector", flat=True)))


def seats_and_days_met(project: Project) -> tuple[dict[str, int], list[date]]:
    """Return what ``count_seats_by_sector`` and ``days_met`` do. One query for both."""
    held = Seat.objects.of(project).held_on(timezone.localdate()).order_by()
    met = Meeting.objects.of(project).held().order_by()
    rows = sorted(
        held.values_list(Value("seat"), "seated_on", "pk", "sector").union(
            met.values_list(Value("meeting"), "date", "pk", Value("")), all=True
        )
    )
    sectors = Counter(sector for what, _day, _key, sector in rows if what == "seat")
    return dict(sectors), [day for what, day, *_of in rows if what == "meeting"]


def days_met(project: Project) -> list[date]:
    """Return the day of each meeting held, first to last. One query."""
    return list(Meeting.objects.of(project).held().values_list("date", flat=True))
