"""A round's time to answer: closed early, made longer, and the question taken back."""

from datetime import timedelta

import pytest
from django.utils import timezone

from coproduction.projects.models import AuditEntry, Letter
from steering.models import Round
from steering.queries.agreement import Agreement, status_of_action
from steering.queries.answer import answer_counts_of, answers_of_round
from steering.queries.round import candidates, rounds_for_member
from steering.services.answer import RoundClosed, give_answer
from steering.services.decision import RoundTakenBack, StillComingIn, record_decision
from steering.services.notifications import notify_of_round_change
from steering.services.round import (
    ClosedAlready,
    EnoughHaveAnswered,
    NotLater,
    RoundIsOver,
    TooFewToClose,
    TooLittleTime,
    WhyMissing,
    close_round,
    extend_round,
    open_rounds,
    take_back_round,
)
from tests.steering.group import agree, answer, in_days, in_minutes, let_all_come_in, make_round


def _told() -> set[str]:
    """Return the subjects of what members were written of changes to rounds."""
    letters = Letter.objects.filter(kind="round_changed")
    return {letter.subject.removeprefix("Bryn: ") for letter in letters}


def test_a_round_closes_at_the_meeting_once_its_quorum_has_answered(
    open_round, seats, chair
) -> None:
    answer(open_round, ["agree"] * 4, chair)
    closed = close_round(round=open_round, by=chair)
    assert closed.is_closed
    assert _told() == {"the time to answer on action 1 is over"}
    entry = AuditEntry.objects.get(verb="steering.round_closed")
    assert entry.was["closes_at"] > entry.now["closes_at"]
    with pytest.raises(RoundClosed):
        give_answer(round=open_round, seat=seats[4], answer="object", by=chair)
    with pytest.raises(StillComingIn):
        record_decision(round=open_round, outcome="agreed", reason={"en": "Yes."}, by=chair)
    let_all_come_in(closed)
    decision = record_decision(round=open_round, outcome="agreed", reason={"en": "Yes."}, by=chair)
    assert decision.outcome == "agreed"


def test_an_answer_that_reached_us_in_time_is_kept_though_it_closed_meanwhile(
    open_round, seats, chair
) -> None:
    answer(open_round, ["agree"] * 4, chair)
    sent = timezone.now()
    closed = close_round(round=open_round, by=chair)
    give_answer(round=open_round, seat=seats[4], answer="object", by=seats[4].user, at=sent)
    assert answers_of_round(closed).objecting == 1


def test_the_last_answer_is_the_one_that_reached_us_last(open_round, seats, member) -> None:
    first, second = timezone.now(), timezone.now() + timedelta(milliseconds=1)
    give_answer(round=open_round, seat=seats[0], answer="object", by=member, at=second)
    give_answer(round=open_round, seat=seats[0], answer="agree", by=member, at=first)
    assert answers_of_round(open_round).objecting == 1
    assert answer_counts_of([open_round])[open_round.pk].objecting == 1
    [waiting] = rounds_for_member(open_round.project, member).answered
    assert waiting.own_answer == "Object"


def test_a_round_without_its_quorum_is_not_closed_early(open_round, chair) -> None:
    # Who stands aside does not decide.
    answer(open_round, ["agree"] * 3 + ["stand_aside"], chair)
    with pytest.raises(TooFewToClose):
        close_round(round=open_round, by=chair)


def test_what_is_over_is_not_closed_again(closed_round, chair) -> None:
    with pytest.raises(ClosedAlready):
        close_round(round=closed_round, by=chair)


@pytest.mark.parametrize("closed", [False, True])
def test_members_get_more_time_also_when_too_few_answered_in_time(
    seats, wording, closed, chair
) -> None:
    round = make_round(wording, chair, closed=closed)
    longer = extend_round(round=round, closes_at=in_days(9), by=chair)
    assert not longer.is_closed
    assert _told() == {"there is more time to answer on action 1"}
    give_answer(round=round, seat=round.electorate.first(), answer="agree", by=chair)


def test_what_is_open_again_is_so_for_a_day(seats, wording, chair) -> None:
    round = make_round(wording, chair, closed=True)
    with pytest.raises(TooLittleTime):
        extend_round(round=round, closes_at=in_minutes(12), by=chair)
    assert not extend_round(round=round, closes_at=in_days(1), by=chair).is_closed


def test_more_time_ends_later_and_in_the_future(open_round, chair) -> None:
    refused = 0
    for moment in (in_days(6), open_round.closes_at, in_days(-1)):
        with pytest.raises(NotLater):
            extend_round(round=open_round, closes_at=moment, by=chair)
        refused += 1
    assert refused == 3


def test_a_round_that_closed_with_its_quorum_stays_closed(closed_round, chair) -> None:
    answer(closed_round, ["not_yet"] * 4, chair)
    with pytest.raises(EnoughHaveAnswered):
        extend_round(round=closed_round, closes_at=in_days(9), by=chair)


def test_a_question_taken_back_leaves_the_action_as_it_was(
    project, open_round, seats, wording, member, chair
) -> None:
    give_answer(round=open_round, seat=seats[0], answer="object", by=member)
    back = take_back_round(round=open_round, why="It names the wrong park.", by=chair)
    assert status_of_action(wording.action).state == Agreement.PROPOSED
    assert [each.latest for each in candidates(project).never_asked] == [wording]
    assert rounds_for_member(project, member).answered == []
    assert back.responses.count() == 1
    assert _told() == {"action 1 does not need your answer any more"}
    entry = AuditEntry.objects.get(verb="steering.round_taken_back")
    assert entry.now == {"answers": 1}
    assert open_rounds(wordings=[wording], closes_at=in_days(7), by=chair)


def test_what_was_agreed_stays_agreed_when_looking_again_is_taken_back(
    seats, wording, chair
) -> None:
    agree(wording, chair)
    Round.objects.update(opened_at=in_days(-3), closes_at=in_days(-2))
    round = Round.objects.get()
    round.decision.review_on = timezone.localdate()
    round.decision.save()
    (again,) = open_rounds(wordings=[wording], closes_at=in_days(7), by=chair)
    take_back_round(round=again, why="Too soon.", by=chair)
    assert status_of_action(wording.action).state == Agreement.AGREED


def test_taking_back_says_why(open_round, chair) -> None:
    with pytest.raises(WhyMissing):
        take_back_round(round=open_round, why="  ", by=chair)


def test_a_question_taken_back_takes_no_answer_and_no_decision(open_round, seats, chair) -> None:
    answer(open_round, ["agree"] * 5, chair)
    take_back_round(round=open_round, why="Wrong park.", by=chair)
    with pytest.raises(RoundClosed):
        give_answer(round=open_round, seat=seats[0], answer="object", by=chair)
    with pytest.raises(RoundTakenBack):
        record_decision(round=open_round, outcome="agreed", reason={"en": "Yes."}, by=chair)


def test_a_decided_round_is_neither_timed_nor_taken_back(open_round, chair) -> None:
    answer(open_round, ["agree"] * 5, chair)
    record_decision(round=open_round, outcome="agreed", reason={"en": "Yes."}, by=chair)
    with pytest.raises(RoundIsOver):
        close_round(round=open_round, by=chair)
    with pytest.raises(RoundIsOver):
        extend_round(round=open_round, closes_at=in_days(9), by=chair)
    with pytest.raises(RoundIsOver):
        take_back_round(round=open_round, why="No.", by=chair)


@pytest.mark.parametrize(
    ("what", "subject", "words"),
    [
        ("closed", "the time to answer on action 1 is over", "so the chair has closed it"),
        ("longer", "there is more time to answer on action 1", "You can answer on action 1"),
        ("taken_back", "action 1 does not need your answer any more", "It names the wrong park."),
    ],
)
def test_everybody_who_was_asked_is_told(open_round, seats, deliver, what, subject, words) -> None:
    asked = len(deliver())
    open_round.taken_back_why = "It names the wrong park."
    assert notify_of_round_change(round=open_round, what=what) == 5
    told = deliver()[asked:]
    assert [letter.subject for letter in told] == [f"Bryn: {subject}"] * 5
    assert all(words in " ".join(letter.body.split()) for letter in told)
