"""Minutes: who came and what was said, and that sealed minutes stay as they are."""

from datetime import time, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from coproduction.projects.models import AuditEntry, TrailHead
from steering.models import Meeting
from steering.queries.meeting import people_who_came
from steering.services.meeting import (
    HeldAlready,
    MeetingSealed,
    NotSeatedThen,
    call_meeting,
    call_off_meeting,
    change_meeting,
)
from steering.services.minutes import (
    NotHeldYet,
    NothingToRead,
    NothingToSeal,
    NotOverYet,
    NotReadYet,
    NotSealedYet,
    circulate_minutes,
    correct_minutes,
    record_minutes,
    seal_meeting,
)
from steering.services.round import open_rounds
from steering.services.seat import LeavesBeforeMeeting, change_seat, end_seat
from tests.steering.group import LONG_AGO, end_at_midnight, in_days, make_sealable


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
    circulate_minutes(meeting=meeting, by=chair, at=in_days(-7))
    stale = Meeting.objects.get(pk=meeting.pk)
    seal_meeting(meeting=meeting, by=chair)
    for change in (
        lambda: change_meeting(
            meeting=stale, date=stale.date, place="Elsewhere", agenda=[], by=chair
        ),
        lambda: record_minutes(meeting=stale, minutes="Rewritten", attended=[], by=chair),
        lambda: seal_meeting(meeting=stale, by=chair),
        lambda: circulate_minutes(meeting=stale, by=chair),
        lambda: call_off_meeting(meeting=stale, why="Snow.", by=chair),
        lambda: open_rounds(wordings=[wording], meeting=stale, closes_at=in_days(7), by=chair),
    ):
        with pytest.raises(MeetingSealed):
            change()
    meeting.refresh_from_db()
    assert (meeting.minutes, meeting.place) == ("We talked.", "Workmen's Hall")
    assert meeting.attended.count() == 3
    assert not meeting.rounds.exists()


def test_minutes_are_not_sealed_before_the_meeting_is_over(project, seats, chair) -> None:
    today = call_meeting(project=project, date=timezone.localdate(), by=chair)
    Meeting.objects.filter(pk=today.pk).update(ends=time.max)
    make_sealable(today, chair)
    with pytest.raises(NotOverYet):
        seal_meeting(meeting=today, by=chair)
    end_at_midnight(today)
    assert seal_meeting(meeting=today, by=chair).sealed_at is not None


def test_the_group_has_a_week_to_read_minutes_before_they_are_sealed(meeting, chair) -> None:
    record_minutes(meeting=meeting, minutes="We talked.", attended=[], by=chair)
    refused = 0
    for told_at in (None, timezone.now(), in_days(-7) + timedelta(minutes=1)):
        if told_at:
            Meeting.objects.update(circulated_at=told_at)
        with pytest.raises(NotReadYet):
            seal_meeting(meeting=meeting, by=chair)
        refused += 1
    assert refused == 3
    Meeting.objects.update(circulated_at=in_days(-7))
    assert seal_meeting(meeting=meeting, by=chair).sealed_at is not None


def test_minutes_are_sealed_once_the_group_has_met_again(project, meeting, chair) -> None:
    record_minutes(meeting=meeting, minutes="We talked.", attended=[], by=chair)
    circulate_minutes(meeting=meeting, by=chair, at=in_days(-1))
    today = timezone.localdate()
    off = call_meeting(project=project, date=today, by=chair)
    call_off_meeting(meeting=off, why="Snow.", by=chair)
    # One put in the diary since nobody need have come to.
    again = call_meeting(project=project, date=today, by=chair)
    end_at_midnight(off, again)
    with pytest.raises(NotReadYet):
        seal_meeting(meeting=meeting, by=chair)
    Meeting.objects.filter(pk=again.pk).update(created_at=in_days(-2))
    assert seal_meeting(meeting=meeting, by=chair).sealed_at is not None


def test_minutes_changed_after_the_group_was_told_are_a_draft_again(meeting, seats, chair) -> None:
    changes = [("We talked.", []), ("We talked.", seats[:1]), ("We talked at length.", seats[:1])]
    drafts = []
    for minutes, attended in [*changes, changes[-1]]:
        kept = record_minutes(meeting=meeting, minutes=minutes, attended=attended, by=chair)
        drafts.append(kept.circulated_at is None)
        circulate_minutes(meeting=meeting, by=chair, at=in_days(-7))
    assert drafts == [True, True, True, False]


def test_a_sealed_minute_keeps_its_people_as_they_were(meeting, seats, chair) -> None:
    record_minutes(meeting=meeting, minutes="We talked.", attended=seats[:1], by=chair)
    circulate_minutes(meeting=meeting, by=chair, at=in_days(-7))
    sealed = seal_meeting(meeting=meeting, by=chair)
    before = people_who_came(sealed)
    change_seat(
        seat=seats[0],
        name="Somebody else",
        sector="police",
        user=seats[0].user,
        organisation=None,
        by=chair,
    )
    assert people_who_came(Meeting.objects.get(pk=sealed.pk)) == before
    assert [(each.name, each.sector_label) for each in before] == [("Mair", "Resident")]


def test_members_are_told_once_that_minutes_are_ready(meeting, seats, chair, deliver) -> None:
    with pytest.raises(NothingToRead):
        circulate_minutes(meeting=meeting, by=chair)
    record_minutes(meeting=meeting, minutes="We talked.", attended=[], by=chair)
    for _twice in range(2):
        circulate_minutes(meeting=meeting, by=chair)
    told = deliver()
    assert len(told) == 5
    assert "ready to read" in told[0].subject
    assert "We talked." not in told[0].body


def test_only_sealed_minutes_are_corrected_and_a_correction_stays(meeting, chair) -> None:
    with pytest.raises(NotSealedYet):
        correct_minutes(meeting=meeting, text="It was the bins.", by=chair)
    seal_meeting(meeting=make_sealable(meeting, chair), by=chair)
    with pytest.raises(ValidationError):
        correct_minutes(meeting=meeting, text=" ", by=chair)
    correction = correct_minutes(meeting=meeting, text="It was the bins.", by=chair)
    correction.text = "Something else."
    with pytest.raises(TypeError):
        correction.save()
    assert [each.text for each in meeting.corrections.all()] == ["It was the bins."]


def test_chair_and_coordinator_get_the_end_of_the_trail_when_minutes_are_sealed(
    project, meeting, chair, member, deliver
) -> None:
    make_sealable(meeting, chair)
    deliver().clear()
    seal_meeting(meeting=meeting, by=chair)
    head = TrailHead.objects.get(project=project)
    entry = AuditEntry.objects.get(project=project, verb="steering.meeting_sealed")
    assert (head.number, head.digest) == (entry.number, entry.digest)
    letters = deliver()
    assert sorted(letter.to[0].partition("@")[0] for letter in letters) == ["chair", "coordinator"]
    for letter in letters:
        for line in (f": {head.number}", head.digest, head.key, head.signature, "/bryn/trail/"):
            assert line in letter.body
    assert len(head.signature) == 128
