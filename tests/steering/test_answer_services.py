"""Members' answers: whose they are, when they count, and when they are refused."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from coproduction.projects.models import AuditEntry
from steering.models import Response
from steering.queries.answer import answer_counts_of, answers_of_round
from steering.services.answer import (
    HeardByTwo,
    OutsideElectorate,
    RoundClosed,
    RoundNotOpenYet,
    SeatEnded,
    give_answer,
)
from steering.services.decision import record_decision
from steering.services.round import close_round
from steering.services.seat import end_seat
from tests.steering.group import (
    answer,
    in_days,
    let_all_come_in,
    make_seats,
)


def test_a_member_may_change_their_mind_until_it_closes(open_round, seats, member) -> None:
    first = give_answer(round=open_round, seat=seats[0], answer="agree", by=member)
    give_answer(round=open_round, seat=seats[0], answer="not_yet", reason="Who pays?", by=member)
    assert Response.objects.count() == 2
    counts = answers_of_round(open_round).counts
    assert (counts["agree"], counts["not_yet"]) == (0, 1)
    with pytest.raises(TypeError):
        first.save()


def test_the_same_answer_sent_twice_is_kept_once(project, open_round, seats, member) -> None:
    for _time in range(2):
        give_answer(round=open_round, seat=seats[0], answer="agree", by=member)
    assert Response.objects.count() == 1
    assert AuditEntry.objects.filter(project=project, verb="steering.answer_given").count() == 1


@pytest.mark.parametrize("said", ["not_yet", "object"])
def test_nobody_has_to_justify_themselves(open_round, seats, member, said) -> None:
    assert give_answer(round=open_round, seat=seats[0], answer=said, by=member).reason == ""


def test_the_reason_stays_out_of_the_audit_trail(project, open_round, seats, member) -> None:
    give_answer(
        round=open_round, seat=seats[0], answer="object", reason="My private why", by=member
    )
    entry = AuditEntry.objects.get(project=project, verb="steering.answer_given")
    assert entry.now == {
        "seat": str(seats[0].uuid),
        "answer": "object",
        "for_someone_else": False,
    }


def test_an_answer_there_is_not_is_refused(open_round, seats, member) -> None:
    with pytest.raises(ValidationError):
        give_answer(round=open_round, seat=seats[0], answer="maybe", by=member)


def test_an_answer_after_closing_is_refused(closed_round, seats, member) -> None:
    with pytest.raises(RoundClosed):
        give_answer(round=closed_round, seat=seats[0], answer="agree", by=member)
    with pytest.raises(RoundClosed):
        give_answer(
            round=closed_round,
            seat=seats[0],
            answer="agree",
            by=member,
            at=closed_round.closes_at,
        )
    assert not Response.objects.exists()


def test_an_answer_before_opening_is_refused(open_round, seats, member) -> None:
    with pytest.raises(RoundNotOpenYet):
        give_answer(round=open_round, seat=seats[0], answer="agree", by=member, at=in_days(-1))


def test_an_answer_after_the_decision_is_refused(open_round, seats, chair, member) -> None:
    answer(open_round, ["agree"] * 5, chair)
    record_decision(round=open_round, outcome="agreed", reason={"en": "All agree."}, by=chair)
    with pytest.raises(RoundClosed):
        give_answer(round=open_round, seat=seats[0], answer="object", by=member)


def test_someone_seated_later_is_outside_the_electorate(project, open_round, chair) -> None:
    late = make_seats(project, chair, 1)[0]
    with pytest.raises(OutsideElectorate):
        give_answer(round=open_round, seat=late, answer="agree", by=late.user)
    with pytest.raises(OutsideElectorate):
        give_answer(round=open_round, seat=late, answer="agree", by=chair)


def test_nobody_answers_from_a_seat_from_the_day_it_ended(open_round, seats, chair, member) -> None:
    end_seat(seat=seats[0], left_on=timezone.localdate(), by=chair)
    for person in (member, chair):
        with pytest.raises(SeatEnded):
            give_answer(round=open_round, seat=seats[0], answer="agree", by=person)
    assert not Response.objects.exists()


def test_an_answer_from_before_the_seat_ended_counts(closed_round, seats, chair) -> None:
    end_seat(seat=seats[0], left_on=timezone.localdate() - timedelta(days=5), by=chair)
    answer(closed_round, ["agree"] * 4, chair)
    assert answers_of_round(closed_round).agreeing == 4
    assert answer_counts_of([closed_round])[closed_round.pk].agreeing == 4


def test_nobody_waits_for_somebody_who_has_left(open_round, seats, chair) -> None:
    for seat in seats[1:]:
        give_answer(round=open_round, seat=seat, answer="agree", by=chair)
    assert not answers_of_round(open_round).everyone_answered
    end_seat(seat=seats[0], left_on=timezone.localdate(), by=chair)
    for numbers in (answers_of_round(open_round), answer_counts_of([open_round])[open_round.pk]):
        assert (numbers.answered, numbers.seats, numbers.given_up) == (4, 5, 1)
        assert numbers.everyone_answered
    assert record_decision(round=open_round, outcome="agreed", reason={"en": "Yes."}, by=chair).pk


def test_somebody_who_answered_and_then_left_is_not_counted_twice(open_round, seats, chair) -> None:
    for seat in seats[:4]:
        give_answer(round=open_round, seat=seat, answer="agree", by=chair)
    end_seat(seat=seats[0], left_on=timezone.localdate(), by=chair)
    for numbers in (answers_of_round(open_round), answer_counts_of([open_round])[open_round.pk]):
        assert (numbers.answered, numbers.given_up) == (4, 0)
        assert not numbers.everyone_answered


def test_those_who_left_bring_the_quorum_no_nearer(open_round, seats, chair) -> None:
    for seat in seats[2:]:
        give_answer(round=open_round, seat=seat, answer="agree", by=chair)
    for seat in seats[:2]:
        end_seat(seat=seat, left_on=timezone.localdate(), by=chair)
    assert answers_of_round(open_round).everyone_answered
    assert not answers_of_round(open_round).quorum_met


def test_another_projects_seat_is_outside_the_electorate(
    open_round, other_project, other_coordinator, chair
) -> None:
    theirs = make_seats(other_project, other_coordinator, 1)[0]
    with pytest.raises(OutsideElectorate):
        give_answer(round=open_round, seat=theirs, answer="agree", by=chair)


def test_the_chair_and_the_coordinator_record_for_others(
    open_round, seats, chair, coordinator
) -> None:
    for seat, person in zip(seats, (chair, coordinator), strict=False):
        kept = give_answer(round=open_round, seat=seat, answer="agree", by=person)
        assert (kept.seat, kept.recorded_by) == (seat, person)
    assert answers_of_round(open_round).answered == 2


def test_a_member_has_the_last_word_on_their_own_answer(open_round, seats, chair, member) -> None:
    give_answer(round=open_round, seat=seats[0], answer="agree", by=chair)
    give_answer(round=open_round, seat=seats[0], answer="agree", by=member)
    assert answers_of_round(open_round).answers[0].recorded_by == member


def test_what_is_written_down_stands_beside_a_members_own_answer(
    open_round, seats, chair, member
) -> None:
    own = give_answer(round=open_round, seat=seats[0], answer="object", by=member)
    other = give_answer(round=open_round, seat=seats[0], answer="agree", how="phone", by=chair)
    found = answers_of_round(open_round)
    assert found.answers == (own,)
    assert found.waiting == (other,)
    assert (found.objecting, found.agreeing, found.written_down) == (1, 0, 0)
    assert answer_counts_of([open_round])[open_round.pk].counts == found.counts
    entry = AuditEntry.objects.filter(verb="steering.answer_given").latest("number")
    assert entry.was == {"answer": "object"}
    assert (entry.now["how"], entry.now["waits"]) == ("phone", True)


def test_what_is_written_down_and_says_the_same_waits_for_nobody(
    open_round, seats, chair, member
) -> None:
    own = give_answer(round=open_round, seat=seats[0], answer="object", by=member)
    give_answer(round=open_round, seat=seats[0], answer="object", by=chair)
    found = answers_of_round(open_round)
    assert (found.answers, found.waiting) == ((own,), ())


def test_a_first_answer_that_is_written_down_counts_and_is_marked(open_round, seats, chair) -> None:
    kept = give_answer(round=open_round, seat=seats[0], answer="object", how="letter", by=chair)
    found = answers_of_round(open_round)
    assert (found.answers, found.waiting, found.written_down) == ((kept,), (), 1)
    assert found.writers == [{"name": "Cai", "number": 1}]
    assert answer_counts_of([open_round])[open_round.pk].written_down == 1


def test_what_was_written_down_for_somebody_is_written_anew_without_asking(
    open_round, seats, chair, coordinator
) -> None:
    give_answer(round=open_round, seat=seats[0], answer="object", by=chair)
    give_answer(round=open_round, seat=seats[0], answer="agree", by=coordinator)
    found = answers_of_round(open_round)
    assert (found.agreeing, found.waiting) == (1, ())


def test_a_member_puts_right_what_was_written_down_until_it_is_decided(
    open_round, seats, chair, member
) -> None:
    for seat in seats[1:]:
        give_answer(round=open_round, seat=seat, answer="not_yet", by=seat.user)
    give_answer(round=open_round, seat=seats[0], answer="agree", by=chair)
    closed = let_all_come_in(close_round(round=open_round, by=chair))
    # In time or not, her name stands under it; others' own answers do not change any more.
    own = give_answer(round=closed, seat=seats[0], answer="object", by=member)
    assert own in answers_of_round(closed).answers
    for seat, person in ((seats[0], member), (seats[1], seats[1].user), (seats[1], chair)):
        with pytest.raises(RoundClosed):
            give_answer(round=closed, seat=seat, answer="agree", by=person)


def test_two_people_heard_it_and_neither_is_the_member(open_round, seats, chair, member) -> None:
    said = {"round": open_round, "seat": seats[0], "answer": "agree", "how": "room", "by": chair}
    for nobody in (chair, member):
        with pytest.raises(HeardByTwo):
            give_answer(heard_by=nobody, **said)
    assert give_answer(heard_by=seats[1].user, **said).heard_by == seats[1].user
    # On the phone nobody else hears it.
    kept = give_answer(heard_by=seats[1].user, **said | {"how": "phone"})
    assert kept.heard_by is None


def test_an_answer_is_sent_by_one_and_heard_in_the_room(open_round, seats, member) -> None:
    about = {"round": open_round, "seat": seats[0], "answer": "agree"}
    for wrong in (
        {"recorded_by": None},
        {"recorded_by": member, "how": "phone", "heard_by": seats[1].user},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Response.objects.create(**about | wrong)
