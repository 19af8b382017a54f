"""A passkey and an app in a real browser, with an authenticator that the browser makes up."""

import re
from collections.abc import Callable

import pytest
from allauth.mfa.models import Authenticator
from playwright.sync_api import Page, expect

from coproduction.projects.models import Project, User
from tests.second_step import code_of

pytestmark = pytest.mark.django_db(transaction=True)

SignIn = Callable[[Page, str], None]


def with_authenticator(page: Page) -> None:
    """Give a page's browser a device that keeps passkeys."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def test_a_passkey_is_made_and_asked_for(
    project: Project,
    coordinator: User,
    page: Page,
    sign_in: SignIn,
    axe: Callable[[Page], None],
    shot: Callable[[Page, str], None],
) -> None:
    with_authenticator(page)
    sign_in(page, coordinator.email)
    expect(page.get_by_role("heading", level=1)).to_have_text("The second step of signing in")
    axe(page)
    shot(page, "second-step-asked")
    page.get_by_role("link", name="Add a passkey").click()
    axe(page)
    shot(page, "second-step-passkey")
    page.get_by_role("button", name="Make a passkey").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your recovery codes")
    axe(page)
    shot(page, "second-step-codes")
    assert len(page.locator("ul.spelled li").all()) == 10
    page.get_by_role("link", name="I have them on paper").click()
    page.goto("/accounts/me/second-step/")
    expect(page.locator("main")).to_contain_text("Chrome on Linux")
    axe(page)
    shot(page, "second-step-mine")
    page.get_by_role("button", name="Sign out").click()
    sign_in(page, coordinator.email)
    expect(page.get_by_role("heading", level=1)).to_have_text("The second step")
    axe(page)
    shot(page, "second-step-asked-for")
    page.get_by_role("button", name="Use your passkey").click()
    expect(page.locator("main")).not_to_contain_text("The code was right")
    assert page.goto("/bryn/team/").status == 200
    assert Authenticator.objects.get(type="webauthn").last_used_at is not None


def test_another_devices_passkey_opens_nothing(
    project: Project,
    coordinator: User,
    page: Page,
    new_person: Callable[..., Page],
    sign_in: SignIn,
) -> None:
    with_authenticator(page)
    sign_in(page, coordinator.email)
    page.get_by_role("link", name="Add a passkey").click()
    page.get_by_role("button", name="Make a passkey").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your recovery codes")
    other = new_person()
    with_authenticator(other)
    sign_in(other, coordinator.email)
    other.get_by_role("button", name="Use your passkey").click()
    expect(other.get_by_role("alert")).to_contain_text("That did not work")
    expect(other.get_by_role("heading", level=1)).to_have_text("The second step")


def test_an_app_is_set_up_and_asked_for(
    project: Project,
    coordinator: User,
    page: Page,
    sign_in: SignIn,
    axe: Callable[[Page], None],
    shot: Callable[[Page, str], None],
) -> None:
    sign_in(page, coordinator.email)
    page.get_by_role("link", name="Set up an app").click()
    axe(page)
    shot(page, "second-step-app")
    page.get_by_text("Or type the key in").click()
    secret = re.sub(r"\s", "", page.locator("p.spelled").inner_text())
    page.get_by_label("The code that the app shows").fill("000000")
    page.get_by_role("button", name="Set it up").click()
    expect(page.locator(".govuk-error-summary")).to_contain_text("That is not the code")
    page.get_by_text("Or type the key in").click()
    assert re.sub(r"\s", "", page.locator("p.spelled").inner_text()) == secret
    page.get_by_label("The code that the app shows").fill(code_of(secret))
    page.get_by_role("button", name="Set it up").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your recovery codes")
    page.get_by_role("button", name="Sign out").click()
    sign_in(page, coordinator.email)
    axe(page)
    shot(page, "second-step-code")
    page.get_by_label("The code", exact=True).fill(code_of(secret))
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_role("heading", level=1)).not_to_have_text("The second step")
