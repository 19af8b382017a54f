"""Counts of the group's work are the same wherever they are asked for."""

from datetime import timedelta

import pytest
from django.utils import timezone

from overview.queries.next_steps import stages
from plan.queries.freezing import snapshot_of
from steering.queries.agreement import agreements_of, status_of_action, statuses_of_actions
from steering.queries.counts import count_actions, steering_totals
from steering.queries.group import group_of
from steering.queries.round import candidates, count_candidates
from steering.services.commitment import record_commitment
from steering.services.decision import record_decision
from steering.services.meeting import call_meeting
from steering.services.seat import end_seat
from tests.steering.group import (
    agree,
    agree_to_review,
    answer,
    make_lead,
    make_round,
    make_wording,
)

WHY = {"en": "Because."}


@pytest.fixture
def busy(project, seats, chair) -> None:
    """Actions in every state, among them one agreed twice and one no longer agreed."""
    lead, today = make_lead(project, chair, "Bus Users"), timezone.localdate()

    def write(title: str):
        return make_wording(project, chair, title=title, lead=lead)

    write("Never asked")
    make_round(write("With the group"), chair)
    for title, outcome in (("Sent back", "sent_back"), ("Refused", "not_taken_forward")):
        round = make_round(write(title), chair, closed=True)
        answer(round, ["not_yet"] * 4, chair)
        record_decision(round=round, outcome=outcome, reason=WHY, by=chair)
    agreed = write("Agreed and committed")
    agree(agreed, chair)
    record_commitment(wording=agreed, organisation=lead, committed_on=today, by=chair)
    twice = write("Agreed twice")
    agree_to_review(twice, chair)
    agree(twice, chair)
    agree_to_review(write("Due for review"), chair)
    undone = write("Agreed no longer")
    agree_to_review(undone, chair)
    again = make_round(undone, chair)
    answer(again, ["object"] * 5, chair)
    record_decision(round=again, outcome="sent_back", reason=WHY, by=chair)
    for title, outcome in (("Change proposed", ""), ("Change refused", "not_taken_forward")):
        first = write(title)
        agree(first, chair)
        newer = make_wording(project, chair, action=first.action, lead=lead)
        if outcome:
            round = make_round(newer, chair, closed=True)
            answer(round, ["not_yet"] * 4, chair)
            record_decision(round=round, outcome=outcome, reason=WHY, by=chair)
    call_meeting(project=project, date=today - timedelta(days=7), by=chair)
    call_meeting(project=project, date=today, by=chair)
    call_meeting(project=project, date=today + timedelta(days=7), by=chair)
    end_seat(seat=seats[-1], left_on=today, by=chair)


def test_page_plan_and_overview_count_the_same(project, busy) -> None:
    found = steering_totals(project)
    actions = count_actions(statuses_of_actions(project).values())
    assert found == (4, 2, 1, 5)
    assert actions == (5, 1, 1)
    figures = snapshot_of(project).figures
    assert figures.actions == found.agreed == actions.agreed
    assert figures.committed == actions.committed
    assert figures.not_taken_forward == actions.not_taken_forward
    assert figures.seats == found.seats == group_of(project).size
    assert figures.meetings == found.meetings
    (steering,) = [
        stage for stage in stages(project, frozenset(["chair"])) if stage.app == "steering"
    ]
    assert list(steering.figures.values()) == [found.seats, found.meetings, found.agreed]


def test_what_is_asked_with_one_query_and_with_six_is_the_same(project, busy) -> None:
    light, full = agreements_of(project), statuses_of_actions(project)
    assert light == {str(each.action.uuid): each.agreement for each in full.values()}
    assert {each.state for each in full.values()} == {each.state for each in light.values()}
    assert len({each.state for each in full.values()}) == 7
    alone = {pk: status_of_action(each.action) for pk, each in full.items()}
    assert alone == full
    for each in full.values():
        assert (each.agreed and each.agreed.number) == each.agreement.agreed
        assert (each.decision is None) == (each.agreed is None)
    offered = candidates(project)
    assert count_candidates(project) == (len(offered.never_asked), len(offered.due_for_review))
    assert (len(offered.never_asked), len(offered.due_for_review)) == (2, 1)
