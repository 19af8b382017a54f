"""What the steering tests begin with: a group of five, a wording for it, and what led to that."""

from datetime import timedelta

import pytest
from django.utils import timezone

from coproduction.projects.models import Project, User
from engagements.models import Comment
from steering.models import Meeting, Round, Seat
from steering.services.meeting import call_meeting
from steering.services.seat import seat_member
from tests.beginnings import beginning
from tests.steering.group import LONG_AGO, make_lead, make_round, make_seats, make_wording
from tests.workshops.material import make_coding, make_comment, make_theme, make_workshop
from themes.models import Theme
from workshops.models import Wording, Workshop
from workshops.services.action import move_action
from workshops.services.evidence import cite_evidence


@beginning
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


@beginning
def wording(project: Project, chair: User) -> Wording:
    """Action 1, to be led by the Parks Trust."""
    return make_wording(project, chair, lead=make_lead(project, chair))


@beginning
def open_round(seats: list[Seat], wording: Wording, chair: User) -> Round:
    """The wording, put to the group for a week."""
    return make_round(wording, chair)


@beginning
def closed_round(seats: list[Seat], wording: Wording, chair: User) -> Round:
    """The wording, put to the group, the time to answer over, nobody having answered yet."""
    return make_round(wording, chair, closed=True)


@pytest.fixture
def code(wording: Wording, project: Project) -> Theme:
    """A code under the action's theme."""
    return make_theme(project, "Swings", parent=wording.action.theme)


@pytest.fixture
def comment(wording: Wording, code: Theme, project: Project, chair: User) -> Comment:
    """A comment that the action rests on, with a code."""
    said = make_comment(project, "The swings are broken.")
    make_coding(said, code, chair)
    cite_evidence(action=wording.action, comments=[said], by=chair)
    return said


@pytest.fixture
def workshop(wording: Wording, project: Project, chair: User) -> Workshop:
    """The workshop that the action was designed at."""
    held = make_workshop(project, theme=wording.action.theme)
    move_action(action=wording.action, theme=wording.action.theme, workshop=held, by=chair)
    return held


@pytest.fixture
def meeting(project: Project, chair: User) -> Meeting:
    """A meeting held yesterday."""
    return call_meeting(
        project=project,
        date=timezone.localdate() - timedelta(days=1),
        place="Workmen's Hall",
        agenda=["Welcome", " ", " Swings "],
        by=chair,
    )
