"""Going back to a form that was sent: what was typed is there, and sent again it is kept once."""

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from coproduction.projects.models import Project, User
from engagements.models import Submission
from engagements.services.survey import open_survey
from tests.browser.coding import come_in
from tests.themes.comments import make_engagement
from themes.models import Theme
from themes.services.codebook import add_theme, change_theme

pytestmark = pytest.mark.usefixtures("transactional_db")


@pytest.fixture
def desk(page: Page, analyst: User, live_server: LiveServer) -> Page:
    """A browser in which Anwen is signed in."""
    come_in(page.context, analyst, live_server.url)
    return page


def test_a_survey_sent_gone_back_to_and_sent_again_is_one_answer(
    page: Page, project: Project, coordinator: User, live_server: LiveServer
) -> None:
    open_survey(
        project=project,
        engagement=make_engagement(project),
        slug="parks",
        title={"en": "Parks"},
        by=coordinator,
    )
    page.goto(f"{live_server.url}/bryn/tell-us/parks/")
    box = page.locator("textarea").first
    box.fill("The swings are broken.")
    page.get_by_role("button", name="Send").click()
    page.wait_for_url("**/thanks/**")
    receipt = page.url
    page.go_back()
    expect(box).to_have_value("The swings are broken.")
    page.get_by_role("button", name="Send").click()
    page.wait_for_url(receipt)
    assert Submission.objects.count() == 1
    # Other words from the page are another answer.
    page.go_back()
    box.fill("The swings are mended.")
    page.get_by_role("button", name="Send").click()
    page.wait_for_url("**/thanks/**")
    assert Submission.objects.count() == 2


def test_a_theme_sent_gone_back_to_and_sent_again_is_one(desk: Page) -> None:
    desk.goto("/bryn/themes/add/")
    desk.locator("[name=name_en]").fill("Parks")
    for _time in range(2):
        desk.get_by_role("button", name="Add the theme").click()
        desk.wait_for_url("**/themes/#*")
        desk.go_back()
        expect(desk.locator("[name=name_en]")).to_have_value("Parks")
    assert Theme.objects.count() == 1


def test_what_somebody_changed_meanwhile_is_not_written_over_by_going_back(
    desk: Page, project: Project, analyst: User
) -> None:
    theme = add_theme(project=project, name={"en": "Parks"}, by=analyst)
    desk.goto(f"/bryn/themes/{theme.uuid}/change/")
    desk.locator("[name=name_en]").fill("Green places")
    desk.get_by_role("button", name="Save the change").click()
    desk.wait_for_url("**/themes/#*")
    change_theme(theme=theme, name={"en": "Parks and woods"}, by=analyst)
    desk.go_back()
    expect(desk.locator("[name=name_en]")).to_have_value("Green places")
    desk.get_by_role("button", name="Save the change").click()
    expect(desk.get_by_text("Parks and woods").first).to_be_visible()
    assert str(Theme.objects.get().name) == "Parks and woods"
