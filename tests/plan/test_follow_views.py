"""Following a receipt: what became of one's own words; and nothing for those who guess."""

from datetime import UTC, datetime

import pytest
from django.test import Client

from coproduction.projects.models import Project
from coproduction.projects.rate_limit import WRONG_CODES_IN_TEN_MINUTES
from engagements.models import Engagement, Submission
from engagements.services.submission import (
    CommentDraft,
    SubmissionDraft,
    add_submission,
    add_submissions,
    undo_submissions,
)
from engagements.services.withholding import (
    raise_concern,
    redact_comment,
    resolve_concern,
    withdraw_comment,
)
from tests.plan.story import SWINGS, Story
from tests.plan.test_public_views import text_of
from tests.themes.comments import make_comments, make_questions
from themes.services.coding import code_comment

pytestmark = pytest.mark.django_db


def test_the_form_leads_to_the_page_however_the_code_is_typed(story: Story, client: Client):
    typed = story.receipt.lower().replace("-", " ")
    response = client.get("/bryn/follow/", {"receipt": f"  {typed} "})
    assert response.status_code == 302
    assert response["Location"] == f"/bryn/follow/{story.receipt}/"
    sloppy = client.get(f"/bryn/follow/{story.receipt.lower().replace('-', '')}/")
    assert sloppy["Location"] == f"/bryn/follow/{story.receipt}/"


@pytest.mark.parametrize(
    "typed", ["", "x", "hello there", "7KQM-4TPX-9RW", "é" * 30, "<b>", "a" * 41]
)
def test_what_cannot_be_a_code_is_told_plainly(project, client: Client, typed: str):
    response = client.get("/bryn/follow/", {"receipt": typed})
    assert response.status_code == 200
    html = response.content.decode()
    assert "govuk-error-message" in html
    assert 'aria-invalid="true"' in html
    assert f'value="{typed}"' not in html or "<" not in typed


def test_before_the_plan_it_tells_what_was_heard_and_no_draft(story: Story, client: Client):
    page = text_of(client, f"/bryn/follow/{story.receipt}/")
    assert SWINGS in page
    assert "Places to play" in page
    assert "A workshop worked on it: Evening" in page
    assert "Next comes the plan" in page
    assert "Mend the swings" not in page


def test_after_the_plan_it_leads_to_action_decision_and_edition(story: Story, client: Client):
    story.publish()
    page = text_of(client, f"/bryn/follow/{story.receipt}/")
    stops = [
        SWINGS,
        "We heard you",
        "We put it with others like it",
        "A workshop worked on it: Evening",
        "It led to action 1: Mend the swings",
        "Agreed by the steering group",
        "It is in the plan, edition 1",
    ]
    places = [page.index(stop) for stop in stops]
    assert places == sorted(places)
    assert "Your words are quoted in the plan." in page
    html = client.get(f"/bryn/follow/{story.receipt}/").content.decode()
    assert 'href="/bryn/plan/actions/1/"' in html


def test_an_idea_that_could_not_go_in_is_told_with_its_reason(story: Story, client: Client):
    (asked,) = make_comments(story.project, "Fill the pool again.")
    story.cite(story.pool, asked)
    story.publish()
    page = text_of(client, f"/bryn/follow/{asked.submission.receipt}/")
    assert "This could not go in the plan: Fill the pool" in page
    assert "Because of fill the pool" in page
    assert "The plan says so, with the reason: edition 1" in page
    assert "It is in the plan" not in page


def test_a_comment_of_a_theme_that_no_action_rests_on_helped_to_shape_the_plan(
    story: Story, client: Client
):
    (lone,) = make_comments(story.project, "I like the river.")
    code_comment(comment=lone, codes=[story.code], by=story.analyst)
    story.publish()
    path = f"/bryn/follow/{lone.submission.receipt}/"
    page = text_of(client, path)
    assert "I like the river." in page
    assert "It helped to shape the plan" in page
    assert 'href="/bryn/plan/#theme-1"' in client.get(path).content.decode()


def test_a_comment_nobody_has_sorted_is_not_said_to_have_helped(story: Story, client: Client):
    (lone,) = make_comments(story.project, "I like the river.")
    story.publish()
    page = text_of(client, f"/bryn/follow/{lone.submission.receipt}/")
    assert "Next, we read it and put it with others like it" in page
    assert "No part of the plan rests on it yet" in page
    assert "helped to shape" not in page


@pytest.mark.parametrize("is_sorted", [True, False])
def test_a_comment_that_came_after_the_edition_waits_for_the_next(
    story: Story, client: Client, is_sorted: bool
):
    story.publish()
    (late,) = make_comments(story.project, "I like the river.")
    if is_sorted:
        code_comment(comment=late, codes=[story.code], by=story.analyst)
    path = f"/bryn/follow/{late.submission.receipt}/"
    page = text_of(client, path)
    assert "It came after edition 1 of the plan. It waits for the next one." in page
    assert "helped to shape" not in page
    assert client.get(path).content.decode().count('class="is-ahead"') == (1 if is_sorted else 2)


def test_a_survey_answer_is_dated_by_the_day_it_came(story: Story, client: Client):
    engagement = Engagement.objects.get(project=story.project)
    came = datetime(2026, 4, 9, 12, tzinfo=UTC)
    question = make_questions(story.project)["need"]
    for channel, told in (("survey", "9 April 2026"), ("typed", "1 March 2026")):
        kept = add_submission(
            engagement=engagement,
            comments=[CommentDraft(question, "A bus.")],
            channel=channel,
            by=story.coordinator,
        )
        Submission.objects.filter(pk=kept.pk).update(received_at=came)
        page = text_of(client, f"/bryn/follow/{kept.receipt}/")
        assert f"“Open day” on {told}." in page


def test_only_a_workshop_whose_action_cites_a_comment_worked_on_it(story: Story, client: Client):
    (lone,) = make_comments(story.project, "I like the river.")
    code_comment(comment=lone, codes=[story.code], by=story.analyst)
    page = text_of(client, f"/bryn/follow/{lone.submission.receipt}/")
    assert "A workshop on the same theme met: Evening" in page
    assert "worked on it" not in page
    assert "worked on it: Evening" in text_of(client, f"/bryn/follow/{story.receipt}/")


def test_the_last_links_lead_to_the_action_and_to_the_reason(story: Story, client: Client):
    (asked,) = make_comments(story.project, "Fill the pool again.")
    story.cite(story.pool, asked)
    story.publish()
    page = client.get(f"/bryn/follow/{story.receipt}/").content.decode()
    assert 'href="/bryn/plan/#action-1"' in page
    assert 'id="action-1"' in client.get("/bryn/plan/").content.decode()
    page = client.get(f"/bryn/follow/{asked.submission.receipt}/").content.decode()
    assert 'href="/bryn/plan/actions/3/#decided"' in page
    assert 'id="decided"' in client.get("/bryn/plan/actions/3/").content.decode()


def test_the_page_says_how_to_take_words_back(story: Story, client: Client):
    path = f"/bryn/follow/{story.receipt}/"
    page = text_of(client, path)
    assert "Tell anybody on the team" in page
    assert f"Your code is {story.receipt}." in page
    Project.objects.filter(pk=story.project.pk).update(contact_email="hi@bryn.example")
    assert "mailto:hi@bryn.example" in client.get(path).content.decode()


def test_a_comment_taken_back_shows_that_and_not_its_words(story: Story, client: Client):
    story.publish()
    withdraw_comment(comment=story.swings, by=None)
    page = text_of(client, f"/bryn/follow/{story.receipt}/")
    assert "Taken back" in page
    assert "Our numbers still count it" in page
    assert SWINGS not in page


def test_a_comment_somebody_worries_about_is_not_shown_even_here(story: Story, client: Client):
    raise_concern(comment=story.swings, by=story.analyst)
    page = text_of(client, f"/bryn/follow/{story.receipt}/")
    assert "Being looked at" in page
    assert SWINGS not in page
    assert "worried" not in page.lower()


def test_once_it_is_decided_to_keep_a_comment_hidden_nobody_is_looking_any_more(
    story: Story, client: Client
):
    concern = raise_concern(comment=story.swings, by=story.analyst)
    resolve_concern(concern=concern, outcome="kept_hidden", by=story.coordinator)
    page = text_of(client, f"/bryn/follow/{story.receipt}/")
    assert "has looked at this one with care" in page
    assert "Being looked at" not in page
    assert "Until they have" not in page
    assert SWINGS not in page


def test_a_redacted_comment_shows_the_redacted_words(story: Story, client: Client):
    redact_comment(comment=story.swings, text="The swings are [removed].", by=story.coordinator)
    page = text_of(client, f"/bryn/follow/{story.receipt}/")
    assert "The swings are [removed]." in page
    assert SWINGS not in page


def test_each_comment_of_a_sitting_has_its_own_thread(story: Story, client: Client):
    questions = make_questions(story.project)
    (sitting,) = add_submissions(
        engagement=Engagement.objects.get(project=story.project),
        entries=[
            SubmissionDraft(
                [
                    CommentDraft(questions["asset"], "The river."),
                    CommentDraft(questions["need"], "A bus."),
                ]
            )
        ],
        channel="typed",
        by=story.coordinator,
    )
    html = client.get(f"/bryn/follow/{sitting.receipt}/").content.decode()
    assert html.count("<article") == 2
    undo_submissions(submissions=[sitting], by=story.coordinator)
    assert client.get(f"/bryn/follow/{sitting.receipt}/").status_code == 404


def test_another_projects_code_is_unknown_here(story: Story, other_project, client: Client):
    response = client.get(f"/glyn/follow/{story.receipt}/")
    assert response.status_code == 404
    assert SWINGS not in response.content.decode()


def test_a_guess_is_a_plain_page_and_many_are_stopped(story: Story, client: Client):
    guess = "/bryn/follow/0000-0000-{:04d}/"
    for number in range(WRONG_CODES_IN_TEN_MINUTES):
        response = client.get(guess.format(number))
        assert response.status_code == 404
        assert "find that code" in response.content.decode()
    stopped = client.get(guess.format(9999))
    assert stopped.status_code == 429
    assert "Wait ten minutes" in stopped.content.decode()
    elsewhere = Client(REMOTE_ADDR="192.0.2.7")
    assert elsewhere.get(guess.format(1)).status_code == 404


def test_a_right_code_is_answered_whoever_guesses_from_the_same_address(
    story: Story, client: Client
):
    for number in range(WRONG_CODES_IN_TEN_MINUTES + 1):
        client.get(f"/bryn/follow/0000-0000-{number:04d}/")
    assert client.get("/bryn/follow/0000-0000-9999/").status_code == 429
    assert client.get(f"/bryn/follow/{story.receipt}/").status_code == 200


def test_right_codes_are_never_counted(story: Story, client: Client):
    for _time in range(WRONG_CODES_IN_TEN_MINUTES + 2):
        assert client.get(f"/bryn/follow/{story.receipt}/").status_code == 200


def test_the_page_is_kept_by_nobody_and_found_by_nobody(story: Story, client: Client):
    response = client.get(f"/bryn/follow/{story.receipt}/")
    assert "no-store" in response["Cache-Control"]
    assert "noindex" in response["X-Robots-Tag"]
    assert response["Referrer-Policy"] == "no-referrer"
    assert "noindex" in response.content.decode()


def test_the_page_is_there_in_welsh(story: Story, client: Client):
    story.publish()
    html = client.get(f"/cy/bryn/follow/{story.receipt}/").content.decode()
    assert '<html lang="cy">' in html
    assert "Mend the swings (cy)" in html
