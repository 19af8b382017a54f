"""Who sits on the group, by sector, and which sectors nobody speaks for."""

from collections import defaultdict
from dataclasses import dataclass, field
from operator import attrgetter

from django.db.models import QuerySet

from coproduction.languages.sorting import by_name
from coproduction.projects.access import CAPABILITIES
from coproduction.projects.models import Membership, Project, Sector, User
from steering.models import Meeting, Response, Round, Seat


@dataclass(frozen=True)
class SectorSeats:
    """One sector and who speaks for it now."""

    label: str
    seats: list[Seat] = field(default_factory=list)


@dataclass(frozen=True)
class Group:
    """Everyone seated today by sector, and those whose seats have ended or not begun."""

    sectors: list[SectorSeats]
    others: list[Seat]
    # Seats not ended whose holders sign in, but have no role that lets them answer.
    cannot_answer: list[Seat]

    @property
    def gaps(self) -> list[SectorSeats]:
        """The sectors nobody speaks for."""
        return [sector for sector in self.sectors if not sector.seats]

    @property
    def seats(self) -> list[Seat]:
        """Every seat held today, sector by sector, and by name within it."""
        return [seat for sector in self.sectors for seat in sector.seats]

    @property
    def size(self) -> int:
        """How many hold a seat today."""
        return len(self.seats)

    @property
    def by_the_chair(self) -> list[Seat]:
        """Those of them whose answers the chair writes down."""
        return [seat for seat in self.seats if seat.user is None]


def group_of(project: Project) -> Group:
    """Return the group as it is today: two queries."""
    held: dict[str, list[Seat]] = defaultdict(list)
    others, cannot_answer = [], []
    answering = people_who_answer(project)
    seats = Seat.objects.of(project).select_related("user", "organisation")
    for seat in by_name(seats, attrgetter("name")):
        if seat.is_held:
            held[seat.sector].append(seat)
        else:
            others.append(seat)
        if seat.user_id is not None and seat.user_id not in answering and not seat.has_ended:
            cannot_answer.append(seat)
    return Group(
        sectors=[SectorSeats(str(sector.label), held[sector.value]) for sector in Sector],
        others=others,
        cannot_answer=cannot_answer,
    )


def people_who_answer(project: Project) -> set[int]:
    """Return the keys of the people whose roles let them sign in and answer. One query."""
    roles = Membership.objects.filter(project=project, role__in=CAPABILITIES["rounds.respond"])
    return set(roles.filter(user__is_active=True).values_list("user", flat=True))


def was_seat_used(seat: Seat) -> bool:
    """Say whether anything was ever asked of a seat, said from it, or attended. Three queries."""
    return (
        Round.every.filter(electorate=seat).exists()
        or Response.objects.filter(seat=seat).exists()
        or Meeting.objects.filter(attended=seat).exists()
    )


def people_in_the_room(round: Round) -> "QuerySet[User]":
    """Return who can be in the room when a round is answered, and sign in: the group, its chair."""
    roles = CAPABILITIES["rounds.respond"] | CAPABILITIES["rounds.record"]
    rows = User.objects.filter(
        is_active=True, memberships__project=round.project, memberships__role__in=roles
    )
    return rows.distinct().order_by("name", "email")
