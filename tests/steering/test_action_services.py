"""Withdrawing an action: before the group was asked about it, and never after."""

import pytest

from steering.queries.agreement import Agreement, agreements_of, status_of_action
from steering.queries.round import candidates
from steering.services.action import GroupWasAsked, withdraw_action
from steering.services.round import open_rounds, take_back_round
from tests.steering.group import in_days
from tests.workshops.material import make_action, make_theme, promise_of
from workshops.queries.action import newest_wordings, withdrawn_wordings
from workshops.queries.counts import workshop_totals
from workshops.services.action import (
    ActionWithdrawn,
    move_action,
    reword_action,
    translate_wording,
)
from workshops.services.evidence import cite_evidence


def test_an_action_made_by_mistake_is_withdrawn_and_its_number_stays_used(
    project, seats, facilitator
) -> None:
    action = make_action(project)
    withdraw_action(action=action, why=" Written twice. ", by=facilitator)
    action.refresh_from_db()
    assert action.withdrawn_why == "Written twice."
    assert make_action(project).number == action.number + 1
    assert [each.action.number for each in newest_wordings(project)] == [action.number + 1]
    assert [each.action for each in withdrawn_wordings(project)] == [action]
    assert workshop_totals(project).actions == 1
    assert status_of_action(action).state == Agreement.WITHDRAWN
    assert str(action.uuid) not in agreements_of(project)
    assert [each.action.number for each in candidates(project).never_asked] == [action.number + 1]


def test_nothing_more_is_done_to_a_withdrawn_action(
    project, seats, facilitator, chair, comment
) -> None:
    action = make_action(project, text={"en": "New swings."})
    wording = action.wordings.get()
    withdraw_action(action=action, why="Written twice.", by=facilitator)
    refused = 0
    for change in (
        lambda: withdraw_action(action=action, why="Again.", by=facilitator),
        lambda: reword_action(
            action=action, by=facilitator, **promise_of(action, timescale="ongoing")
        ),
        lambda: translate_wording(wording=wording, text={"cy": "Siglenni."}, by=facilitator),
        lambda: move_action(
            action=action, theme=make_theme(project, "Roads"), workshop=None, by=facilitator
        ),
        lambda: cite_evidence(action=action, comments=[comment], by=facilitator),
        lambda: open_rounds(wordings=[wording], closes_at=in_days(7), by=chair),
    ):
        with pytest.raises(ActionWithdrawn):
            change()
        refused += 1
    assert refused == 6
    assert action.wordings.get().text.text("cy") == ""


def test_what_the_group_was_asked_is_not_withdrawn_even_if_it_was_taken_back(
    project, seats, wording, facilitator, chair
) -> None:
    (round,) = open_rounds(wordings=[wording], closes_at=in_days(7), by=chair)
    with pytest.raises(GroupWasAsked):
        withdraw_action(action=wording.action, why="Wrong.", by=facilitator)
    take_back_round(round=round, why="Wrong date.", by=chair)
    with pytest.raises(GroupWasAsked):
        withdraw_action(action=wording.action, why="Wrong.", by=facilitator)
    wording.action.refresh_from_db()
    assert wording.action.withdrawn_at is None
