"""Pages about meetings: calling one, its minutes, and sealing them."""

from datetime import time

import pytest
from django.utils import timezone

from coproduction.languages.formats import write_date
from coproduction.projects.models import Letter
from steering.models import Meeting
from steering.services.meeting import call_meeting
from steering.services.minutes import seal_meeting
from steering.services.round import open_rounds, take_back_round
from tests.forms import drawn
from tests.steering.group import in_days, make_sealable
from tests.steering.pages import text_of, url


def test_a_meeting_from_calling_to_sealing(project, seats, chair, client_of) -> None:
    client = client_of(chair)
    day = in_days(-1).date().isoformat()
    sent = {"date": day, "starts": "18:00", "ends": "20:00", "agenda": "Welcome\n\nSwings"}
    client.post(url("meeting_new"), sent)
    meeting = Meeting.objects.get()
    assert meeting.agenda == ["Welcome", "Swings"]
    minutes = {"minutes": "We talked.", "attended": [seats[0].uuid]}
    client.post(url("meeting_minutes", uuid=meeting.uuid), minutes)
    page = client.post(url("minutes_circulate", uuid=meeting.uuid), follow=True)
    assert "They can be sealed from" in text_of(page)
    page = client.post(url("meeting_seal", uuid=meeting.uuid), follow=True)
    assert "The group has not had the time to read these minutes." in text_of(page)
    Meeting.objects.update(circulated_at=in_days(-7))
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
    meeting = call_meeting(project=wording.project, date=in_days(-1).date(), by=chair)
    make_sealable(meeting, chair)
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
        meeting = call_meeting(project=project, date=in_days(-1).date(), by=chair)
        make_sealable(meeting, chair)
        seal_meeting(meeting=meeting, by=chair)

    assert_same_queries(client_of(chair), url("meeting_list"), meet)


def test_attendance_is_saved_without_minutes(meeting, seats, chair, client_of) -> None:
    sent = {"minutes": "", "attended": [seats[0].uuid, seats[1].uuid]}
    page = client_of(chair).post(url("meeting_minutes", uuid=meeting.uuid), sent, follow=True)
    assert "The minutes are saved." in text_of(page)
    assert set(meeting.attended.all()) == set(seats[:2])


def test_a_meeting_is_called_off_and_says_why(project, seats, chair, client_of) -> None:
    meeting = call_meeting(project=project, date=in_days(3).date(), by=chair)
    client = client_of(chair)
    address = url("meeting_call_off", uuid=meeting.uuid)
    assert "Say why." in text_of(client.post(address, {"why": " "}))
    page = text_of(client.post(address, {"why": "The hall is flooded."}, follow=True))
    assert "Called off on" in page
    assert "The hall is flooded." in page
    assert "Called off" in text_of(client.get(url("meeting_list")))
    for again in ("meeting_call_off", "meeting_change"):
        assert "This meeting was called off." in text_of(client.get(url(again, uuid=meeting.uuid)))


def test_a_correction_stands_beside_sealed_minutes(meeting, chair, member, client_of) -> None:
    client = client_of(chair)
    address = url("minutes_correct", uuid=meeting.uuid)
    early = client.post(address, {"text": "It was the bins."})
    assert early.status_code == 409
    assert "It was the bins.</textarea>" in early.content.decode()
    seal_meeting(meeting=make_sealable(meeting, chair), by=chair)
    client.post(address, {"text": "It was the bins."})
    page = text_of(client_of(member).get(url("meeting", uuid=meeting.uuid)))
    assert "We talked." in page
    assert "It was the bins." in page
    assert f"{write_date(timezone.localdate())}, {chair.display_name}" in page


def test_two_people_who_change_a_meeting_keep_both_but_its_hours_are_one(
    project, seats, chair, coordinator, client_of
) -> None:
    day = in_days(5).date()
    meeting = call_meeting(
        project=project, date=day, starts=time(18), ends=time(20), agenda=["Welcome"], by=chair
    )
    mine, theirs = client_of(chair), client_of(coordinator)
    address = url("meeting_change", uuid=meeting.uuid)
    first, second = mine.get(address), theirs.get(address)
    theirs.post(address, drawn(second, place="The library", starts="17:00"))
    assert mine.post(address, drawn(first, agenda="Welcome\r\nBins")).status_code == 302
    meeting.refresh_from_db()
    assert (meeting.place, meeting.agenda) == ("The library", ["Welcome", "Bins"])
    assert meeting.starts == time(17)
    clash = mine.post(address, drawn(first, ends="21:00"))
    assert clash.status_code == 409
    assert "17:00" in text_of(clash)
    meeting.refresh_from_db()
    assert meeting.ends == time(20)


def test_a_meeting_sent_twice_is_called_once_and_asked_about_with_other_words(
    project, seats, chair, client_of
) -> None:
    client = client_of(chair)
    page = client.get(url("meeting_new"))
    sent = drawn(page, date=in_days(5).date().isoformat(), agenda="Welcome")
    places = [client.post(url("meeting_new"), sent)["Location"] for _twice in range(2)]
    assert places[0] == places[1]
    asked = client.post(url("meeting_new"), {**sent, "agenda": ["Bins"]})
    assert asked.status_code == 409
    assert "You have saved this form already" in text_of(asked)
    assert Meeting.objects.count() == 1
    client.post(url("meeting_new"), drawn(asked))
    assert Meeting.objects.count() == 2
    letters = Letter.objects.filter(kind="meeting")
    members = letters.values("to").distinct().count()
    assert members > 0
    assert letters.count() == 2 * members
