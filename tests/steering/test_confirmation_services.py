"""Confirming what was written down for a member: by whom, until when, and what it changes."""

from datetime import timedelta

import pytest
from django.utils import timezone

from coproduction.projects.models import PassScope
from coproduction.projects.services.passes import WrongCode, give_pass
from steering.models import Confirmation
from steering.queries.answer import answers_of_round
from steering.services.answer import give_answer
from steering.services.confirmation import (
    ConfirmedTooLate,
    NotTheirsToConfirm,
    SaidOtherwiseSince,
    confirm_answer,
    confirm_answer_by_code,
)
from steering.services.decision import record_decision
from steering.services.refusals import AnswersWait
from steering.services.round import close_round
from tests.steering.group import answer, decide_early


@pytest.fixture
def told(open_round, seats, chair, member):
    """An answer written down for Mair, who objects, as if she agreed; all others agree."""
    answer(open_round, ["object", *["agree"] * 4], chair)
    at = open_round.opened_at + timedelta(hours=2)
    return give_answer(round=open_round, seat=seats[0], answer="agree", how="room", by=chair, at=at)


def passed(told, chair):
    """Give Mair a pass for it, as her letter does."""
    return give_pass(
        project=told.round.project,
        scope=PassScope.ANSWER,
        subject=told.uuid,
        holder="Mair",
        ends_at=timezone.now() + timedelta(days=1),
        by=chair,
    )


def test_it_counts_once_the_member_confirms_it(open_round, told, member) -> None:
    assert answers_of_round(open_round).objecting == 1
    kept = confirm_answer(response=told, by=member)
    assert kept == confirm_answer(response=told, by=member)
    assert kept.means == Confirmation.Means.SIGNED_IN
    found = answers_of_round(open_round)
    assert (found.agreeing, found.objecting, found.waiting, found.written_down) == (5, 0, (), 1)


def test_what_others_heard_is_the_members_to_put_right_until_it_is_decided(
    open_round, seats, chair, member
) -> None:
    answer(open_round, ["object", *["agree"] * 4], chair)
    witness = seats[1].user
    at = open_round.opened_at + timedelta(hours=2)
    said = {"round": open_round, "seat": seats[0], "answer": "agree", "how": "room", "at": at}
    confirm_answer(response=give_answer(heard_by=witness, by=chair, **said), by=witness)
    assert answers_of_round(open_round).objecting == 0
    close_round(round=open_round, by=chair)
    later = at + timedelta(hours=1)
    give_answer(round=open_round, seat=seats[0], answer="object", by=member, at=later)
    assert answers_of_round(open_round).objecting == 1


def test_only_what_waits_delays_an_early_end(open_round, told, chair, member) -> None:
    for early in (
        lambda: close_round(round=open_round, by=chair),
        lambda: record_decision(
            round=open_round, outcome="not_taken_forward", reason={"en": "No."}, by=chair
        ),
    ):
        with pytest.raises(AnswersWait, match="1 answer that was written down"):
            early()
    confirm_answer(response=told, by=member)
    decision = record_decision(round=open_round, outcome="agreed", reason={"en": "Yes."}, by=chair)
    assert decision.written_down == [{"name": "Cai", "number": 1}]


def test_what_is_not_confirmed_by_the_end_counts_nowhere(open_round, told, chair) -> None:
    decision = decide_early(open_round, chair)
    assert (decision.written_down, decision.number_written_down) == ([], 0)
    assert answers_of_round(open_round).objecting == 1


def test_a_pass_or_the_code_in_the_letter_will_do(told, chair) -> None:
    given = passed(told, chair)
    with pytest.raises(WrongCode):
        confirm_answer_by_code(response=told, code=f"{int(given.code) ^ 1:06}", by=chair)
    kept = confirm_answer_by_code(response=told, code=given.code, by=chair)
    assert (kept.means, kept.by, kept.given_pass) == ("code", chair, given.record)


def test_a_pass_for_another_answer_will_not(open_round, told, seats, chair) -> None:
    other = give_answer(round=open_round, seat=seats[1], answer="object", by=chair)
    with pytest.raises(NotTheirsToConfirm):
        confirm_answer(response=told, by=passed(other, chair).record)


def test_nobody_else_confirms_it(told, chair, coordinator, seats) -> None:
    for nobody in (chair, coordinator, seats[1].user):
        with pytest.raises(NotTheirsToConfirm):
            confirm_answer(response=told, by=nobody)
    assert not Confirmation.objects.exists()


def test_a_newer_answer_of_hers_is_the_one_that_counts(open_round, told, seats, member) -> None:
    at = told.at + timedelta(hours=1)
    give_answer(round=open_round, seat=seats[0], answer="not_yet", by=member, at=at)
    with pytest.raises(SaidOtherwiseSince):
        confirm_answer(response=told, by=member)
    assert answers_of_round(open_round).waiting == ()


def test_nothing_is_confirmed_once_it_is_decided(open_round, told, chair, member) -> None:
    decide_early(open_round, chair)
    with pytest.raises(ConfirmedTooLate):
        confirm_answer(response=told, by=member)
