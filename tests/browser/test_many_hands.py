"""Two people with one form open, in two real browsers: both see what the other made of it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from coproduction.languages.models import Translated
from coproduction.projects.models import Project
from tests.architecture.examples import World, make_world
from tests.architecture.walk import ADDRESSES
from tests.browser.coding import come_in
from tests.browser.looking import PHONE, fill


@dataclass(frozen=True)
class Form:
    """A form that two people have open: its page, who they are, and the box that both fill."""

    name: str
    people: tuple[str, str]
    box: str
    words: tuple[str, str]


FORMS = (
    Form("steering:meeting_minutes", ("chair", "coordinator"), "minutes", ("Dai", "Mair")),
    Form("workshops:note_change", ("facilitator", "facilitator"), "text", ("A slide", "Swings")),
    Form("themes:finding_write", ("analyst", "analyst"), "text_en", ("Buses", "Trains")),
    Form("projects:settings_page", ("coordinator", "coordinator"), "place", ("Isaf", "Uchaf")),
    Form("steering:terms", ("chair", "coordinator"), "quorum", ("3", "5")),
)


@pytest.fixture
def world(transactional_db: None) -> World:
    """A project with one of everything, whose settings lack nothing."""
    made = make_world("bryn", "Bryn")
    Project.objects.filter(pk=made.project.pk).update(scope=Translated.of("en", en="Parks"))
    return made


def save(page: Page) -> None:
    """Save the form, and wait for the answer."""
    button = "main form:has(input[name=seen]) .form__buttons button[type=submit]"
    with page.expect_navigation():
        page.locator(button).first.click()


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.name)
def test_two_people_at_one_form_see_what_the_other_made(
    form: Form,
    world: World,
    new_person: Callable[..., Page],
    live_server: LiveServer,
    axe: Callable[[Page], None],
    shot: Callable[[Page, str], Any],
    address_of: Callable[[str], str],
) -> None:
    path = address_of(form.name)
    pages = []
    for person, role in enumerate(form.people):
        page = new_person(**({"viewport": PHONE} if person else {}))
        come_in(page.context, world.by_role[role], live_server.url)
        page.goto(path)
        pages.append(page)
    theirs, mine = pages
    for page, words in zip(pages, form.words, strict=True):
        fill(page.locator(f"main [name={form.box}]"), words)
    save(theirs)
    expect(theirs.locator(".govuk-error-summary")).to_have_count(0)
    save(mine)
    summary = mine.locator(".govuk-error-summary")
    expect(summary).to_contain_text("Nothing of yours is lost")
    expect(mine.locator(".clashes")).to_contain_text(form.words[0])
    expect(mine.locator(f"main [name={form.box}]")).to_have_value(form.words[1])
    axe(mine)
    shot(mine, f"two-people-{form.name.replace(':', '-')}")
    save(mine)
    expect(mine.locator(".govuk-error-summary")).to_have_count(0)
    theirs.goto(path)
    expect(theirs.locator(f"main [name={form.box}]")).to_have_value(form.words[1])


@pytest.fixture
def address_of(world: World) -> Callable[[str], str]:
    """Give the address of a page in the world."""
    by_name = {address.name: address for address in ADDRESSES}
    return lambda name: by_name[name].url(world.kwargs(name))
