"""Signing in, as people do: an address, a code from a letter, and their own work."""

import re

from django.core import mail
from playwright.sync_api import expect

from tests.letters import send_what_waits


def test_a_code_from_a_letter_signs_in(page, coordinator, sign_in, shot) -> None:
    sign_in(page, coordinator.email)
    # Whoever co-ordinates is shown the second step first, and may leave it for now.
    page.get_by_role("link", name="Not now").click()
    expect(page).to_have_url(re.compile("/bryn/team/$"))
    page.goto("/accounts/me/")
    expect(page.get_by_role("textbox").first).to_be_visible()


def test_a_wrong_code_is_refused_in_words_and_the_right_one_still_works(page, coordinator) -> None:
    page.goto("/accounts/login/")
    page.locator("main input[type=email]").fill(coordinator.email)
    page.locator("main input[type=email]").press("Enter")
    page.locator("main input[name=code]").fill("WRNG-CODE")
    page.locator("main input[name=code]").press("Enter")
    expect(page.get_by_text("That is not the code we sent").first).to_be_visible()
    assert page.locator("main input[name=code]").get_attribute("aria-describedby")
    send_what_waits()
    assert len(mail.outbox) == 1


def test_an_unknown_address_is_told_no_more_than_a_known_one(page, project) -> None:
    page.goto("/accounts/login/")
    page.locator("main input[type=email]").fill("nobody@bryn.example")
    page.locator("main input[type=email]").press("Enter")
    expect(page.locator("main input[name=code]")).to_be_visible()
    send_what_waits()
    assert mail.outbox == []
