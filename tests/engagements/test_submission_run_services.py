"""A paste, and a typing run, are known days later, and taken back together once."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.utils import timezone

from engagements.models import Comment, Submission
from engagements.queries.entry_run import entry_runs
from engagements.services.submission import (
    CommentDraft,
    RunUndone,
    add_submission,
    paste_lines,
    undo_run,
    undo_submissions,
)
from engagements.services.withholding import withdraw_comment

pytestmark = pytest.mark.django_db


@pytest.fixture
def paste(engagement, questions, coordinator):
    """Paste lines: ``paste("Park", "River")``."""

    def pasted(*lines: str, by=coordinator) -> list[Submission]:
        return paste_lines(engagement=engagement, question=questions["asset"], lines=lines, by=by)

    return pasted


@pytest.fixture
def type_in(engagement, questions, coordinator):
    """Type one comment."""

    def typed(text: str, by=coordinator) -> Submission:
        drafts = [CommentDraft(questions["asset"], text)]
        return add_submission(engagement=engagement, comments=drafts, by=by)

    return typed


def test_each_paste_is_a_run_and_what_one_person_types_without_a_pause(
    paste, type_in, engagement, coordinator, facilitator
) -> None:
    paste("Park", "River")
    paste("Hall")
    first = type_in("Road")
    type_in("Lane")
    type_in("Bell", by=facilitator)
    Submission.objects.update(created_at=timezone.now() - timedelta(hours=2))
    type_in("Path")
    found = [(each.channel, each.comments, each.name) for each in entry_runs(engagement, 20)]
    carys, ffion = coordinator.display_name, facilitator.display_name
    assert found == [
        ("typed", 1, carys),
        ("typed", 1, ffion),
        ("typed", 2, carys),
        ("pasted", 1, carys),
        ("pasted", 2, carys),
    ]
    assert first.run is not None


def test_a_run_is_taken_back_days_later_and_once(paste, engagement, coordinator) -> None:
    kept = paste("Park", "River", "Hall")
    paste("Bell")
    Submission.objects.update(created_at=timezone.now() - timedelta(days=20))
    undo_submissions(submissions=kept[:1], by=coordinator)
    withdraw_comment(comment=kept[1].comments.get(), by=coordinator)
    assert undo_run(engagement=engagement, run=kept[0].run, by=coordinator) == 2
    assert [each.text for each in Comment.objects.visible()] == ["Bell"]
    assert Comment.objects.withdrawn().count() == 1
    with pytest.raises(RunUndone):
        undo_run(engagement=engagement, run=kept[0].run, by=coordinator)
    assert [each.standing for each in entry_runs(engagement, 20)] == [1, 0]


def test_what_is_sent_twice_keeps_the_run_it_came_in_with(
    engagement, questions, coordinator
) -> None:

    drafts = [CommentDraft(questions["asset"], "Park")]
    sent = {"engagement": engagement, "comments": drafts, "by": coordinator}
    first = add_submission(client_id=UUID(int=1), **sent)
    again = add_submission(client_id=UUID(int=1), **sent)
    assert first == again
    assert len(entry_runs(engagement, 20)) == 1
