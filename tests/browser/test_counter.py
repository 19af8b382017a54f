"""A box says how much room is left, counts as the server does, and cuts nothing off."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.looking import PHONE, axe

pytestmark = [pytest.mark.browser]


def test_a_box_says_what_is_left_once_it_is_nearly_full(
    project, coordinator, new_person, sign_in
) -> None:
    page: Page = new_person(viewport=PHONE)
    sign_in(page, coordinator.email)
    page.goto("/bryn/engagements/plan/")
    box = page.get_by_label("What is it for?")
    counter = page.locator("#id_purpose-left")
    box.fill("a" * 370)
    expect(counter).to_have_count(0)
    # A line end is one, a decomposed letter is one, and what nobody sees is none.
    box.fill("a\n" * 200 + "w\u0302\u200b" * 50)
    expect(counter).to_have_text("Characters left: 50")
    assert "id_purpose-left" in (box.get_attribute("aria-describedby") or "")
    told = page.locator("#id_purpose-left + [role=status]")
    expect(told).to_have_text("Characters left: 50")
    axe(page)
    box.fill("a" * 503)
    expect(counter).to_have_text("Characters too many: 3")
    assert len(box.input_value()) == 503
    axe(page)
    box.fill("a")
    expect(counter).to_be_hidden()
    box.fill("a" * 503)
    page.get_by_label("Title").fill("Fun day")
    page.get_by_label("Date").fill("2027-05-01")
    page.get_by_role("button", name="Save").first.click()
    expect(page.locator("#id_purpose")).to_have_value("a" * 503)
    expect(page.get_by_role("link", name="Use 500 characters or fewer.")).to_be_visible()
    # Refused, the page comes back and says at once how much has to go.
    expect(counter).to_have_text("Characters too many: 3")


def test_it_says_so_in_welsh(project, coordinator, page: Page, sign_in) -> None:
    sign_in(page, coordinator.email)
    page.goto("/cy/bryn/engagements/plan/")
    page.locator("#id_purpose").fill("a" * 499)
    expect(page.locator("#id_purpose-left")).to_have_text("Nodau ar ôl: 1")
