"""Minutes: who came and what was said, and that sealed minutes stay as they are."""

from datetime import timedelta

import pytest
from django.utils import timezone

from steering.models import Meeting
from steering.services.meeting import (
    HeldAlready,
    MeetingSealed,
    NotSeatedThen,
    call_meeting,
    change_meeting,
)
from steering.services.minutes import (
    NotHeldYet,
    NothingToSeal,
    record_minutes,
    seal_meeting,
)
from steering.services.round import open_rounds
from steering.services.seat import LeavesBeforeMeeting, end_seat
from tests.steering.group import LONG_AGO, in_days


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
