"""Slips with codes for people heard face to face: a code, where to use it, and no words."""

import pytest
from django.urls import reverse

from engagements.models import Submission
from engagements.services.submission import (
    CommentDraft,
    add_submission,
    paste_lines,
    undo_submissions,
)


@pytest.fixture
def here(project, engagement) -> str:
    """The address of the fun day's slips."""
    kwargs = {"project": project.slug, "uuid": engagement.uuid}
    return reverse("engagements:engagement_slips", kwargs=kwargs)


def test_each_person_typed_or_pasted_has_a_slip(
    client_of, facilitator, here, say, engagement, questions
) -> None:
    say("Private words", descriptor="A parent")
    paste_lines(engagement=engagement, question=questions["need"], lines=["A pond"], by=facilitator)
    page = client_of(facilitator).get(here).content.decode()
    receipts = list(Submission.objects.order_by("pk").values_list("receipt", flat=True))
    assert len(receipts) == 2
    assert all(receipt in page for receipt in receipts)
    assert page.index(receipts[0]) < page.index(receipts[1])
    for words in ("Private words", "A parent", "A pond"):
        assert words not in page


def test_a_slip_says_where_in_each_of_the_projects_languages(
    client_of, facilitator, here, say, project, settings
) -> None:
    settings.SITE_URL = "https://bryn.example"
    project.contact_email = "ask@bryn.example"
    project.save()
    say("A park")
    page = client_of(facilitator).get(here).content.decode()
    assert "bryn.example/bryn/follow/" in page
    assert "bryn.example/cy/bryn/follow/" in page
    assert page.count("ask@bryn.example") == 2


def test_undone_entries_and_answers_to_surveys_have_none(
    client_of, coordinator, here, say, engagement, questions
) -> None:
    undo_submissions(submissions=[say("Undone").submission], by=coordinator)
    add_submission(
        engagement=engagement,
        comments=[CommentDraft(questions["need"], "Sent")],
        channel="survey",
        by=None,
    )
    page = client_of(coordinator).get(here).content.decode()
    assert "No slips yet" in page
    for receipt in Submission.objects.values_list("receipt", flat=True):
        assert receipt not in page


def test_slips_are_for_those_who_log(client_of, analyst, here) -> None:
    assert client_of(analyst).get(here).status_code == 403


def test_the_page_costs_the_same_however_many(
    client_of, facilitator, here, say, assert_same_queries
) -> None:
    assert_same_queries(client_of(facilitator), here, lambda n: say(f"Comment {n}"))
