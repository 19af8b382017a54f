"""What the holder of a code does with their own words: a copy, taking back, erasing."""

import json
from collections.abc import Callable

import pytest
from django.conf import settings
from django.test import Client

from coproduction.jobs.models import Job
from coproduction.projects.models import AuditEntry
from engagements.models import Comment, ErasedComment, Withdrawal
from engagements.services.submission import CommentDraft, add_submission
from engagements.services.withholding import raise_concern, redact_comment
from plan.models import Correction
from plan.services.correction import record_corrections
from tests.plan.story import SWINGS, Story

pytestmark = pytest.mark.django_db


def test_a_copy_holds_everything_of_ones_own_and_no_word_of_others(story: Story) -> None:
    story.publish()
    redact_comment(comment=story.swings, text=SWINGS[:-1], by=story.coordinator)
    answer = Client().get(f"/bryn/follow/{story.receipt}/data/")
    assert answer["Content-Disposition"] == f'attachment; filename="{story.receipt}.json"'
    assert "no-store" in answer["Cache-Control"]
    data = json.loads(answer.content)
    (one,) = data["comments"]
    assert one["words"] == SWINGS[:-1]
    assert one["before_something_was_taken_out"][0]["words"] == SWINGS
    assert [quote["words"] for quote in one["quotes"]] == ["broken since Easter"]
    assert one["published_as_behind"] == [{"edition": 1, "action": story.mend.number}]
    assert data["described_as"] == "A mother"
    assert data["language_was_guessed"] is False
    assert one["marked_for_the_team_to_look_at"] == []
    assert "clwb" not in answer.content.decode()


def test_what_somebody_looks_at_with_care_is_left_out(story: Story) -> None:
    raise_concern(comment=story.swings, by=story.coordinator)
    (one,) = Client().get(f"/bryn/follow/{story.receipt}/data/").json()["comments"]
    assert one["being_looked_at"] is True
    assert "words" not in one
    page = Client().get(f"/bryn/follow/{story.receipt}/erase/").content.decode()
    assert "There is nothing left to erase." in page


def test_somebody_erases_some_of_what_they_said(story: Story) -> None:
    sitting = add_submission(
        engagement=story.swings.engagement,
        comments=[
            CommentDraft(story.swings.question, "A swing for the small ones."),
            CommentDraft(story.swings.question, "And a bin."),
        ],
        by=story.coordinator,
    )
    address = f"/bryn/follow/{sitting.receipt}/erase/"
    assert address in Client().get(f"/bryn/follow/{sitting.receipt}/").content.decode()
    asked = Client().get(address).content.decode()
    assert "A swing for the small ones." in asked
    assert "And a bin." in asked
    assert "Tick what you want erased." in Client().post(address, {}).content.decode()
    assert not ErasedComment.objects.exists()
    page = Client().post(address, {"chosen": ["0"]}, follow=True).content.decode()
    assert "We erased your words on" in page
    assert "And a bin." in page
    texts = sitting.comments.order_by("position").values_list("text", flat=True)
    assert list(texts) == ["", "And a bin."]
    assert ErasedComment.objects.get().by is None
    # Sent again, it says so.
    again = Client().post(address, {"chosen": ["0"]}).content.decode()
    assert "That is erased already." in again
    data = Client().get(f"/bryn/follow/{sitting.receipt}/data/").json()
    assert ["erased" in each for each in data["comments"]] == [True, False]


@pytest.mark.parametrize("page", ["data", "erase", "take-back"])
def test_a_code_that_is_nobodys_opens_nothing(story: Story, page: str) -> None:
    for _time in range(20):
        assert Client().get(f"/bryn/follow/7KQM-4TPX-9RWD/{page}/").status_code == 404
    assert Client().get(f"/bryn/follow/7KQM-4TPX-9RWD/{page}/").status_code == 429
    assert Client().get(f"/bryn/follow/{story.receipt}/{page}/").status_code == 200
    assert Comment.objects.filter(text=SWINGS).exists()


def test_somebody_takes_back_one_of_the_things_she_said_and_then_the_rest(story: Story) -> None:
    sitting = add_submission(
        engagement=story.swings.engagement,
        comments=[
            CommentDraft(story.swings.question, "A swing for the small ones."),
            CommentDraft(story.swings.question, "And a bin."),
        ],
        by=story.coordinator,
    )
    address = f"/bryn/follow/{sitting.receipt}/take-back/"
    assert address in Client().get(f"/bryn/follow/{sitting.receipt}/").content.decode()
    asked = Client().get(address)
    assert "no-store" in asked["Cache-Control"]
    assert "And a bin." in asked.content.decode()
    assert not Withdrawal.objects.exists()
    assert "Tick what we shall stop using." in Client().post(address, {}).content.decode()
    page = Client().post(address, {"chosen": ["0"]}, follow=True).content.decode()
    assert "You took this back" in page
    assert "And a bin." in page
    withdrawal = Withdrawal.objects.get()
    assert (withdrawal.by, withdrawal.comment.position) == (None, 0)
    again = Client().post(address, {"chosen": ["0"]}).content.decode()
    assert "You took that back already." in again
    page = Client().post(address, {"chosen": ["1"]}, follow=True).content.decode()
    assert "And a bin." not in page
    assert address not in page
    assert "There is nothing left to take back." in Client().get(address).content.decode()


def test_what_is_taken_back_by_code_leaves_the_plan_with_a_correction(
    story: Story, client_of: Callable[..., Client]
) -> None:
    edition = story.publish()
    assert "broken since Easter" in Client().get("/bryn/plan/").content.decode()
    address = f"/bryn/follow/{story.receipt}/take-back/"
    Client().post(address, {"chosen": ["0"]})
    assert "broken since Easter" not in Client().get("/bryn/plan/").content.decode()
    assert Job.objects.waiting().filter(task=settings.FOLLOW_UP_TASK).exists()
    record_corrections(project=story.project)
    assert Correction.objects.filter(edition=edition).exists()
    entry = AuditEntry.objects.get(verb="engagements.comment_withdrawn")
    assert (entry.by, entry.now["with_code"]) == (None, True)
    told = client_of(story.coordinator).get("/bryn/settings/audit/").content.decode()
    assert "by whoever said it, with their code" in told


def test_what_somebody_looks_at_with_care_can_be_taken_back_and_is_not_read(story: Story) -> None:
    raise_concern(comment=story.swings, by=story.coordinator)
    address = f"/bryn/follow/{story.receipt}/take-back/"
    page = Client().get(address).content.decode()
    assert "Something that the team looks at with care" in page
    assert SWINGS not in page
    Client().post(address, {"chosen": ["0"]})
    assert Withdrawal.objects.filter(comment=story.swings).exists()
    assert Comment.objects.get(pk=story.swings.pk).is_hidden_by_concern
