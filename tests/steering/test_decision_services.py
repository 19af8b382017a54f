"""Decisions: what the answers support, who was first, and why."""

import threading
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from coproduction.projects.models import AuditEntry
from coproduction.projects.trail.verification import verify
from steering.models import Decision
from steering.queries.answer import answers_of_round
from steering.services.decision import (
    AnswersDoNotSupport,
    DecidedAlready,
    DecidedBeforeAsked,
    NoQuorum,
    ReasonMissing,
    ReviewTooSoon,
    StillOpen,
    record_decision,
    translate_reason,
)
from steering.services.refusals import InTheFuture
from steering.services.round import open_rounds
from tests.steering.group import (
    answer,
    in_days,
    make_round,
    make_seats,
    make_wording,
    set_quorum,
)

WHY = {"en": "It helps every child.", "cy": "Mae'n helpu pob plentyn."}
YES, BUT, NOT_YET, NO, ASIDE = "agree", "reservation", "not_yet", "object", "stand_aside"


def test_a_decision_is_kept_with_its_reason_in_both_languages(project, closed_round, chair) -> None:
    answer(closed_round, [YES] * 4, chair)
    review = timezone.localdate() + timedelta(days=90)
    decision = record_decision(
        round=closed_round, outcome="agreed", reason=WHY, review_on=review, by=chair
    )
    assert decision.reason.text("cy") == WHY["cy"]
    assert decision.review_on == review
    entry = AuditEntry.objects.get(project=project, verb="steering.decision_recorded")
    assert (entry.now["agreeing"], entry.now["seats"]) == (4, 5)
    assert verify(project).fault is None


@pytest.mark.parametrize(
    "case",
    [
        ("consent", [YES, YES, YES, YES], True),
        ("consent", [YES, BUT, YES, NOT_YET, NOT_YET], True),
        ("consent", [YES, BUT, NOT_YET, NOT_YET], False),
        ("consent", [YES, YES, YES, YES, NO], False),
        ("consent", [NOT_YET] * 4, False),
        ("consensus", [YES, BUT, BUT, YES], True),
        ("consensus", [YES, YES, YES, NOT_YET], False),
        ("consensus", [YES, YES, YES, NO], False),
        ("majority", [YES, YES, BUT, NO, NO], True),
        ("majority", [YES, YES, NOT_YET, NO], False),
        ("majority", [YES, YES, YES, NO, ASIDE], True),
    ],
    ids=lambda case: f"{case[0]}: {' '.join(case[1])}",
)
def test_the_way_of_deciding_says_what_the_answers_support(
    project, seats, wording, chair, case
) -> None:
    method, answers, supported = case
    set_quorum(project, chair, 4, method)
    round = make_round(wording, chair, closed=True)
    answer(round, answers, chair)
    assert answers_of_round(round).supports_agreement is supported
    if supported:
        assert record_decision(round=round, outcome="agreed", reason=WHY, by=chair).pk
        return
    with pytest.raises(AnswersDoNotSupport):
        record_decision(round=round, outcome="agreed", reason=WHY, by=chair)
    assert not Decision.objects.exists()
    assert record_decision(round=round, outcome="sent_back", reason=WHY, by=chair).pk


def test_nothing_is_agreed_without_a_quorum(closed_round, chair) -> None:
    answer(closed_round, [YES] * 3, chair)
    with pytest.raises(NoQuorum):
        record_decision(round=closed_round, outcome="agreed", reason=WHY, by=chair)


def test_nothing_is_turned_down_without_a_quorum(closed_round, chair) -> None:
    answer(closed_round, [NO] * 3, chair)
    with pytest.raises(NoQuorum):
        record_decision(round=closed_round, outcome="not_taken_forward", reason=WHY, by=chair)
    assert record_decision(round=closed_round, outcome="sent_back", reason=WHY, by=chair).pk


def test_those_standing_aside_have_answered_but_are_not_in_the_quorum(closed_round, chair) -> None:
    answer(closed_round, [YES, YES, YES, ASIDE, ASIDE], chair)
    numbers = answers_of_round(closed_round)
    assert (numbers.answered, numbers.deciding, numbers.agreeing) == (5, 3, 3)
    assert numbers.everyone_answered
    with pytest.raises(NoQuorum):
        record_decision(round=closed_round, outcome="agreed", reason=WHY, by=chair)


def test_the_last_answer_counts(closed_round, chair) -> None:
    answer(closed_round, [NO, YES, YES, YES], chair)
    assert not answers_of_round(closed_round).supports_agreement
    answer(closed_round, [BUT], chair)
    assert answers_of_round(closed_round).supports_agreement
    assert answers_of_round(closed_round).counts == {
        "agree": 3, "reservation": 1, "not_yet": 0, "object": 0, "stand_aside": 0,
    }  # fmt: skip


def test_the_tally_names_who_is_missing(closed_round, seats, chair) -> None:
    answer(closed_round, [YES] * 3, chair)
    assert list(answers_of_round(closed_round).missing) == seats[3:]


def test_later_terms_do_not_change_a_round(project, closed_round, chair) -> None:
    answer(closed_round, [YES, YES, YES, NOT_YET], chair)
    set_quorum(project, chair, 5, "consensus")
    assert record_decision(round=closed_round, outcome="agreed", reason=WHY, by=chair).pk


@pytest.mark.parametrize("outcome", ["agreed", "sent_back", "not_taken_forward"])
def test_nothing_is_decided_while_members_can_still_answer(open_round, chair, outcome) -> None:
    answer(open_round, [YES] * 4, chair)
    with pytest.raises(StillOpen):
        record_decision(round=open_round, outcome=outcome, reason=WHY, by=chair)


def test_an_open_round_is_decided_once_everyone_has_answered(open_round, chair) -> None:
    answer(open_round, [YES] * 5, chair)
    assert record_decision(round=open_round, outcome="agreed", reason=WHY, by=chair).pk


def test_a_replaced_wording_goes_back_at_once_so_that_the_newer_can_be_put(
    project, open_round, wording, chair
) -> None:
    newer = make_wording(project, chair, action=wording.action, text="Mend them twice.")
    with pytest.raises(StillOpen):
        record_decision(round=open_round, outcome="not_taken_forward", reason=WHY, by=chair)
    record_decision(round=open_round, outcome="sent_back", reason=WHY, by=chair)
    assert make_round(newer, chair).wording == newer


@pytest.mark.parametrize("outcome", ["agreed", "sent_back", "not_taken_forward"])
def test_every_decision_says_why(closed_round, chair, outcome) -> None:
    answer(closed_round, [YES] * 4, chair)
    with pytest.raises(ReasonMissing):
        record_decision(round=closed_round, outcome=outcome, reason={"en": " ", "cy": ""}, by=chair)
    assert not Decision.objects.exists()


def test_a_decision_has_a_day_that_can_be_right(closed_round, chair) -> None:
    answer(closed_round, [YES] * 4, chair)
    today = timezone.localdate()
    for days, refusal in ((1, InTheFuture), (-30, DecidedBeforeAsked)):
        with pytest.raises(refusal):
            record_decision(
                round=closed_round,
                outcome="agreed",
                reason=WHY,
                decided_on=today + timedelta(days=days),
                by=chair,
            )
    with pytest.raises(ReviewTooSoon):
        record_decision(round=closed_round, outcome="agreed", reason=WHY, review_on=today, by=chair)


def test_a_second_decision_is_refused_in_plain_words(closed_round, chair) -> None:
    answer(closed_round, [YES] * 4, chair)
    record_decision(round=closed_round, outcome="agreed", reason=WHY, by=chair)
    with pytest.raises(DecidedAlready) as refused:
        record_decision(round=closed_round, outcome="sent_back", reason=WHY, by=chair)
    assert str(refused.value).startswith("A decision on this has been recorded already.")
    with pytest.raises(IntegrityError), transaction.atomic():
        Decision.objects.create(
            project=closed_round.project, round=closed_round, outcome="agreed", by=chair
        )


@pytest.mark.django_db(transaction=True)
def test_of_two_decisions_at_once_exactly_one_wins(project, closed_round, chair) -> None:
    answer(closed_round, [YES] * 4, chair)
    results: list[str] = []
    together = threading.Barrier(4)

    def record(outcome: str) -> None:
        together.wait(timeout=20)
        try:
            record_decision(round=closed_round, outcome=outcome, reason=WHY, by=chair)
            results.append("won")
        except DecidedAlready:
            results.append("told so")
        finally:
            connection.close()

    outcomes = ["agreed", "sent_back", "not_taken_forward", "agreed"]
    threads = [threading.Thread(target=record, args=(outcome,)) for outcome in outcomes]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    print(f"{connection.vendor}: {results.count('won')} won, {results.count('told so')} told so")
    assert sorted(results) == ["told so"] * 3 + ["won"]
    assert Decision.objects.filter(round=closed_round).count() == 1
    assert AuditEntry.objects.filter(verb="steering.decision_recorded").count() == 1
    assert verify(project).fault is None


def test_a_reasons_translation_can_follow(closed_round, chair) -> None:
    answer(closed_round, [NOT_YET] * 4, chair)
    decision = record_decision(
        round=closed_round, outcome="not_taken_forward", reason={"en": "No money."}, by=chair
    )
    assert decision.reason.missing(["en", "cy"]) == ["cy"]
    translate_reason(decision=decision, text={"en": "Changed", "cy": "Dim arian."}, by=chair)
    decision.refresh_from_db()
    assert decision.reason.text("cy") == "Dim arian."
    assert decision.reason.text("en") == "No money."


def test_a_decision_of_the_past_is_recorded_as_it_was(project, chair, wording) -> None:
    make_seats(project, chair, 12)
    round = open_rounds(
        wordings=[wording], opened_at=in_days(-200), closes_at=in_days(-193), by=chair
    )[0]
    answer(round, [YES] * 11 + [BUT], chair)
    day = timezone.localdate() - timedelta(days=192)
    decision = record_decision(round=round, outcome="agreed", reason=WHY, decided_on=day, by=chair)
    assert decision.decided_on == day
