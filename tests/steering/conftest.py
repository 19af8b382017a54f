"""What the steering tests begin with: a group of five, and a wording for it to decide."""

import pytest

from coproduction.projects.models import Project, User
from steering.models import Round, Seat
from steering.services.seat import seat_member
from tests.steering.group import LONG_AGO, make_lead, make_round, make_seats, make_wording
from workshops.models import Wording


@pytest.fixture
def seats(project: Project, chair: User, member: User) -> list[Seat]:
    """Five seats: Mair's own, then four other members'. The quorum is four."""
    mair = seat_member(
        project=project,
        name="Mair",
        sector="resident",
        user=member,
        seated_on=LONG_AGO,
        by=chair,
    )
    return [mair, *make_seats(project, chair, 4)]


@pytest.fixture
def wording(project: Project, chair: User) -> Wording:
    """Action 1, to be led by the Parks Trust."""
    return make_wording(project, chair, lead=make_lead(project, chair))


@pytest.fixture
def open_round(seats: list[Seat], wording: Wording, chair: User) -> Round:
    """The wording, put to the group for a week."""
    return make_round(wording, chair)


@pytest.fixture
def closed_round(seats: list[Seat], wording: Wording, chair: User) -> Round:
    """The wording, put to the group, the time to answer over, nobody having answered yet."""
    return make_round(wording, chair, closed=True)
