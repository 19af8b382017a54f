"""Meetings: agenda, attendance and minutes, and that sealed minutes stay as they are."""

from datetime import date, time, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from coproduction.languages.formats import write_date_for_later
from coproduction.projects.models import Letter
from steering.models import Meeting
from steering.services.meeting import (
    EndsBeforeItStarts,
    MeetingCalledOff,
    MeetingWasHeld,
    call_meeting,
    call_off_meeting,
    change_meeting,
)
from steering.services.minutes import record_minutes
from steering.services.round import open_rounds
from tests.steering.group import LONG_AGO, in_days


def test_a_meeting_has_an_agenda_of_points(meeting) -> None:
    assert meeting.agenda == ["Welcome", "Swings"]


def test_a_meeting_can_be_moved(meeting, chair) -> None:
    tomorrow = timezone.localdate() + timedelta(days=1)
    moved = change_meeting(meeting=meeting, date=tomorrow, place="Library", agenda=["A"], by=chair)
    assert (moved.date, moved.place, moved.agenda) == (tomorrow, "Library", ["A"])


def test_a_meeting_ends_after_it_starts(project, chair) -> None:
    with pytest.raises(EndsBeforeItStarts):
        call_meeting(project=project, date=LONG_AGO, starts=time(20), ends=time(18), by=chair)


def test_members_are_told_of_a_meeting_and_of_its_move(project, seats, chair, deliver) -> None:
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
    assert [letter.subject for letter in deliver()] == [_subject("meets on", day)] * 5
    change_meeting(meeting=called, date=day, place="The library", agenda=[], by=chair)
    moved = _subject("meeting has changed, now", day)
    assert [letter.subject for letter in deliver()[5:]] == [moved] * 5
    change_meeting(
        meeting=called,
        date=day,
        starts=time(18),
        ends=time(20),
        place="",
        agenda=["Bins"],
        by=chair,
    )
    told = deliver()[10]
    assert "18:00–20:00" in told.body
    assert "1. Bins" in told.body
    assert f"/bryn/steering/meetings/{called.uuid}/" in told.body


def test_nobody_is_told_of_a_meeting_of_the_past(meeting) -> None:
    assert not Letter.objects.exists()


def test_a_meeting_is_called_off_and_members_are_told(project, seats, chair, deliver) -> None:
    coming = call_meeting(project=project, date=in_days(3).date(), place="The hall", by=chair)
    call_off_meeting(meeting=coming, why=" Snow. ", by=chair)
    told = deliver()[5:]
    assert [letter.subject for letter in told] == [_subject("does not meet on", coming.date)] * 5
    assert "Snow." in told[0].body
    for change in (
        lambda: call_off_meeting(meeting=coming, why="Again.", by=chair),
        lambda: change_meeting(meeting=coming, date=coming.date, place="", agenda=[], by=chair),
        lambda: record_minutes(meeting=coming, minutes="We talked.", attended=[], by=chair),
    ):
        with pytest.raises(MeetingCalledOff):
            change()
    coming.refresh_from_db()
    assert (coming.called_off_why, coming.minutes) == ("Snow.", "")


def test_a_meeting_that_was_held_is_not_called_off(meeting, seats, chair) -> None:
    refused = 0
    for minutes, attended in (("We talked.", []), ("", seats[:1])):
        record_minutes(meeting=meeting, minutes=minutes, attended=attended, by=chair)
        with pytest.raises(MeetingWasHeld):
            call_off_meeting(meeting=meeting, why="Snow.", by=chair)
        refused += 1
    assert refused == 2
    record_minutes(meeting=meeting, minutes="", attended=[], by=chair)
    call_off_meeting(meeting=meeting, why="Written down twice.", by=chair)
    assert not Letter.objects.exists()
    assert list(Meeting.objects.of(meeting.project).held()) == []


def test_nothing_is_put_to_the_group_for_a_meeting_called_off(
    meeting, wording, seats, chair
) -> None:
    call_off_meeting(meeting=meeting, why="Snow.", by=chair)
    with pytest.raises(MeetingCalledOff):
        open_rounds(wordings=[wording], meeting=meeting, closes_at=in_days(7), by=chair)


def test_a_sealed_meeting_cannot_be_called_off_behind_the_services(meeting) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Meeting.objects.update(called_off_at=timezone.now(), sealed_at=timezone.now())


def _subject(what: str, day: date) -> str:
    group = "steering group's" if "changed" in what else "steering group"
    return f"Bryn: the {group} {what} {write_date_for_later(day, 'MONTH_DAY_FORMAT')}"
