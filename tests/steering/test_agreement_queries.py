"""Where actions stand: agreed, proposed, sent back, not taken forward, committed."""

import pytest
from django.utils import timezone

from steering.queries.agreement import Agreement, is_agreed, status_of_action, statuses_of_actions
from steering.services.commitment import record_commitment
from steering.services.decision import record_decision
from tests.steering.group import agree, agree_to_review, answer, make_round, make_wording

WHY = {"en": "Because."}


def _state(wording) -> Agreement:
    return status_of_action(wording.action).state


def test_an_action_never_put_to_the_group_is_a_draft(wording) -> None:
    found = status_of_action(wording.action)
    assert found.state == Agreement.PROPOSED
    assert (found.latest, found.proposed) == (wording, wording)
    assert found.agreed is None
    assert not found.agreement.is_agreed


def test_it_follows_an_action_through_the_group(project, seats, wording, chair) -> None:
    round = make_round(wording, chair, closed=True)
    assert _state(wording) == Agreement.WITH_THE_GROUP
    record_decision(round=round, outcome="sent_back", reason=WHY, by=chair)
    assert _state(wording) == Agreement.SENT_BACK
    newer = make_wording(project, chair, action=wording.action, text="Better words.")
    assert _state(newer) == Agreement.PROPOSED
    agree(newer, chair)
    assert _state(newer) == Agreement.AGREED


def test_an_agreed_action_carries_its_decision_and_its_numbers(
    closed_round, wording, chair
) -> None:
    answer(closed_round, ["agree", "agree", "reservation", "agree", "stand_aside"], chair)
    decision = record_decision(round=closed_round, outcome="agreed", reason=WHY, by=chair)
    found = status_of_action(wording.action)
    assert found.agreement.is_agreed
    assert (found.agreed, found.decision, found.proposed) == (wording, decision, None)
    assert (found.tally.agreeing, found.tally.seats) == (4, 5)


def test_an_edit_of_an_agreed_action_is_visibly_not_agreed(project, seats, wording, chair) -> None:
    agree(wording, chair)
    newer = make_wording(project, chair, action=wording.action, text="Better words.")
    found = status_of_action(wording.action)
    assert found.state == Agreement.CHANGE_PROPOSED
    assert not found.agreement.is_agreed
    assert found.change_proposed
    assert (found.agreed, found.latest, found.proposed) == (wording, newer, newer)
    round = make_round(newer, chair, closed=True)
    assert status_of_action(wording.action).state == Agreement.CHANGE_PROPOSED
    answer(round, ["not_yet"] * 4, chair)
    record_decision(round=round, outcome="not_taken_forward", reason=WHY, by=chair)
    found = status_of_action(wording.action)
    assert found.state == Agreement.CHANGE_NOT_TAKEN
    assert found.agreed == wording
    assert found.proposed is None


def test_a_change_agreed_replaces_what_was_agreed_and_needs_a_new_commitment(
    project, seats, wording, chair
) -> None:
    today = timezone.localdate()
    agree(wording, chair)
    first = record_commitment(
        wording=wording, organisation=wording.lead, committed_on=today, by=chair
    )
    assert status_of_action(wording.action).commitment == first
    newer = make_wording(project, chair, action=wording.action, lead=wording.lead)
    assert status_of_action(wording.action).commitment == first
    agree(newer, chair)
    found = status_of_action(wording.action)
    assert (found.agreed, found.commitment) == (newer, None)


def test_what_is_looked_at_again_stays_agreed_until_the_group_says(seats, wording, chair) -> None:
    first = agree_to_review(wording, chair)
    again = make_round(wording, chair)
    found = status_of_action(wording.action)
    assert found.state == Agreement.AGREED
    assert (found.agreed, found.decision, found.is_under_review) == (wording, first, True)
    answer(again, ["agree"] * 5, chair)
    second = record_decision(round=again, outcome="agreed", reason=WHY, by=chair)
    found = status_of_action(wording.action)
    assert (found.state, found.decision) == (Agreement.AGREED, second)
    assert not found.is_under_review


@pytest.mark.parametrize(
    ("outcome", "state"),
    [("sent_back", Agreement.SENT_BACK), ("not_taken_forward", Agreement.NOT_TAKEN_FORWARD)],
)
def test_the_last_decision_on_a_wording_holds(seats, wording, chair, outcome, state) -> None:
    agree_to_review(wording, chair)
    today = timezone.localdate()
    record_commitment(wording=wording, organisation=wording.lead, committed_on=today, by=chair)
    again = make_round(wording, chair)
    answer(again, ["object"] * 5, chair)
    last = record_decision(round=again, outcome=outcome, reason=WHY, by=chair)
    found = status_of_action(wording.action)
    assert (found.state, found.agreed, found.decision) == (state, None, None)
    assert (found.last_decision, found.commitment) == (last, None)
    assert not is_agreed(wording)
    agree(wording, chair)
    assert _state(wording) == Agreement.AGREED


def test_not_taken_forward_says_why(closed_round, wording, chair) -> None:
    answer(closed_round, ["object"] * 4, chair)
    decision = record_decision(
        round=closed_round, outcome="not_taken_forward", reason=WHY, by=chair
    )
    found = status_of_action(wording.action)
    assert found.state == Agreement.NOT_TAKEN_FORWARD
    assert (found.last_decision, found.proposed) == (decision, None)
    make_round(wording, chair)
    assert _state(wording) == Agreement.WITH_THE_GROUP


def test_all_actions_of_a_project_cost_the_same_queries_however_many(
    project, seats, wording, chair, count_queries
) -> None:
    agree(wording, chair)
    with count_queries() as with_one:
        statuses_of_actions(project)
    for title in ("Bins", "Benches", "Buses"):
        agree(make_wording(project, chair, title=title, lead=wording.lead), chair)
    make_wording(project, chair, action=wording.action)
    with count_queries() as with_four:
        found = statuses_of_actions(project)
        said = [
            (each.latest.lead, list(each.latest.supporting.all()), each.action.theme.pk)
            for each in found.values()
        ]
    assert len(said) == 4
    assert [each.action.number for each in found.values()] == [1, 2, 3, 4]
    assert len(with_one) == len(with_four)
    assert len(with_four) <= 6


def test_only_the_projects_own_actions_are_in_it(
    project, wording, other_project, other_coordinator
) -> None:
    theirs = make_wording(other_project, other_coordinator)
    assert list(statuses_of_actions(project)) == [wording.action_id]
    assert list(statuses_of_actions(other_project)) == [theirs.action_id]
