"""Rounds: putting wordings to the group."""

from datetime import time, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from coproduction.projects.models import AuditEntry
from steering.models import Meeting, Round
from steering.services.decision import record_decision
from steering.services.meeting import call_meeting
from steering.services.refusals import NotOfThisProject
from steering.services.round import (
    AgreedAlready,
    ClosesTooSoon,
    MeetingWithoutHours,
    NothingChosen,
    RoundUndecided,
    TooFewSeats,
    TooLittleTime,
    WordingReplaced,
    open_rounds,
)
from steering.services.seat import end_seat
from tests.steering.group import (
    agree,
    agree_to_review,
    answer,
    in_days,
    in_minutes,
    make_round,
    make_seats,
    make_wording,
    set_quorum,
)


def test_several_wordings_are_put_to_the_group_at_once(project, seats, wording, chair) -> None:
    second = make_wording(project, chair, title="More bins")
    rounds = open_rounds(wordings=[wording, second], closes_at=in_days(7), by=chair)
    assert [round.wording for round in rounds] == [wording, second]
    for round in rounds:
        assert set(round.electorate.all()) == set(seats)
    entries = AuditEntry.objects.filter(project=project, verb="steering.rounds_opened")
    assert entries.count() == 1
    assert entries[0].now["rounds"] == [str(round.uuid) for round in rounds]


def test_the_electorate_is_who_held_a_seat_then(project, seats, wording, chair) -> None:
    end_seat(seat=seats[4], left_on=timezone.localdate() - timedelta(days=1), by=chair)
    round = make_round(wording, chair)
    make_seats(project, chair, 1)
    assert set(round.electorate.all()) == set(seats[:4])


def test_the_terms_are_copied_at_opening(project, open_round, chair) -> None:
    set_quorum(project, chair, 1, "majority")
    open_round.refresh_from_db()
    assert (open_round.quorum, open_round.decision_method) == (4, "consent")


def test_nothing_chosen_is_refused(chair) -> None:
    with pytest.raises(NothingChosen):
        open_rounds(wordings=[], closes_at=in_days(7), by=chair)


def test_a_wording_with_the_group_is_not_put_to_it_again(open_round, wording, chair) -> None:
    with pytest.raises(RoundUndecided):
        make_round(wording, chair)
    assert Round.objects.count() == 1


def test_a_newer_wording_waits_for_the_older_ones_round(
    project, open_round, wording, chair
) -> None:
    newer = make_wording(project, chair, action=wording.action, text="Mend them twice.")
    with pytest.raises(RoundUndecided):
        make_round(newer, chair)


def test_the_same_wording_twice_in_one_list_is_refused(seats, wording, chair) -> None:
    with pytest.raises(RoundUndecided):
        open_rounds(wordings=[wording, wording], closes_at=in_days(7), by=chair)


def test_an_agreed_wording_is_not_put_to_the_group_again(seats, wording, chair) -> None:
    agree(wording, chair)
    with pytest.raises(AgreedAlready):
        make_round(wording, chair)


def test_an_agreed_wording_is_put_again_once_the_day_to_look_again_has_come(
    project, seats, wording, chair
) -> None:
    later = make_wording(project, chair, title="More bins")
    agree_to_review(later, chair, due=False)
    with pytest.raises(AgreedAlready):
        make_round(later, chair)
    agree_to_review(wording, chair)
    again = make_round(wording, chair)
    answer(again, ["agree"] * 5, chair)
    record_decision(round=again, outcome="agreed", reason={"en": "Still good."}, by=chair)
    with pytest.raises(AgreedAlready):  # agreed again, this time without such a day
        make_round(wording, chair)


def test_what_was_agreed_and_then_sent_back_may_be_put_again(seats, wording, chair) -> None:
    agree_to_review(wording, chair)
    again = make_round(wording, chair)
    answer(again, ["not_yet"] * 5, chair)
    record_decision(round=again, outcome="sent_back", reason={"en": "It did not work."}, by=chair)
    assert make_round(wording, chair).wording == wording


def test_a_replaced_wording_is_not_put_to_the_group(project, seats, wording, chair) -> None:
    newer = make_wording(project, chair, action=wording.action, text="Mend them twice.")
    with pytest.raises(WordingReplaced):
        make_round(wording, chair)
    assert make_round(newer, chair).wording == newer


def test_a_wording_not_taken_forward_may_be_looked_at_again(closed_round, wording, chair) -> None:
    answer(closed_round, ["not_yet"] * 4, chair)
    record_decision(
        round=closed_round, outcome="not_taken_forward", reason={"en": "No money."}, by=chair
    )
    assert make_round(wording, chair).wording == wording


def test_one_wrong_wording_stops_the_whole_list(project, seats, wording, chair) -> None:
    agree(wording, chair)
    fresh = make_wording(project, chair, title="More bins")
    with pytest.raises(AgreedAlready):
        open_rounds(wordings=[fresh, wording], closes_at=in_days(7), by=chair)
    assert not Round.objects.filter(wording=fresh).exists()


def test_another_projects_wording_is_refused(wording, other_project, other_coordinator) -> None:
    theirs = make_wording(other_project, other_coordinator)
    with pytest.raises(NotOfThisProject):
        open_rounds(wordings=[wording, theirs], closes_at=in_days(7), by=wording.by)
    assert not Round.objects.exists()


def test_another_projects_meeting_is_refused(wording, other_project, other_coordinator) -> None:
    theirs = call_meeting(project=other_project, date=timezone.localdate(), by=other_coordinator)
    with pytest.raises(NotOfThisProject):
        open_rounds(wordings=[wording], meeting=theirs, closes_at=in_days(7), by=wording.by)
    assert not Round.objects.exists()


def test_a_round_closes_after_it_opens(seats, wording, chair) -> None:
    with pytest.raises(ClosesTooSoon):
        open_rounds(wordings=[wording], closes_at=in_days(-1), by=chair)
    with pytest.raises(IntegrityError), transaction.atomic():
        Round.objects.create(
            project=wording.project,
            wording=wording,
            quorum=1,
            decision_method="consent",
            closes_at=in_days(-1),
            by=chair,
        )


def test_nobody_is_asked_for_a_minute(project, seats, wording, chair) -> None:
    today = timezone.localdate()
    day = today + timedelta(days=9)
    elsewhen = call_meeting(project=project, date=day, starts=time(18), ends=time(20), by=chair)
    for meeting in (None, elsewhen):
        for closes_at in (in_minutes(1), in_minutes(60 * 12)):
            with pytest.raises(TooLittleTime):
                open_rounds(wordings=[wording], meeting=meeting, closes_at=closes_at, by=chair)
    assert not Round.objects.exists()


def test_a_meeting_answers_in_the_room_and_not_within_a_minute(
    project, seats, wording, chair
) -> None:
    today = timezone.localdate()
    meeting = call_meeting(project=project, date=today, starts=time(0), ends=time(23, 59), by=chair)
    with pytest.raises(TooLittleTime):
        open_rounds(wordings=[wording], meeting=meeting, closes_at=in_minutes(1), by=chair)
    closes_at = max(in_minutes(11), meeting.is_over_at)
    (round,) = open_rounds(wordings=[wording], meeting=meeting, closes_at=closes_at, by=chair)
    assert round.closes_at == closes_at


def test_for_a_meeting_without_hours_members_have_a_day(project, seats, wording, chair) -> None:
    meeting = call_meeting(project=project, date=timezone.localdate(), by=chair)
    for hours in ({}, {"starts": time(0)}, {"ends": time(23, 59)}):
        Meeting.objects.update(**{"starts": None, "ends": None} | hours)
        meeting.refresh_from_db()
        with pytest.raises(MeetingWithoutHours):
            open_rounds(wordings=[wording], meeting=meeting, closes_at=in_minutes(12), by=chair)
    assert open_rounds(wordings=[wording], meeting=meeting, closes_at=in_days(1), by=chair)


def test_a_group_smaller_than_its_quorum_is_not_asked(project, wording, chair) -> None:
    make_seats(project, chair, 3)
    with pytest.raises(TooFewSeats):
        make_round(wording, chair)
    set_quorum(project, chair, 3)
    assert make_round(wording, chair).quorum == 3
