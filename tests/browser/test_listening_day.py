"""A co-ordinator's day at a fair, on a phone of 360 × 640, with a helper typing beside her."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from engagements.models import Comment, Engagement, Method
from engagements.services.engagement import plan_engagement
from engagements.services.question import ensure_questions
from tests.browser.coding import come_in
from tests.cast import make_member, make_project

PHONE = {"width": 360, "height": 640}
SCOPE = {"en": "We can change the park. We can't change the law.", "cy": "Gallwn newid y parc."}


@pytest.fixture
def fair(transactional_db) -> Engagement:
    """A fair today, planned by Carys, of a project that says what it can change."""
    project = make_project("bryn", "Bryn")
    project.scope = project.scope.changed(SCOPE)
    project.safeguarding_lead = "lead@bryn.example"
    project.save()
    carys = make_member(project, "coordinator")
    ensure_questions(project=project, by=carys)
    about = {"project": project, "method": Method.EVENT, "by": carys}
    plan_engagement(title="Last week", date=timezone.localdate() - timedelta(days=7), **about)
    return plan_engagement(
        title="Summer fair",
        place="The park",
        purpose="To hear what families want.",
        date=timezone.localdate(),
        **about,
    )


def fits(page: Page) -> bool:
    """Say whether nothing of a page is beside the phone's screen."""
    return page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_day_at_a_fair_on_a_phone(fair, new_person, live_server, axe, shot) -> None:
    page = new_person(viewport=PHONE)
    come_in(page.context, make_member(fair.project, "coordinator"), live_server.url)
    page.goto("/bryn/engagements/")

    # 2 What it is for, and what the project can and can't change.
    page.get_by_role("link", name="Summer fair").click()
    expect(page.get_by_text("To hear what families want.")).to_be_visible()
    page.goto("/bryn/settings/")
    expect(page.get_by_label("English").nth(1)).to_have_value(SCOPE["en"])
    page.go_back()

    # 4 How many were heard.
    page.get_by_role("link", name="Log the engagement").first.click()
    page.get_by_label("How many people were heard?").fill("24")
    page.get_by_role("button", name="Save").click()
    assert fits(page)

    # 5 Typed and read back, 6 asked about quoting.
    page.get_by_role("link", name="Type comments").first.click()
    page.get_by_label("What we need").check()
    page.get_by_label("What they said, in their own words").fill("More swings by the river")
    page.get_by_label("They agreed to be quoted").check()
    page.get_by_role("button", name="Keep the comment").click()
    expect(page.locator(".just-kept")).to_contain_text("May be quoted")
    expect(page.get_by_label("They agreed to be quoted")).not_to_be_checked()
    code = page.locator(".just-kept strong").inner_text()
    page.get_by_label("What they said, in their own words").fill("He hits me")
    page.get_by_role("button", name="Keep the comment").click()
    expect(page.locator(".just-kept .lines")).to_have_text("He hits me")
    page.get_by_role("link", name="Type a sheet with every question").click()
    page.get_by_label("What do we have?").first.fill("The chapel")
    page.get_by_label("What should change?").first.fill("The road")
    page.get_by_role("button", name="Keep the sheet").click()
    expect(page.get_by_text("2 comments are kept.")).to_be_visible()
    assert fits(page)
    page.get_by_role("link", name="Finish").click()

    # 7 A worry hides it at once.
    worrying = page.locator(".comment", has_text="He hits me")
    worrying.get_by_role("link", name="Open").click()
    page.get_by_role("link", name="I'm worried about this").click()
    page.get_by_role("button", name="Hide it and tell the lead").click()
    expect(page.get_by_text("He hits me")).to_have_count(0)

    # 8 Two flip charts, line by line.
    page.goto(f"/bryn/engagements/{fair.uuid}/paste/")
    sheets = "BETH SYDD GYDA NI\nAfon lân\nWHAT WE NEED:\nBins ✔✔\nA bus (3 people said)"
    page.get_by_label("Comments, one on each line").fill(sheets)
    page.get_by_role("button", name="Show me how they will be kept").click()
    page.get_by_text("Change line 1").click()
    page.locator("#language_1").select_option(label="Welsh")
    assert fits(page)
    page.get_by_role("button", name="Keep these comments").click()
    expect(page.get_by_text("3 comments are kept.")).to_be_visible()
    rows = Comment.objects.filter(submission__channel="pasted").order_by("pk")
    assert list(rows.values_list("question__kind", "text", "language", "weight")) == [
        ("asset", "Afon lân", "cy", 0),
        ("need", "Bins", "en", 2),
        ("need", "A bus (3 people said)", "en", 3),
    ]

    # 10 Each has a slip; with its code a person follows their words.
    page.get_by_role("link", name="Print slips with codes").click()
    expect(page.get_by_text(code)).to_be_visible()
    assert fits(page)
    page.goto("/bryn/follow/")
    page.get_by_label("Your code").fill(code)
    page.get_by_role("button", name="Show my comment").click()
    expect(page.get_by_text("More swings by the river")).to_be_visible()
    axe(page)


def test_a_helper_types_on_her_own_phone_and_mends_a_slip(
    fair, new_person, live_server, axe, shot
) -> None:
    carys = new_person(viewport=PHONE)
    come_in(carys.context, make_member(fair.project, "coordinator"), live_server.url)
    carys.goto("/bryn/settings/people/")
    carys.get_by_label("E-mail address").fill("heulwen@bryn.example")
    carys.get_by_label("Helper who types").check()
    carys.get_by_label("Facilitator").check()
    axe(carys)
    shot(carys, "people-roles-360")
    carys.get_by_label("Facilitator").uncheck()
    carys.get_by_role("button", name="Send the invitation").click()
    expect(carys.get_by_text("is invited as Helper who types.")).to_be_visible()

    page = new_person(viewport=PHONE)
    come_in(page.context, make_member(fair.project, "helper"), live_server.url)
    page.goto("/projects/")
    page.get_by_role("link", name="Bryn").first.click()
    expect(page.get_by_role("heading", name="What are you typing from?")).to_be_visible()
    axe(page)
    shot(page, "helper-home-360")
    page.get_by_role("link", name="Summer fair").click()
    page.get_by_role("link", name="Type comments").click()
    page.get_by_label("What we have").check()
    page.get_by_label("What they said, in their own words").fill("The libary " * 30)
    page.get_by_role("button", name="Keep the comment").click()
    page.get_by_role("link", name="Finish").click()
    assert fits(page)
    axe(page)
    shot(page, "helper-entries-360")
    page.get_by_role("link", name="Something is wrong with it").click()
    axe(page)
    shot(page, "helper-mend-360")
    page.get_by_role("link", name="Put a typo right").click()
    page.get_by_label("What they said").fill("The library")
    page.get_by_role("button", name="Save the words").click()
    expect(page.locator(".comment .lines")).to_have_text("The library")
    page.get_by_role("link", name="Undo").click()
    page.get_by_role("button", name="Undo these entries").click()
    expect(page.get_by_text("1 entry was undone.")).to_be_visible()
    assert not Comment.objects.visible().exists()
