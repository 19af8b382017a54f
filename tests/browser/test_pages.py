"""Every page, opened as someone who may: no barriers, no noise, room for all that is on it."""

from collections import Counter

import pytest
from playwright.sync_api import Page

from coproduction.projects.access import CAPABILITIES
from coproduction.projects.models import User
from tests.architecture.examples import World
from tests.architecture.walk import ADDRESSES, Address
from tests.browser.looking import DESKTOP, barriers, shot
from tests.browser.names import unheard
from tests.browser.room import covered, cramped, faint, moving
from tests.cast import make_person
from tests.projects.examples import DEMO_KEY

LOOKED_AT = [
    pytest.param(address, language, id=f"{address.name}-{language}")
    for address in ADDRESSES
    for language in (("en", "cy") if address.in_languages else ("en",))
]


def whose(address: Address, world: World) -> User | None:
    """Return somebody who may open it: nobody signed in, where that is enough."""
    if address.access in {"public", "anyone", "demo", "token"}:
        return None
    if address.access == "operator":
        return make_person("operator", "bryn")
    if address.access in CAPABILITIES:
        return world.by_role[min(CAPABILITIES[address.access])]
    return world.coordinator


def opened(page: Page, url: str) -> bool:
    """Open an address; say whether it answers with a whole page, and not a file or a fragment.

    What is no page is not opened in the tab: in place of an answer without words the browser puts
    a page of its own, a moment later, which would take away the one opened next.
    """
    answer = page.context.request.get(url)
    assert answer.status < 400 or answer.status in {405, 503}, f"{url} answered {answer.status}"
    kind = answer.headers.get("content-type", "")
    is_page = answer.status == 200 and kind.startswith("text/html") and "<html" in answer.text()
    if is_page:
        page.goto(url)
    return is_page


@pytest.mark.parametrize(("address", "language"), LOOKED_AT)
def test_page(site, settings, address: Address, language: str) -> None:
    settings.DEMO, settings.DEMO_KEY = address.access == "demo", DEMO_KEY
    if address.access == "token":
        return  # For a machine, and no page.
    url = address.url(site.world.kwargs(address.name), language)
    page, problems = site.page_of(whose(address, site.world))
    if settings.DEMO:
        page.context.request.get(f"/demo/{DEMO_KEY}/")
    if not opened(page, url):
        return
    wrong = barriers(page)
    if page.locator("html").get_attribute("lang") != language:
        wrong.append(f"the page does not say that it is in {language}")
    if page.locator("h1").count() != 1:
        wrong.append("a page has one heading of the first rank")
    page.keyboard.press("Tab")
    if page.evaluate("document.activeElement === document.body"):
        wrong.append("nothing takes the focus")
    page.evaluate("document.activeElement.blur()")
    if language == "en" or not address.is_team:
        shot(page, f"{address.name}-{language}")
    wrong += cramped(page)
    site.looked["pages"] += 1
    if language == "en":
        stops, hidden = covered(page)
        words, hard = faint(page)
        wrong += [*hidden, *hard, *moving(page)]
        site.looked += Counter({"stops": stops, "words in drawings": words})
    if address.access != "demo":  # the style page shows one thing in all its states
        heard, unclear = unheard(page)
        wrong += unclear
        site.looked += heard
    page.set_viewport_size(DESKTOP)
    if wrong or problems:
        pytest.fail("\n".join([url, *wrong, *problems]), pytrace=False)


def test_there_are_pages_to_look_at(site) -> None:
    looked = 0
    for address in ADDRESSES:
        if address.access in {"demo", "token"}:
            continue
        page, _problems = site.page_of(whose(address, site.world))
        looked += opened(page, address.url(site.world.kwargs(address.name)))
        if looked == 10:
            return
    pytest.fail(f"only {looked} of {len(ADDRESSES)} addresses are pages")
