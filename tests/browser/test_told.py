"""What changes without a new page, or on the same page again, is told and keeps its place."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from coproduction.projects.models import Project, User
from engagements.models import Engagement
from tests.browser.coding import come_in
from tests.browser.names import TITLE_GIVEN, unheard
from tests.browser.room import OPEN
from tests.themes.comments import make_comments
from tests.themes.conftest import Book, make_book
from themes.models import Theme
from workshops.models import Action

# What tells the plan's first action from what stands before it.
AT_ACTION = "Boolean(document.activeElement.closest('.promise'))"


@pytest.fixture
def codes(
    transactional_db: None, project: Project, analyst: User, page: Page, live_server: LiveServer
) -> Book:
    """A codebook, a comment, and the analyst signed in."""
    make_comments(project, "Mend the swings.")
    come_in(page.context, analyst, live_server.url)
    return make_book(project, analyst)


def test_a_code_that_is_found_or_not_is_told(page, project, codes) -> None:
    page.goto(f"/{project.slug}/themes/coding/")
    told = page.get_by_role("status").and_(page.locator("#found"))
    box = page.get_by_label("Find a code")
    box.fill("park")
    expect(told).to_have_text("Codes found: 1")
    box.fill("zzz")
    expect(told).to_have_text("No code has that name")
    box.fill("")
    expect(told).to_be_empty()


@pytest.mark.parametrize("scripts", [True, False])
def test_what_was_moved_is_told_and_focused(
    new_person, live_server, project, analyst, codes, scripts
) -> None:
    page = new_person(java_script_enabled=scripts)
    come_in(page.context, analyst, live_server.url)
    page.goto(f"/{project.slug}/themes/")
    down = page.locator(f"#down-{codes.spaces.uuid}")
    down.click()
    words = "“Spaces” is now number 2 of 2."
    expect(page.locator(".said-here")).to_have_text(words)
    expect(down).to_be_focused()
    if scripts:
        expect(page.locator("#say")).to_have_text(words)


def test_lists_that_are_long_tell_their_controls_apart(
    transactional_db, first_sample, new_person, live_server, say
) -> None:
    project = first_sample.copy()
    by = User.objects.filter(is_sample=True, memberships__role="coordinator").earliest("pk")
    page = new_person()
    page.context.add_init_script(TITLE_GIVEN)
    come_in(page.context, by, live_server.url)
    themes = Theme.objects.of(project).themes()
    pages = [
        ("plan:plan", None),
        ("themes:theme_tree", None),
        ("themes:theme_counts", None),
        ("themes:theme", themes.earliest("pk").uuid),
        ("themes:comment_list", None),
        ("engagements:engagement", Engagement.objects.of(project).earliest("pk").uuid),
        ("workshops:action", Action.objects.filter(project=project).earliest("pk").uuid),
    ]
    wrong, controls = [], 0
    for name, uuid in pages:
        about = {"uuid": uuid} if uuid else {}
        page.goto(reverse(name, kwargs={"project": project.slug, **about}))
        page.evaluate(OPEN)
        looked, unclear = unheard(page)
        wrong += [f"{name}: {each}" for each in unclear]
        controls += looked["controls"]
    say(f"told {controls} controls of {len(pages)} long pages apart")
    assert controls > 800
    assert not wrong, "\n".join(wrong)

    page.goto(reverse("plan:plan", kwargs={"project": project.slug}))
    keys = ["Tab", "Tab", "Enter"]
    for key in keys:
        page.keyboard.press(key)
    while not page.evaluate(AT_ACTION) and len(keys) < 20:
        keys.append("Tab")
        page.keyboard.press("Tab")
    assert page.evaluate(AT_ACTION)
    assert len(keys) <= 10, f"{len(keys)} keys to the plan's first action"


def test_what_a_search_of_the_plan_found_is_the_title_and_has_the_focus(
    transactional_db, first_sample, new_person
) -> None:
    project = first_sample.copy()
    page = new_person()
    page.goto(reverse("plan:plan", kwargs={"project": project.slug}))
    for words, told in (("bus", "actions for “bus”"), ("zzz", "No action mentions “zzz”")):
        page.locator("#search-q").fill(words)
        page.locator("#search-q").press("Enter")
        heading = page.locator("#actions")
        expect(heading).to_contain_text(told)
        expect(heading).to_be_focused()
        assert told in page.title()


def test_whoever_writes_for_everyone_is_told_of_a_long_sentence_when_they_pause(
    page, project, editor, codes, live_server
) -> None:
    page.context.clear_cookies()
    come_in(page.context, editor, live_server.url)
    page.goto(f"{reverse('plan:section_edit', kwargs={'project': project.slug})}?kind=foreword")
    english = page.locator("textarea[lang=en]").first
    told = english.locator("xpath=..").get_by_role("status")
    expect(told).to_be_empty()
    english.fill(f"Short one. {'many words ' * 13}end.")
    expect(told).to_contain_text("27 words in one sentence. Could it be two?")
    expect(told.locator("q")).to_have_attribute("lang", "en")
    english.fill("Short one. Another short one.")
    expect(told).to_be_empty()
    welsh = page.locator("textarea[lang=cy]").first
    welsh.fill(f"{'llawer geiriau ' * 13}diwedd.")
    told = welsh.locator("xpath=..").get_by_role("status")
    expect(told).to_be_attached()
    welsh.fill(f"{'llawer geiriau ' * 15}diwedd.")
    expect(told).to_contain_text("31 words in one sentence. Could it be two?")


def test_a_form_refused_again_is_met_at_its_summary_wherever_the_reader_was(
    transactional_db, project, page, live_server
) -> None:
    page.goto(f"{live_server.url}/{project.slug}/follow/#main")
    summary = page.locator("#error-summary")
    for refused in range(1, 4):
        box = page.get_by_label("Your code")
        box.fill(f"no such code {refused}")
        box.press("Enter")
        expect(box).to_have_value(f"no such code {refused}")
        expect(summary).to_be_focused()
        expect(summary).to_be_in_viewport()
        # Its own link puts the box's place behind the address.
        summary.get_by_role("link").click()
        expect(page).to_have_url(re.compile("#id_receipt$"))
