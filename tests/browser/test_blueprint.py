"""Beginning a project from another, on a phone, and reading what came along."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from coproduction.projects.models import Project, User
from coproduction.projects.services.blueprint import keep_text_templates
from engagements.queries.blueprint import survey_templates
from tests.browser.coding import come_in
from tests.browser.looking import PHONE
from tests.overview.blueprints import PURPOSE, make_full

LONG = "What do people who never come to any meeting at all value most about " * 2
Look = Callable[[Page], None]
Shot = Callable[[Page, str], None]


@pytest.fixture
def carys(
    transactional_db: None,
    project: Project,
    coordinator: User,
    new_person: Callable[..., Page],
    live_server: LiveServer,
) -> Page:
    """The co-ordinator's phone; her project has everything that can come along."""
    make_full(project)
    page = new_person(viewport=PHONE)
    come_in(page.context, coordinator, live_server.url)
    return page


def test_a_project_is_begun_from_another_on_a_phone(carys: Page, axe: Look, shot: Shot) -> None:
    carys.goto("/projects/begin/")
    axe(carys)
    shot(carys, "project-begin")
    carys.get_by_role("link", name="Bryn", exact=True).click()
    axe(carys)
    shot(carys, "project-begin-from")
    expect(carys.get_by_label("Begin from")).to_contain_text("Bryn")
    carys.get_by_label("Workshops: titles and purposes").uncheck()
    carys.get_by_label("Address", exact=True).first.fill("bryn")
    carys.get_by_label("Place", exact=True).fill("Cwm Teg")
    carys.locator("[name=name_en]").fill("Cwm Teg together")
    carys.get_by_role("button", name="Make the project").click()
    # Refused with all that was typed and unticked still there.
    expect(carys.get_by_role("alert")).to_contain_text("That address is taken.")
    expect(carys.get_by_label("Workshops: titles and purposes")).not_to_be_checked()
    shot(carys, "project-begin-from-refused")
    carys.locator("[name=slug]").fill("cwm-teg")
    carys.get_by_role("button", name="Make the project").click()
    expect(carys.get_by_role("heading", level=1)).to_have_text("What came from another project")
    expect(carys.locator("main")).to_contain_text("they were written for Bryn.")
    axe(carys)
    shot(carys, "begun-from")
    carys.get_by_role("link", name="Drop-in").click()
    expect(carys.get_by_label("What is it for?")).to_have_value(PURPOSE)
    axe(carys)
    shot(carys, "begin-with-a-text")
    carys.goto("/cwm-teg/team/")
    expect(carys.locator("main")).to_contain_text("Read the texts that came along")
    shot(carys, "begun-from-next-step")
    carys.get_by_role("link", name="Read them").first.click()
    carys.get_by_role("button", name="We have read these texts").click()
    expect(carys.locator("main")).not_to_contain_text("Read the texts that came along")


def test_what_came_reads_well_with_long_texts_and_in_welsh(
    carys: Page, project: Project, coordinator: User, axe: Look, shot: Shot
) -> None:
    carys.goto("/bryn/settings/begun-from/")
    shot(carys, "begun-from-nothing")
    (template,) = survey_templates(project)
    template.name = template.name.changed({"en": LONG, "cy": LONG})
    keep_text_templates(project=project, templates=[template], by=coordinator)
    carys.goto("/cy/bryn/settings/begun-from/")
    expect(carys.get_by_role("heading", level=1)).to_have_text("Beth ddaeth o brosiect arall")
    axe(carys)
    shot(carys, "begun-from-long")
    carys.goto("/cy/projects/begin/from/?project=bryn")
    axe(carys)
    shot(carys, "project-begin-from-cy")
