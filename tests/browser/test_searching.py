"""Searching the comments in a browser, with scripts and without: narrowed, paged, and back."""

from datetime import date

import pytest
from playwright.sync_api import expect

from engagements.models import Engagement, Method, Survey
from engagements.services.engagement import plan_engagement
from engagements.services.question import ensure_questions
from engagements.services.submission import CommentDraft, SubmissionDraft, add_submissions
from tests.browser.coding import come_in
from tests.cast import make_member, make_project

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])
def test_a_search_is_narrowed_paged_and_gone_back_in(
    transactional_db, new_person, live_server, axe, scripts
) -> None:
    project = make_project("bryn", "Bryn")
    by = make_member(project, "coordinator")
    questions = ensure_questions(project=project, by=by)
    for title, day in (("Fun day", 4), ("Street stall", 5)):
        held = plan_engagement(
            project=project,
            title=title,
            method=Method.EVENT,
            place="",
            date=date(2024, 5, day),
            status=Engagement.Status.HELD,
            by=by,
        )
        said = [
            SubmissionDraft([CommentDraft(questions["need"], f"{title}: swing {number}")])
            for number in range(60)
        ]
        add_submissions(engagement=held, entries=said, channel="typed", by=by)
    page = new_person(java_script_enabled=scripts)
    come_in(page.context, by, live_server.url)
    page.goto("/bryn/engagements/comments/")
    if scripts:
        # The choices beside the list come with how many comments each would leave.
        expect(page.locator("[name=coded] option").nth(1)).to_have_text("Coded (0)")
    page.get_by_label("Words").fill("SWING")
    page.get_by_label("Engagement").fill("fun")
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_text("60 comments", exact=True)).to_be_visible()
    shown = page.locator("blockquote")
    expect(shown).to_have_count(50)
    expect(shown.first).to_have_text("Fun day: swing 59")
    assert page.locator("datalist option").count() == 2
    if scripts:
        axe(page)
    page.get_by_role("link", name="Next").click()
    expect(shown).to_have_count(10)
    expect(page.get_by_label("Engagement")).to_have_value("fun")
    page.go_back()
    expect(shown.first).to_have_text("Fun day: swing 59")
    page.get_by_role("link", name="Last page").click()
    expect(shown.last).to_have_text("Fun day: swing 0")
    page.get_by_role("link", name="First page").click()
    expect(shown.first).to_have_text("Fun day: swing 59")


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])
def test_of_many_engagements_one_is_named_and_of_those_called_so_one_is_chosen(
    transactional_db, new_person, live_server, axe, scripts
) -> None:
    project = make_project("bryn", "Bryn")
    by = make_member(project, "coordinator")
    for day in range(1, 26):
        plan_engagement(
            project=project, title="Walk", method=Method.EVENT, date=date(2024, 6, day), by=by
        )
    page = new_person(java_script_enabled=scripts)
    come_in(page.context, by, live_server.url)
    page.goto("/bryn/engagements/surveys/new/")
    page.get_by_label("English").first.fill("Your park")
    page.get_by_label("Address").fill("your-park")
    page.get_by_label("Engagement").fill("walk 24")
    page.get_by_role("button", name="Save the survey").click()
    # The 24th, and every day of 2024.
    expect(page.get_by_text("More than one is called that.").first).to_be_visible()
    chosen = page.get_by_role("radio", name="Walk, 24 June 2024")
    expect(page.get_by_role("radio")).to_have_count(10)
    if scripts:
        axe(page)
    chosen.check()
    page.get_by_role("button", name="Save the survey").click()
    expect(page.get_by_text("The survey is saved.")).to_be_visible()
    assert Survey.objects.get().engagement.date == date(2024, 6, 24)
