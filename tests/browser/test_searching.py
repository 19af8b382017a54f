"""Searching the comments in a browser, with scripts and without: narrowed, paged, and back."""

from datetime import date

import pytest
from playwright.sync_api import expect

from engagements.models import Engagement, Method
from engagements.services.engagement import plan_engagement
from engagements.services.question import ensure_questions
from engagements.services.submission import CommentDraft, SubmissionDraft, add_submissions
from tests.browser.test_coding import come_in
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
