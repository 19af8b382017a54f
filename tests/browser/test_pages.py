"""Every page, opened as someone who may: no barriers, no noise, no sideways scrolling."""

import pytest

from coproduction.projects.access import CAPABILITIES
from coproduction.projects.models import User
from tests.architecture.examples import World
from tests.architecture.walk import ADDRESSES, Address
from tests.browser.looking import Watched, barriers, shot, sticking_out

LOOKED_AT = [
    pytest.param(address, language, id=f"{address.name}-{language}")
    for address in ADDRESSES
    for language in (("en", "cy") if address.in_languages else ("en",))
]


def whose(address: Address, world: World) -> User | None:
    """Return somebody who may open it: nobody signed in, where that is enough."""
    if address.access in {"public", "anyone", "demo"}:
        return None
    if address.access in CAPABILITIES:
        return world.by_role[min(CAPABILITIES[address.access])]
    return world.coordinator


def is_page(watched: Watched, url: str) -> bool:
    """Say whether an address answers GET with a whole page, and not a file or a fragment."""
    answer = watched.context.request.get(url)
    assert answer.status < 400 or answer.status in {405, 503}, f"{url} answered {answer.status}"
    kind = answer.headers.get("content-type", "")
    return answer.status == 200 and kind.startswith("text/html") and "<html" in answer.text()


@pytest.mark.parametrize(("address", "language"), LOOKED_AT)
def test_page(site, settings, address: Address, language: str) -> None:
    settings.DEMO = address.access == "demo"
    watched = site.watched(whose(address, site.world))
    url = address.url(site.world.kwargs(address.name), language)
    if not is_page(watched, url):
        return
    page = watched.context.new_page()
    try:
        page.goto(url)
        wrong = barriers(page)
        for width in (320, 360):
            wrong += sticking_out(page, width)
        if page.locator("html").get_attribute("lang") != language:
            wrong.append(f"the page does not say that it is in {language}")
        if page.locator("h1").count() != 1:
            wrong.append("a page has one heading of the first rank")
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement === document.body"):
            wrong.append("nothing takes the focus")
        if language == "en" or not address.is_team:
            page.evaluate("document.activeElement.blur()")
            shot(page, f"{address.name}-{language}")
        if wrong or watched.problems:
            pytest.fail("\n".join([url, *wrong, *watched.problems]), pytrace=False)
    finally:
        page.close()


def test_there_are_pages_to_look_at(site, settings) -> None:
    settings.DEMO = True
    looked = [
        address.name
        for address in ADDRESSES
        if is_page(
            site.watched(whose(address, site.world)),
            address.url(site.world.kwargs(address.name)),
        )
    ]
    assert len(looked) >= 5, looked
