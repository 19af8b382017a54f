"""Meetings: agenda, attendance and minutes, and that sealed minutes stay as they are."""

from datetime import time, timedelta

import pytest
from django.utils import timezone

from coproduction.jobs.models import Job
from steering.services.meeting import (
    EndsBeforeItStarts,
    call_meeting,
    change_meeting,
)
from steering.tasks import notify_of_meeting
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
