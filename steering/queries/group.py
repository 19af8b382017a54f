"""Who sits on the group, by sector, and which sectors nobody speaks for."""

from collections import defaultdict
from dataclasses import dataclass, field

from coproduction.projects.models import Project, Sector
from steering.models import Seat


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

    @property
    def gaps(self) -> list[SectorSeats]:
        """The sectors nobody speaks for."""
        return [sector for sector in self.sectors if not sector.seats]

    @property
    def size(self) -> int:
        """How many hold a seat today."""
        return sum(len(sector.seats) for sector in self.sectors)


def group_of(project: Project) -> Group:
    """Return the group as it is today: one query."""
    held: dict[str, list[Seat]] = defaultdict(list)
    others = []
    for seat in Seat.objects.of(project).select_related("user", "organisation").order_by("name"):
        if seat.is_held:
            held[seat.sector].append(seat)
        else:
            others.append(seat)
    return Group(
        sectors=[SectorSeats(str(sector.label), held[sector.value]) for sector in Sector],
        others=others,
    )
