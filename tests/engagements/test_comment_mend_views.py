"""Three doors to put a comment right, and who may go through which."""

from datetime import timedelta

import pytest
from django.utils import timezone

from engagements.models import Submission
from engagements.services.submission import CommentDraft, add_submission
from engagements.services.withholding import withdraw_comment
from tests.engagements.comments import comment_url
from tests.forms import drawn

pytestmark = pytest.mark.django_db
DOORS = ("comment_typo", "comment_withdraw", "comment_correct", "comment_redact")


@pytest.fixture
def own(engagement, questions, facilitator):
    """A comment that the facilitator typed, with a slip."""
    submission = add_submission(
        engagement=engagement,
        comments=[CommentDraft(questions["need"], "The prak")],
        by=facilitator,
    )
    return submission.comments.get()


def test_a_co_ordinator_is_offered_three_doors(client_of, coordinator, comment) -> None:
    page = client_of(coordinator).get(comment_url("comment_mend", comment)).content.decode()
    for door in DOORS:
        assert comment_url(door, comment) in page
    assert comment_url("comment_mend", comment) in (
        client_of(coordinator).get(comment_url("comment", comment)).content.decode()
    )


def test_a_facilitator_puts_right_what_she_typed_herself(client_of, facilitator, own) -> None:
    ffion = client_of(facilitator)
    page = ffion.get(comment_url("comment_mend", own)).content.decode()
    assert comment_url("comment_typo", own) in page
    assert comment_url("comment_redact", own) not in page
    url = comment_url("comment_typo", own)
    done = ffion.post(url, drawn(ffion.get(url), text="The park"), follow=True)
    assert "The typo is put right." in done.content.decode()
    assert "The prak" not in done.content.decode()
    url = comment_url("comment_correct", own)
    done = ffion.post(url, drawn(ffion.get(url), descriptor="A parent"), follow=True)
    assert "Corrected." in done.content.decode()


@pytest.mark.parametrize("why", ["another's", "too long ago", "withdrawn"])
def test_a_facilitator_is_told_where_she_may_not(
    client_of, facilitator, coordinator, own, comment, why
) -> None:
    ffion, meant = client_of(facilitator), own
    if why == "another's":
        meant = comment
    elif why == "too long ago":
        Submission.objects.update(created_at=timezone.now() - timedelta(days=15))
    else:
        withdraw_comment(comment=own, by=coordinator)
    for door in ("comment_mend", "comment_typo", "comment_correct"):
        answer = ffion.get(comment_url(door, meant), follow=why != "withdrawn")
        if why == "withdrawn":
            assert answer.status_code == 404
        else:
            assert "Ask a co-ordinator about this one." in answer.content.decode()


def test_what_it_said_before_is_shown_to_co_ordinators_as_no_redaction(
    client_of, coordinator, facilitator, own
) -> None:
    carys = client_of(coordinator)
    url = comment_url("comment_typo", own)
    carys.post(url, drawn(carys.get(url), text="The park"))
    page = carys.get(f"{comment_url('comment', own)}?before").content.decode()
    assert "Before a typo was put right" in page
    assert "The prak" in page
    hers = client_of(facilitator).get(f"{comment_url('comment', own)}?before").content.decode()
    assert "The prak" not in hers
