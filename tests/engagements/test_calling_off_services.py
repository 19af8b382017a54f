"""An engagement with comments is called off with them: moved or withdrawn, and taken back."""

import pytest

from coproduction.projects.seen import ChangedSince
from engagements.models import BulkChange, Comment, Engagement
from engagements.services.bulk_change import NewValue
from engagements.services.bulk_undo import CameFromCancelled, undo_change_of_comments
from engagements.services.calling_off import EngagementCalledOff, call_off_with_comments
from engagements.services.engagement import (
    HasComments,
    cancel_engagement,
    plan_engagement,
    revive_engagement,
)
from engagements.services.submission import EngagementCancelled
from engagements.services.withholding import raise_concern, withdraw_comment

pytestmark = pytest.mark.django_db


@pytest.fixture
def elsewhere(project, coordinator, engagement) -> Engagement:
    """Another engagement, to move comments to."""
    return plan_engagement(
        project=project,
        title="Coffee morning",
        method=engagement.method,
        date=engagement.date,
        by=coordinator,
    )


@pytest.fixture
def said(say, coordinator, analyst) -> list[Comment]:
    """A comment in sight, one withdrawn, one that somebody is worried about."""
    found = [say("Park"), say("River"), say("Hall")]
    withdraw_comment(comment=found[1], by=coordinator)
    raise_concern(comment=found[2], by=analyst)
    return found


def test_all_that_was_said_is_moved_and_can_be_taken_back(
    said, engagement, elsewhere, coordinator
) -> None:
    to = NewValue(kind="engagement", engagement=elsewhere)
    call_off_with_comments(engagement=engagement, to=to, number=2, by=coordinator)
    assert engagement.is_cancelled
    assert set(Comment.objects.values_list("engagement", flat=True)) == {elsewhere.pk}
    bulk = BulkChange.objects.get()
    with pytest.raises(CameFromCancelled):
        undo_change_of_comments(bulk=bulk, by=coordinator)
    revive_engagement(engagement=engagement, by=coordinator)
    undo_change_of_comments(bulk=bulk, by=coordinator)
    assert set(Comment.objects.values_list("engagement", flat=True)) == {engagement.pk}


def test_all_that_was_said_is_withdrawn_and_can_be_taken_back(
    said, engagement, coordinator
) -> None:
    to = NewValue(kind="withdrawal")
    call_off_with_comments(engagement=engagement, to=to, number=2, by=coordinator)
    assert engagement.is_cancelled
    assert [each.withheld for each in Comment.objects.order_by("pk")] == [
        *("withdrawn", "withdrawn", "concern")
    ]
    bulk = BulkChange.objects.get()
    with pytest.raises(CameFromCancelled):
        undo_change_of_comments(bulk=bulk, by=coordinator)
    revive_engagement(engagement=engagement, by=coordinator)
    undo_change_of_comments(bulk=bulk, by=coordinator)
    assert [each.withheld for each in Comment.objects.order_by("pk")] == [
        *("", "withdrawn", "concern")
    ]


def test_what_came_since_the_page_was_drawn_is_not_moved_unseen(
    said, say, engagement, coordinator
) -> None:
    say("Later")
    to = NewValue(kind="withdrawal")
    with pytest.raises(ChangedSince):
        call_off_with_comments(engagement=engagement, to=to, number=2, by=coordinator)
    assert not BulkChange.objects.exists()


def test_nothing_is_done_where_it_can_not_be_moved_there(
    said, engagement, elsewhere, coordinator
) -> None:
    cancel_engagement(engagement=elsewhere, by=coordinator)
    to = NewValue(kind="engagement", engagement=elsewhere)
    with pytest.raises(EngagementCancelled):
        call_off_with_comments(engagement=engagement, to=to, number=2, by=coordinator)
    engagement.refresh_from_db()
    assert not engagement.is_cancelled


def test_without_saying_what_becomes_of_them_it_is_not_called_off(
    said, engagement, coordinator
) -> None:
    with pytest.raises(HasComments):
        cancel_engagement(engagement=engagement, by=coordinator)


def test_one_called_off_already_is_refused(elsewhere, coordinator) -> None:
    to = NewValue(kind="withdrawal")
    call_off_with_comments(engagement=elsewhere, to=to, number=0, by=coordinator)
    assert elsewhere.is_cancelled
    assert not BulkChange.objects.exists()
    with pytest.raises(EngagementCalledOff):
        call_off_with_comments(engagement=elsewhere, to=to, number=0, by=coordinator)
