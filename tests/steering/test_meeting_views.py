"""Pages about meetings: calling one, its minutes, and sealing them."""

import pytest
from django.utils import timezone

from steering.models import Meeting
from steering.services.meeting import call_meeting
from steering.services.minutes import record_minutes, seal_meeting
from steering.services.round import open_rounds, take_back_round
from tests.steering.group import (
    in_days,
)
from tests.steering.pages import text_of, url


def test_a_meeting_from_calling_to_sealing(project, seats, chair, client_of) -> None:
    client = client_of(chair)
    today = timezone.localdate().isoformat()
    sent = {"date": today, "starts": "18:00", "ends": "20:00", "agenda": "Welcome\n\nSwings"}
    client.post(url("meeting_new"), sent)
    meeting = Meeting.objects.get()
    assert meeting.agenda == ["Welcome", "Swings"]
    minutes = {"minutes": "We talked.", "attended": [seats[0].uuid]}
    client.post(url("meeting_minutes", uuid=meeting.uuid), minutes)
    page = client.post(url("meeting_seal", uuid=meeting.uuid), follow=True)
    assert "Sealed on" in text_of(page)
    response = client.post(url("meeting_minutes", uuid=meeting.uuid), minutes)
    assert response.status_code == 409
    meeting.refresh_from_db()
    assert meeting.sealed_at is not None


@pytest.mark.parametrize(
    ("day", "words"),
    [("2024-02-01", "The meeting is written down."), ("2199-02-01", "being told by e-mail.")],
)
def test_only_of_a_meeting_to_come_are_members_told(seats, chair, client_of, day, words) -> None:
    sent = {"date": day, "starts": "18:00", "ends": "20:00", "agenda": ""}
    assert words in text_of(client_of(chair).post(url("meeting_new"), sent, follow=True))


def test_a_meeting_is_not_sealed_while_what_it_asked_is_undecided(
    seats, wording, chair, client_of
) -> None:
    meeting = call_meeting(project=wording.project, date=timezone.localdate(), by=chair)
    record_minutes(meeting=meeting, minutes="We talked.", attended=[], by=chair)
    (round,) = open_rounds(wordings=[wording], meeting=meeting, closes_at=in_days(1), by=chair)
    client = client_of(chair)
    page = text_of(client.post(url("meeting_seal", uuid=meeting.uuid), follow=True))
    assert "Not decided yet for this meeting: 1." in page
    take_back_round(round=round, why="Next time.", by=chair)
    page = text_of(client.post(url("meeting_seal", uuid=meeting.uuid), follow=True))
    assert "Sealed on" in page


def test_the_meetings_cost_the_same_with_more(
    project, seats, chair, client_of, assert_same_queries
) -> None:
    def meet(number: int) -> None:
        meeting = call_meeting(project=project, date=timezone.localdate(), by=chair)
        record_minutes(meeting=meeting, minutes="We met.", attended=seats[:number], by=chair)
        seal_meeting(meeting=meeting, by=chair)

    assert_same_queries(client_of(chair), url("meeting_list"), meet)
