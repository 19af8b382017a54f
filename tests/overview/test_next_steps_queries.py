"""Where each stage stands, and which step comes next."""

import pytest

from coproduction.projects.access import CAPABILITIES
from coproduction.projects.models import Project, Role, User
from overview.queries.next_steps import Stage, Step, next_step, stages
from steering.services.decision import record_decision
from tests.steering.group import (
    agree_to_review,
    answer,
    make_round,
    make_seats,
    make_wording,
    set_quorum,
)

pytestmark = pytest.mark.django_db


def stage(name: str, capability: str, *, waits: bool, begun: bool = True) -> Stage:
    """Make a stage by hand."""
    return Stage("engagements", {"things": int(begun)}, Step(name, capability, waits=waits))


def test_what_waits_comes_before_what_only_could_be_done() -> None:
    states = [
        stage("listen", "engagements.log", waits=False),
        stage("theme", "themes.code", waits=True),
        stage("steer", "rounds.record", waits=True),
        stage("plan", "plan.view", waits=False),
    ]
    found = {
        role: next_step(states, frozenset({role})) for role in ("analyst", "chair", "editor")
    } | {"facilitator": next_step(states, frozenset({"facilitator"}))}
    assert {role: step.name if step else "" for role, step in found.items()} == {
        "analyst": "theme",
        "chair": "steer",
        "editor": "plan",
        "facilitator": "listen",
    }


def test_a_stage_not_begun_waits_for_the_one_that_has() -> None:
    states = [
        stage("listen", "engagements.log", waits=False),
        stage("design", "workshops.run", waits=True, begun=False),
    ]
    step = next_step(states, frozenset({"facilitator"}))
    assert step is not None
    assert step.name == "listen"


def test_each_stage_is_shown_to_those_who_may_open_it(project: Project) -> None:
    seen = 0
    for role in Role.values:
        shown = {each.app for each in stages(project, frozenset({role}))}
        may = {
            stage
            for stage in ("engagements", "themes", "workshops", "steering", "plan")
            if role in CAPABILITIES[f"{stage}.view"]
        }
        assert shown == may, role
        seen += 1
    assert seen == len(Role.values)


def test_the_overview_counts_actions_agreed_now(project: Project, chair: User) -> None:
    def agreed() -> int:
        (found,) = [
            each for each in stages(project, frozenset({"chair"})) if each.app == "steering"
        ]
        return found.figures["actions_agreed"]

    make_seats(project, chair, 3)
    set_quorum(project, chair, 2)
    wording = make_wording(project, chair)
    agree_to_review(wording, chair)
    assert agreed() == 1
    round = make_round(wording, chair)
    answer(round, ["not_yet"] * 3, chair)
    record_decision(round=round, outcome="sent_back", reason={"en": "Not now."}, by=chair)
    assert agreed() == 0
