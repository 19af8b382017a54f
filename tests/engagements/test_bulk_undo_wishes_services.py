"""What a speaker wishes, or what leads to a person, outlives the undoing of a change to many."""

from typing import Any

import pytest

from engagements.models import BulkChange, Comment, Submission, Withheld
from engagements.services.bulk_change import NewValue, change_comments
from engagements.services.bulk_undo import undo_change_of_comments
from engagements.services.engagement import plan_engagement
from engagements.services.withholding import own_to_withdraw, redact_comment, withdraw_comment
from tests.engagements.test_bulk_change_services import drawn, read
from tests.engagements.test_bulk_undo_services import correct

pytestmark = pytest.mark.django_db


def change(comments: list[Comment], by: Any, **to: Any) -> BulkChange:
    """Change some comments together."""
    project = comments[0].project
    shown = drawn(project, comments)
    return change_comments(project=project, shown=shown, to=NewValue(**to), by=by)


@pytest.mark.parametrize("by", ["the team", "the code"])
def test_who_asks_to_be_withdrawn_stays_so_when_the_many_come_back(
    say: Any,
    coordinator: Any,
    by: str,
) -> None:
    said = [say(text) for text in ("Park", "River")]
    bulk = change(said, coordinator, kind="withdrawal")
    first = read(said[0])
    # Whoever has the code is still asked: the team's change may be undone.
    assert list(own_to_withdraw(first.submission)) == [first]
    withdraw_comment(comment=first, by=coordinator if by == "the team" else None)
    assert not own_to_withdraw(first.submission).exists()
    undo_change_of_comments(bulk=bulk, by=coordinator)
    assert [read(each).withheld for each in said] == [Withheld.WITHDRAWN, ""]


def test_a_no_of_ones_own_stays_when_consent_comes_back_to_the_many(
    say: Any,
    coordinator: Any,
) -> None:
    said = [say(text, quote_consent=True) for text in ("Park", "River")]
    bulk = change(said, coordinator, kind="consent", consent=False)
    correct(read(said[0]), coordinator, quote_consent=False)
    undo_change_of_comments(bulk=bulk, by=coordinator)
    assert [read(each).quote_consent for each in said] == [False, True]


def test_a_translation_does_not_come_back_once_something_was_taken_out(
    say: Any,
    coordinator: Any,
) -> None:
    said = [
        say(f"Ask Mrs Price {n}", translation={"cy": f"Holwch Mrs Price {n}"}) for n in range(2)
    ]
    bulk = change(said, coordinator, kind="language", language="cy")
    redact_comment(comment=read(said[0]), text="Ask her", by=coordinator)
    undo_change_of_comments(bulk=bulk, by=coordinator)
    beside = [read(each).translation.text("cy") for each in said]
    assert beside == ["", "Holwch Mrs Price 1"]


def test_an_answer_stays_where_one_of_its_number_is_there(
    say: Any,
    engagement: Any,
    coordinator: Any,
) -> None:
    said = [say(text) for text in ("Park", "River")]
    elsewhere = plan_engagement(
        project=engagement.project,
        title="Coffee morning",
        method=engagement.method,
        date=engagement.date,
        by=coordinator,
    )
    there = say("Hall", at=elsewhere)
    ids = {said[0]: "7", said[1]: "8", there: "7"}
    for comment, own in ids.items():
        Submission.objects.filter(pk=comment.submission_id).update(source_id=own)
    bulk = change(said, coordinator, kind="engagement", engagement=elsewhere)
    bulk.refresh_from_db()
    assert (bulk.changed, bulk.left) == (1, {"left_same_id": 1})
    assert [read(each).engagement for each in said] == [engagement, elsewhere]
    # And back: meanwhile its table came in there once more.
    again = say("River", at=engagement)
    Submission.objects.filter(pk=again.submission_id).update(source_id="8")
    undo_change_of_comments(bulk=bulk, by=coordinator)
    assert read(said[1]).engagement == elsewhere
    assert Comment.objects.count() == 4
