"""Seats: who sits, for whom, and from when until when."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from coproduction.projects.models import AuditEntry
from coproduction.projects.seen import SentForm
from coproduction.projects.services.membership import remove_member
from coproduction.projects.services.organisation import add_organisation
from coproduction.projects.trail.verification import verify
from steering.models import Seat
from steering.queries.group import group_of
from steering.services.answer import give_answer
from steering.services.decision import record_decision
from steering.services.minutes import record_minutes
from steering.services.refusals import NotOfThisProject
from steering.services.round import open_rounds, take_back_round
from steering.services.seat import (
    AlreadySeated,
    LeavesBeforeAnswering,
    LeavesBeforeAsked,
    LeavesBeforeSeated,
    NobodySignsIn,
    NotOnTheTeam,
    SeatHasAnswered,
    SeatHasEnded,
    SeatInUse,
    SeatIsAnswering,
    change_seat,
    end_seat,
    let_holder_answer,
    remove_seat,
    seat_member,
)
from tests.steering.group import LONG_AGO, answer, decide_early, in_days, make_round


def _seat(project, by, **changes) -> Seat:
    given = {"name": "Mair", "sector": "resident", "seated_on": LONG_AGO, **changes}
    return seat_member(project=project, by=by, **given)


def test_a_member_is_seated_for_a_sector_from_a_day(project, chair, member) -> None:
    seat = _seat(project, chair, user=member)
    assert Seat.objects.of(project).get() == seat
    entry = AuditEntry.objects.get(project=project, verb="steering.member_seated")
    assert entry.by == chair
    assert entry.now["sector"] == "resident"
    assert "Mair" not in str(entry.now)
    assert verify(project).fault is None


def test_a_seat_without_a_sign_in_is_fine(project, chair) -> None:
    assert _seat(project, chair).user is None


def test_a_stranger_can_not_be_seated(project, chair, stranger) -> None:
    with pytest.raises(NotOnTheTeam):
        _seat(project, chair, user=stranger)
    assert not Seat.objects.exists()


def test_one_person_never_holds_two_seats_at_once(project, chair, member) -> None:
    first = _seat(project, chair, user=member)
    with pytest.raises(AlreadySeated):
        _seat(project, chair, user=member)
    end_seat(seat=first, left_on=date(2024, 3, 1), by=chair)
    with pytest.raises(AlreadySeated):
        _seat(project, chair, user=member, seated_on=date(2024, 2, 1))
    assert _seat(project, chair, user=member, seated_on=date(2024, 3, 1)).pk


def test_another_projects_organisation_is_refused(
    project, chair, other_project, other_coordinator
) -> None:
    theirs = add_organisation(
        project=other_project, name={"en": "Theirs"}, sector="charity", by=other_coordinator
    )
    with pytest.raises(NotOfThisProject):
        _seat(project, chair, organisation=theirs)


def test_a_sector_that_does_not_exist_is_refused(project, chair) -> None:
    with pytest.raises(ValidationError):
        _seat(project, chair, sector="pirates")


def test_a_seat_is_held_until_the_day_it_is_left(project, chair) -> None:
    seat = _seat(project, chair)
    end_seat(seat=seat, left_on=date(2024, 3, 1), by=chair)
    held = Seat.objects.of(project)
    assert list(held.held_on(date(2024, 2, 29))) == [seat]
    assert not held.held_on(date(2024, 3, 1)).exists()
    assert not held.held_on(date(2023, 12, 31)).exists()


def test_a_seat_ends_once_and_not_before_it_began(project, chair) -> None:
    seat = _seat(project, chair)
    with pytest.raises(LeavesBeforeSeated):
        end_seat(seat=seat, left_on=date(2023, 1, 1), by=chair)
    end_seat(seat=seat, left_on=date(2024, 3, 1), by=chair)
    with pytest.raises(SeatHasEnded):
        end_seat(seat=seat, left_on=date(2024, 4, 1), by=chair)
    seat.refresh_from_db()
    assert seat.left_on == date(2024, 3, 1)


def test_what_a_seat_says_can_be_put_right(project, chair, member) -> None:
    seat = _seat(project, chair)
    changed = change_seat(
        seat=seat, name="Mair B", sector="youth_service", user=member, organisation=None, by=chair
    )
    assert (changed.name, changed.sector, changed.user) == ("Mair B", "youth_service", member)


def test_a_seat_that_has_answered_does_not_change_hands(
    open_round, seats, chair, member, editor
) -> None:
    mair = seats[0]
    give_answer(round=open_round, seat=mair, answer="agree", by=member)
    with pytest.raises(SeatHasAnswered):
        change_seat(
            seat=mair, name="Elin", sector="resident", user=editor, organisation=None, by=chair
        )
    renamed = change_seat(
        seat=mair, name="Mair Bowen", sector="resident", user=member, organisation=None, by=chair
    )
    assert renamed.name == "Mair Bowen"


def _hand(seat: Seat, user, by) -> Seat:
    return change_seat(
        seat=seat, name=seat.name, sector=seat.sector, user=user, organisation=None, by=by
    )


def test_a_seat_does_not_change_hands_while_its_person_is_asked(
    open_round, seats, chair, editor
) -> None:
    for somebody in (editor, None):  # nobody, and then another, would be the same in two steps
        with pytest.raises(SeatIsAnswering):
            _hand(seats[0], somebody, chair)
    decide_early(open_round, chair)
    assert _hand(seats[0], editor, chair).user == editor


def test_a_seat_nobody_signs_in_to_is_given_a_sign_in_while_it_is_asked(
    project, seats, wording, chair, editor
) -> None:
    paper = _seat(project, chair, name="Tom")
    make_round(wording, chair)
    assert _hand(paper, editor, chair).user == editor


def test_a_seat_does_not_end_before_its_person_was_asked(project, seats, wording, chair) -> None:
    round = make_round(wording, chair)
    asked_on = timezone.localdate(round.opened_at)
    with pytest.raises(LeavesBeforeAsked):
        end_seat(seat=seats[0], left_on=asked_on - timedelta(days=1), by=chair)
    assert end_seat(seat=seats[0], left_on=asked_on, by=chair).left_on == asked_on
    decide_early(round, chair)
    back = asked_on - timedelta(days=1)
    assert end_seat(seat=seats[1], left_on=back, by=chair).left_on == back


def test_a_seat_does_not_end_before_it_answered(closed_round, seats, chair) -> None:
    answer(closed_round, ["agree"] * 4, chair)
    record_decision(round=closed_round, outcome="agreed", reason={"en": "Yes."}, by=chair)
    answered_on = timezone.localdate(closed_round.opened_at)
    with pytest.raises(LeavesBeforeAnswering):
        end_seat(seat=seats[0], left_on=answered_on - timedelta(days=1), by=chair)
    assert end_seat(seat=seats[0], left_on=answered_on, by=chair).has_ended


def test_a_seat_can_not_be_given_to_someone_who_holds_another(project, seats, chair) -> None:
    with pytest.raises(AlreadySeated):
        change_seat(
            seat=seats[1],
            name="Mair",
            sector="resident",
            user=seats[0].user,
            organisation=None,
            by=chair,
        )


def test_a_seat_made_by_mistake_is_taken_away_unless_it_was_used(
    project, seats, meeting, wording, chair
) -> None:
    remove_seat(seat=seats[0], by=chair)
    remove_seat(seat=seats[0], by=chair)
    assert Seat.objects.count() == 4
    entry = AuditEntry.objects.filter(project=project, verb="steering.seat_removed").get()
    assert entry.was["sector"] == "resident"
    record_minutes(meeting=meeting, minutes="", attended=seats[1:2], by=chair)
    with pytest.raises(SeatInUse):
        remove_seat(seat=seats[1], by=chair)
    (round,) = open_rounds(wordings=[wording], closes_at=in_days(7), by=chair)
    take_back_round(round=round, why="Wrong.", by=chair)
    with pytest.raises(SeatInUse):
        remove_seat(seat=seats[2], by=chair)
    assert Seat.objects.count() == 4


def test_a_seat_sent_again_after_it_was_taken_away_is_made_anew(project, chair) -> None:
    sending = SentForm.of(uuid4(), {"name": "Siân"})
    given = {"name": "Siân", "sector": "faith", "seated_on": LONG_AGO, "sending": sending}
    first = seat_member(project=project, by=chair, **given)
    remove_seat(seat=first, by=chair)
    for _twice in range(2):
        seat_member(project=project, by=chair, **given)
    assert Seat.objects.count() == 1


def test_a_seat_whose_holder_can_not_answer_is_seen_and_mended(
    project, analyst, coordinator, seats
) -> None:
    given = {"name": "Anwen", "sector": "faith", "user": analyst, "seated_on": LONG_AGO}
    seat = seat_member(project=project, by=coordinator, **given)
    silent = seat_member(
        project=project, name="Nia", sector="faith", seated_on=LONG_AGO, by=coordinator
    )
    group = group_of(project)
    assert (group.cannot_answer, group.by_the_chair) == ([seat], [silent])
    with pytest.raises(NobodySignsIn):
        let_holder_answer(seat=silent, by=coordinator)
    let_holder_answer(seat=seat, by=coordinator)
    assert group_of(project).cannot_answer == []


def test_a_role_taken_from_somebody_seated_leaves_a_seat_that_can_not_answer(
    project, seats, member, coordinator
) -> None:
    assert group_of(project).cannot_answer == []
    remove_member(membership=member.memberships.get(role="member"), by=coordinator)
    assert group_of(project).cannot_answer == [seats[0]]
