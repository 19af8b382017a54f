"""Letting in and setting aside, in bulk: counted exactly, undone days later, never unseen."""

from datetime import timedelta

import pytest
from django.utils import timezone

from coproduction.projects.access import CAPABILITIES
from coproduction.projects.models import AuditEntry
from coproduction.projects.seen import ChangedSince
from engagements.models import Comment, Hold, HoldDecision, Submission, Survey
from engagements.queries.counts import listening_totals
from engagements.services.hold import Origin
from engagements.services.hold_decision import (
    DecidedMeanwhile,
    HoldsShown,
    decide_holds,
    undo_hold_decision,
)
from engagements.services.submission import undo_submissions
from engagements.services.survey import answer_survey, open_survey
from engagements.services.withholding import raise_concern, withdraw_comment

pytestmark = pytest.mark.django_db


@pytest.fixture
def survey(project, engagement, coordinator) -> Survey:
    """A survey that is open."""
    return open_survey(
        project=project,
        engagement=engagement,
        slug="have-your-say",
        title={"en": "Have your say"},
        by=coordinator,
    )


@pytest.fixture
def held(survey) -> list[Submission]:
    """Six answers on hold, of two networks."""
    return [answer(survey, number) for number in range(6)]


def answer(survey: Survey, number: int) -> Submission:
    """Answer a survey from one of two crowded networks."""
    return answer_survey(
        survey=survey,
        answers={"need": f"Bus {number}"},
        language="en",
        origin=Origin(f"place {number % 2}", is_crowded=True),
    )


def drawn(project, **about) -> HoldsShown:
    """Return what a page shows now."""
    aside = about.get("were_aside", False)
    rows = Hold.objects.of(project).order_by("-pk")
    rows = rows.set_aside() if aside else rows.waiting()
    if group := about.get("group"):
        rows = rows.filter(group=group)
    newest = HoldDecision.objects.order_by("-pk").first()
    ticked = about.get("ticked", ())
    return HoldsShown(
        number=len(ticked) or rows.count(),
        last_hold=rows[0].pk if rows else 0,
        last_decision=newest.pk if newest else 0,
        **about,
    )


def let_in(project, shown, by):
    return decide_holds(project=project, shown=shown, outcome="let_in", by=by)


def set_aside(project, shown, by):
    return decide_holds(project=project, shown=shown, outcome="set_aside", by=by)


def on_hold() -> int:
    """Count the answers on hold; every way to count them gives the same."""
    comments = Comment.objects.on_hold().count()
    assert Submission.objects.filter(on_hold=True).count() == comments
    return comments


def test_all_are_let_in_and_counted(held, project, coordinator) -> None:
    decided = let_in(project, drawn(project), coordinator)
    assert (decided.decision.answers, decided.overtaken, on_hold()) == (6, 0, 0)
    assert listening_totals(project).comments == 6
    entry = AuditEntry.objects.get(verb="engagements.answers_let_in")
    assert (entry.now, entry.subject_id) == ({"answers": 6}, str(decided.decision.uuid))


def test_a_group_or_those_ticked_are_set_aside_and_nothing_is_deleted(
    held, project, coordinator
) -> None:
    group = held[0].hold.group
    set_aside(project, drawn(project, group=group), coordinator)
    ticked = [held[1].hold.uuid]
    set_aside(project, drawn(project, ticked=ticked), coordinator)
    aside = Hold.objects.of(project).set_aside()
    assert {hold.submission for hold in aside} == {held[0], held[1], held[2], held[4]}
    assert on_hold() == 6
    assert Comment.objects.count() == 6
    assert listening_totals(project).comments == 0


def test_what_was_set_aside_can_be_let_in_later(held, project, coordinator) -> None:
    set_aside(project, drawn(project), coordinator)
    let_in(project, drawn(project, were_aside=True), coordinator)
    assert on_hold() == 0


@pytest.mark.parametrize("outcome", ["let_in", "set_aside"])
def test_a_decision_is_undone_days_later_and_once(
    held, project, coordinator, analyst, outcome
) -> None:
    shown = drawn(project, group=held[0].hold.group)
    decision = decide_holds(project=project, shown=shown, outcome=outcome, by=coordinator).decision
    HoldDecision.objects.update(at=timezone.now() - timedelta(days=40))
    other = let_in(project, drawn(project), coordinator).decision
    assert undo_hold_decision(decision=decision, by=coordinator) == 3
    assert undo_hold_decision(decision=decision, by=coordinator) == 0
    assert on_hold() == Hold.objects.waiting().count() == 3
    assert other.holds.count() == 3
    assert AuditEntry.objects.filter(verb="engagements.hold_decision_undone").count() == 1


def test_undoing_leaves_what_was_decided_since(held, project, coordinator) -> None:
    aside = set_aside(project, drawn(project), coordinator).decision
    ticked = [held[0].hold.uuid]
    let_in(project, drawn(project, ticked=ticked, were_aside=True), coordinator)
    assert undo_hold_decision(decision=aside, by=coordinator) == 5
    assert listening_totals(project).comments == 1


def test_what_somebody_else_decided_meanwhile_stays_and_is_said(
    held, project, coordinator, other_coordinator
) -> None:
    mine = drawn(project)
    theirs = drawn(project, ticked=[held[0].hold.uuid, held[1].hold.uuid])
    set_aside(project, theirs, other_coordinator)
    decided = let_in(project, mine, coordinator)
    assert (decided.decision.answers, decided.overtaken) == (4, 2)
    assert decided.others == (other_coordinator.display_name,)
    assert Hold.objects.set_aside().count() == 2


def test_where_somebody_else_decided_about_all_nothing_is_done(
    held, project, coordinator, other_coordinator
) -> None:
    mine = drawn(project, ticked=[held[0].hold.uuid])
    set_aside(project, drawn(project), other_coordinator)
    with pytest.raises(DecidedMeanwhile):
        let_in(project, mine, coordinator)
    assert on_hold() == 6


def test_what_came_since_the_page_was_drawn_is_not_decided_unseen(
    held, survey, project, coordinator
) -> None:
    mine = drawn(project)
    later = answer(survey, 8)
    let_in(project, mine, coordinator)
    later.refresh_from_db()
    assert later.on_hold


def test_what_was_undone_since_the_page_was_drawn_is_not_decided_unseen(
    held, project, coordinator
) -> None:
    group = held[0].hold.group
    decision = set_aside(project, drawn(project, group=group), coordinator).decision
    mine = drawn(project)
    undo_hold_decision(decision=decision, by=coordinator)
    with pytest.raises(ChangedSince):
        let_in(project, mine, coordinator)
    assert on_hold() == 6


def test_another_projects_answers_stay_as_they_are(
    held, project, other_project, other_coordinator
) -> None:
    shown = drawn(project)
    with pytest.raises(DecidedMeanwhile):
        let_in(other_project, shown, other_coordinator)
    assert on_hold() == 6


def test_letting_in_shows_nothing_that_something_else_hides(held, project, coordinator) -> None:
    withdrawn, worrying, undone = (each.comments.get() for each in held[:3])
    withdraw_comment(comment=withdrawn, by=None)
    raise_concern(comment=worrying, by=coordinator)
    undo_submissions(submissions=[undone.submission], by=coordinator)
    decision = let_in(project, drawn(project), coordinator).decision
    for comment in (withdrawn, worrying, undone):
        comment.refresh_from_db()
    assert [withdrawn.withheld, worrying.withheld, undone.withheld] == [
        *("withdrawn", "concern", "undone")
    ]
    assert listening_totals(project).comments == 3
    undo_hold_decision(decision=decision, by=coordinator)
    for comment in (withdrawn, worrying, undone):
        comment.refresh_from_db()
    assert [withdrawn.withheld, worrying.withheld, undone.withheld] == [
        *("withdrawn", "concern", "undone")
    ]
    assert listening_totals(project).comments == 0


def test_another_word_for_what_becomes_of_it_is_an_error(held, project, coordinator) -> None:
    with pytest.raises(ValueError, match="deleted"):
        decide_holds(project=project, shown=drawn(project), outcome="deleted", by=coordinator)


def test_only_co_ordinators_open_the_desk() -> None:
    assert CAPABILITIES["comments.withhold"] == {"coordinator"}
