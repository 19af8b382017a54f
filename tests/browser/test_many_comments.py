"""Many comments are ticked and changed on a phone, and put back; with scripts and without."""

from datetime import date

import pytest
from playwright.sync_api import expect

from engagements.models import Comment, Engagement, Method
from engagements.services.engagement import plan_engagement
from engagements.services.question import ensure_questions
from engagements.services.submission import paste_lines
from tests.browser.coding import come_in
from tests.cast import make_member, make_project

pytestmark = pytest.mark.browser
LONG = "The bus that used to stop at the top of the hill has not come since the spring. " * 6


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])
def test_comments_are_ticked_and_changed_on_a_phone_and_put_back(
    transactional_db, new_person, live_server, axe, shot, scripts
) -> None:
    project = make_project("bryn", "Bryn")
    by = make_member(project, "coordinator")
    questions = ensure_questions(project=project, by=by)
    held = plan_engagement(
        project=project,
        title="Fun day",
        method=Method.EVENT,
        date=date(2024, 5, 4),
        status=Engagement.Status.HELD,
        by=by,
    )
    lines = [LONG, *(f"Swing {number}" for number in range(56))]
    paste_lines(engagement=held, question=questions["need"], lines=lines, by=by)
    page = new_person(java_script_enabled=scripts, viewport={"width": 360, "height": 780})
    come_in(page.context, by, live_server.url)
    page.goto("/bryn/engagements/comments/?q=swing")
    boxes = page.get_by_role("checkbox", name="Tick")
    expect(boxes).to_have_count(50)
    size = boxes.first.bounding_box()
    assert size["width"] >= 24
    assert size["height"] >= 24
    page.get_by_text("Change or take out").click()
    page.get_by_role("link", name="Tick all on this page").click()
    expect(page.locator("[name=ticked]:checked")).to_have_count(50)
    boxes.first.uncheck()
    if scripts:
        expect(page.get_by_role("button", name="Change those ticked (49)")).to_be_visible()
        axe(page)
        shot(page, "comments-ticked-360")
    page.get_by_role("button", name="Change those ticked").click()
    expect(page.get_by_text("49 comments will be changed.")).to_be_visible()
    question = page.get_by_role("radio", name="What we have")
    expect(question).not_to_be_visible()
    page.get_by_role("radio", name="What they are about").check()
    question.check()
    if scripts:
        axe(page)
        shot(page, "comments-change-360")
    page.get_by_role("button", name="Change them").click()
    expect(page.get_by_text("49 comments were changed")).to_be_visible()
    assert Comment.objects.filter(question=questions["asset"]).count() == 49
    if scripts:
        axe(page)
        shot(page, "comments-changed-360")
    page.get_by_role("button", name="Undo this change").click()
    expect(page.get_by_text("49 comments are as they were before.")).to_be_visible()
    assert not Comment.objects.filter(question=questions["asset"]).exists()
    page.goto("/bryn/engagements/comments/?q=swing")
    page.get_by_text("Change or take out").click()
    page.get_by_role("button", name="Change all 56 that match").click()
    expect(page.get_by_text("56 comments will be changed.")).to_be_visible()
    page.get_by_role("radio", name="Withdraw them").check()
    page.get_by_role("button", name="Change them").click()
    expect(page.get_by_text("56 comments were changed")).to_be_visible()
    assert Comment.objects.visible().count() == 1
    page.goto("/bryn/engagements/comments/changes/")
    expect(page.get_by_role("button", name="Undo")).to_have_count(1)
    if scripts:
        axe(page)
        shot(page, "comments-changes-360")
