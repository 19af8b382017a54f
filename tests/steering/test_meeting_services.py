"""Meetings: agenda, attendance and minutes, and that sealed minutes stay as they are."""

from datetime import time, timedelta

import pytest
from django.utils import timezone

from coproduction.jobs.models import Job
from steering.models import Meeting
from steering.services.meeting import (
    EndsBeforeItStarts,
    HeldAlready,
    MeetingSealed,
    NotHeldYet,
    NothingToSeal,
    NotSeatedThen,
    call_meeting,
    change_meeting,
    record_minutes,
    seal_meeting,
)
from steering.services.round import open_rounds
from steering.services.seat import LeavesBeforeMeeting, end_seat
from steering.tasks import notify_of_meeting
from tests.steering.group import LONG_AGO, in_days


@pytest.fixture
def meeting(project, chair) -> Meeting:
    """A meeting held yesterday."""
    return call_meeting(
        project=project,
        date=timezone.localdate() - timedelta(days=1),
        place="Workmen's Hall",
        agenda=["Welcome", " ", " Swings "],
        by=chair,
    )


def test_a_meeting_has_an_agenda_of_points(meeting) -> None:
    assert meeting.agenda == ["Welcome", "Swings"]


def test_a_meeting_can_be_moved(meeting, chair) -> None:
    tomorrow = timezone.localdate() + timedelta(days=1)
    moved = change_meeting(meeting=meeting, date=tomorrow, place="Library", agenda=["A"], by=chair)
    assert (moved.date, moved.place, moved.agenda) == (tomorrow, "Library", ["A"])


def test_minutes_say_who_came(meeting, seats, chair) -> None:
    record_minutes(meeting=meeting, minutes="We talked.", attended=seats[:3], by=chair)
    meeting.refresh_from_db()
    assert meeting.minutes == "We talked."
    assert set(meeting.attended.all()) == set(seats[:3])
    record_minutes(meeting=meeting, minutes="We talked more.", attended=seats[:2], by=chair)
    assert meeting.attended.count() == 2


def test_a_meeting_to_come_has_no_minutes(project, chair) -> None:
    coming = call_meeting(
        project=project, date=timezone.localdate() + timedelta(days=3), agenda=[], by=chair
    )
    with pytest.raises(NotHeldYet):
        record_minutes(meeting=coming, minutes="Early", attended=[], by=chair)


def test_only_those_seated_on_the_day_can_have_come(meeting, seats, chair) -> None:
    end_seat(seat=seats[4], left_on=meeting.date, by=chair)
    with pytest.raises(NotSeatedThen):
        record_minutes(meeting=meeting, minutes="We talked.", attended=seats, by=chair)
    meeting.refresh_from_db()
    assert meeting.minutes == ""


def test_a_meeting_with_minutes_is_not_moved_into_the_future(meeting, seats, chair) -> None:
    record_minutes(meeting=meeting, minutes="We talked.", attended=seats[:3], by=chair)
    today = timezone.localdate()
    with pytest.raises(HeldAlready):
        change_meeting(
            meeting=meeting, date=today + timedelta(days=1), place="", agenda=[], by=chair
        )
    meeting.refresh_from_db()
    assert meeting.date == today - timedelta(days=1)
    assert change_meeting(meeting=meeting, date=today, place="", agenda=[], by=chair).date == today


def test_a_meeting_is_not_moved_to_a_day_on_which_those_who_came_held_no_seat(
    meeting, seats, chair
) -> None:
    record_minutes(meeting=meeting, minutes="We talked.", attended=seats[:3], by=chair)
    early = LONG_AGO - timedelta(days=1)
    with pytest.raises(NotSeatedThen):
        change_meeting(meeting=meeting, date=early, place="", agenda=[], by=chair)
    change_meeting(meeting=meeting, date=LONG_AGO, place="", agenda=[], by=chair)


def test_a_seat_does_not_end_before_a_meeting_its_person_came_to(meeting, seats, chair) -> None:
    record_minutes(meeting=meeting, minutes="We talked.", attended=seats[:1], by=chair)
    with pytest.raises(LeavesBeforeMeeting):
        end_seat(seat=seats[0], left_on=meeting.date, by=chair)
    assert end_seat(seat=seats[0], left_on=meeting.date + timedelta(days=1), by=chair).has_ended
    assert end_seat(seat=seats[1], left_on=meeting.date, by=chair).has_ended


def test_sealing_needs_minutes(meeting, chair) -> None:
    with pytest.raises(NothingToSeal):
        seal_meeting(meeting=meeting, by=chair)


def test_nothing_of_a_sealed_meeting_changes(meeting, seats, wording, chair) -> None:
    record_minutes(meeting=meeting, minutes="We talked.", attended=seats[:3], by=chair)
    stale = Meeting.objects.get(pk=meeting.pk)
    seal_meeting(meeting=meeting, by=chair)
    for change in (
        lambda: change_meeting(
            meeting=stale, date=stale.date, place="Elsewhere", agenda=[], by=chair
        ),
        lambda: record_minutes(meeting=stale, minutes="Rewritten", attended=[], by=chair),
        lambda: seal_meeting(meeting=stale, by=chair),
        lambda: open_rounds(wordings=[wording], meeting=stale, closes_at=in_days(7), by=chair),
    ):
        with pytest.raises(MeetingSealed):
            change()
    meeting.refresh_from_db()
    assert (meeting.minutes, meeting.place) == ("We talked.", "Workmen's Hall")
    assert meeting.attended.count() == 3
    assert not meeting.rounds.exists()


def test_a_meeting_ends_after_it_starts(project, chair) -> None:
    with pytest.raises(EndsBeforeItStarts):
        call_meeting(project=project, date=LONG_AGO, starts=time(20), ends=time(18), by=chair)


def test_members_are_told_of_a_meeting_and_of_its_move(project, seats, chair, mailoutbox) -> None:
    day = in_days(5).date()
    called = call_meeting(
        project=project,
        date=day,
        starts=time(18),
        ends=time(20),
        place="The hall",
        agenda=["The swings"],
        by=chair,
    )
    change_meeting(
        meeting=called,
        date=day,
        starts=time(18),
        ends=time(20),
        place="The hall",
        agenda=["The swings", "The bins"],
        by=chair,
    )
    assert _notices_asked_for() == ["called"]
    change_meeting(meeting=called, date=day, place="The library", agenda=[], by=chair)
    assert _notices_asked_for() == ["called", "moved"]
    change_meeting(
        meeting=called,
        date=day,
        starts=time(18),
        ends=time(20),
        place="",
        agenda=["Bins"],
        by=chair,
    )
    assert notify_of_meeting(None, meeting=str(called.uuid), what="moved") == {"sent": 5}
    told = mailoutbox[0]
    assert "the steering group's meeting has changed" in told.subject
    assert "18:00–20:00" in told.body
    assert "1. Bins" in told.body
    assert f"/bryn/steering/meetings/{called.uuid}/" in told.body


def test_nobody_is_told_of_a_meeting_of_the_past(meeting) -> None:
    assert _notices_asked_for() == []


def _notices_asked_for() -> list[str]:
    jobs = Job.objects.filter(task="steering.tell_of_meeting").order_by("pk")
    return [job.arguments["what"] for job in jobs]
