"""Planning, logging and calling off engagements; the questions asked."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from coproduction.projects.models import AuditEntry
from coproduction.projects.trail.verification import verify
from engagements.imports.columns import Columns
from engagements.models import Comment, Engagement, Method
from engagements.queries.counts import comments_by_question, engagements_held, listening_totals
from engagements.services.engagement import (
    HasComments,
    ImportUnderWay,
    NotYetHeld,
    cancel_engagement,
    change_engagement,
    log_engagement,
    plan_engagement,
    revive_engagement,
)
from engagements.services.import_batch import map_import, undo_import
from engagements.services.submission import CommentDraft, EngagementCancelled, add_submission


def plan(project, by, **more) -> Engagement:
    """Plan a drop-in for tomorrow."""
    tomorrow = timezone.localdate() + timedelta(days=1)
    return plan_engagement(
        **{"title": "Drop-in", "method": Method.DROP_IN, "date": tomorrow, **more},
        project=project,
        by=by,
    )


def test_a_planned_engagement_counts_nowhere_until_it_is_logged(project, coordinator) -> None:
    engagement = plan(project, coordinator)
    assert engagement.is_planned
    assert listening_totals(project).engagements == 0
    today = timezone.localdate()
    log_engagement(engagement=engagement, people_heard=31, date=today, by=coordinator)
    assert listening_totals(project).engagements == 1
    assert listening_totals(project).people_heard == 31
    assert list(engagements_held(project)) == [engagement]


def test_logging_again_corrects_the_number(project, coordinator, engagement) -> None:
    log_engagement(engagement=engagement, people_heard=41, date=engagement.date, by=coordinator)
    assert listening_totals(project).people_heard == 41
    entry = AuditEntry.objects.filter(verb="engagements.engagement_logged").get()
    assert (entry.was["people_heard"], entry.now["people_heard"]) == (40, 41)


def test_nothing_is_held_on_a_day_to_come(project, coordinator) -> None:
    tomorrow = timezone.localdate() + timedelta(days=1)
    with pytest.raises(NotYetHeld):
        plan(project, coordinator, status=Engagement.Status.HELD)
    engagement = plan(project, coordinator)
    with pytest.raises(NotYetHeld):
        log_engagement(engagement=engagement, people_heard=1, date=tomorrow, by=coordinator)
    engagement.refresh_from_db()
    assert engagement.is_planned


def test_a_method_that_is_none_is_refused(project, coordinator) -> None:
    with pytest.raises(ValidationError):
        plan(project, coordinator, method="telepathy")
    assert not Engagement.objects.exists()


def test_a_change_leaves_the_people_heard(engagement, coordinator) -> None:
    change_engagement(
        engagement=engagement,
        title="Summer fun day",
        method=Method.EVENT,
        date=date(2024, 5, 5),
        by=coordinator,
    )
    engagement.refresh_from_db()
    assert (engagement.title, engagement.people_heard) == ("Summer fun day", 40)


def test_an_engagement_called_off_can_be_put_back(project, coordinator) -> None:
    engagement = plan(project, coordinator)
    cancel_engagement(engagement=engagement, by=coordinator)
    assert engagement.is_cancelled
    assert not engagements_held(project)
    revive_engagement(engagement=engagement, by=coordinator)
    assert engagement.is_planned


def test_an_engagement_people_spoke_at_cannot_be_called_off(engagement, coordinator, say) -> None:
    say("We have the park")
    with pytest.raises(HasComments):
        cancel_engagement(engagement=engagement, by=coordinator)
    engagement.refresh_from_db()
    assert engagement.is_held


def test_comments_are_counted_by_question(project, say) -> None:
    say("Park", kind="asset")
    say("Bus", kind="need")
    say("Bins", kind="need")
    counts = {question.kind: number for question, number in comments_by_question(project)}
    assert counts == {"asset": 1, "need": 2, "change": 0, "none": 0}


def test_every_change_is_in_the_trail(project, coordinator, engagement, say) -> None:
    say("Park")
    change_engagement(
        engagement=engagement,
        title="Fair",
        method=Method.EVENT,
        date=engagement.date,
        by=coordinator,
    )
    verbs = list(AuditEntry.objects.filter(project=project).values_list("verb", flat=True))
    assert verbs[-4:] == [
        "engagements.engagement_planned",
        "engagements.questions_set",
        "engagements.submissions_added",
        "engagements.engagement_changed",
    ]
    assert verify(project).fault is None


@pytest.mark.parametrize("mapped", [False, True])
def test_an_engagement_with_a_file_under_way_is_not_called_off(
    mapped, engagement, take_in, coordinator
) -> None:
    batch = take_in("text\nA park\n")
    if mapped:
        map_import(batch=batch, columns=Columns(texts=(("text", ""),)), by=coordinator)
    with pytest.raises(ImportUnderWay):
        cancel_engagement(engagement=engagement, by=coordinator)
    undo_import(batch=batch, by=coordinator)
    assert cancel_engagement(engagement=engagement, by=coordinator).is_cancelled


def test_nobody_speaks_at_an_engagement_called_off_meanwhile(
    engagement, questions, coordinator
) -> None:
    stale = Engagement.objects.get(pk=engagement.pk)
    cancel_engagement(engagement=engagement, by=coordinator)
    with pytest.raises(EngagementCancelled):
        add_submission(
            engagement=stale, comments=[CommentDraft(questions["need"], "A bus")], by=coordinator
        )
    assert not Comment.objects.exists()


def test_a_log_says_what_it_took_and_a_later_one_without_it_leaves_that(
    engagement, coordinator
) -> None:
    about = {"engagement": engagement, "date": engagement.date, "by": coordinator}
    took = {"helpers": 3, "hours": Decimal("7.25"), "costs": Decimal("41.2")}
    log_engagement(people_heard=41, **took, **about)
    log_engagement(people_heard=42, **about)
    engagement.refresh_from_db()
    assert (engagement.helpers, engagement.helper_minutes, engagement.cost_pence) == (3, 435, 4120)
    entry = AuditEntry.objects.filter(verb="engagements.engagement_logged").last()
    assert entry.now["minutes"] == 435
    log_engagement(people_heard=42, helpers=None, hours=None, costs=None, **about)
    engagement.refresh_from_db()
    assert (engagement.helpers, engagement.hours, engagement.costs) == (None, None, None)
