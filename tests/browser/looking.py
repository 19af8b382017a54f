"""What is looked for on a page: barriers, sideways scrolling, noise in the console, its picture."""

import os
import re
from pathlib import Path
from typing import Any

from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Locator,
    Page,
    Response,
    WebError,
)

from tests.architecture.sources import ROOT

AXE = (ROOT / "tests/vendor/axe/axe.min.js").read_text()
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]
SCREENSHOTS = ROOT / ".test/screenshots"
FAILURES = ROOT / ".test/failures"
# Set by bin/test long: the same journeys in the other browser that people have.
IS_FIREFOX = os.environ.get("TEST_BROWSER") == "firefox"
# How many milliseconds a click or a word is waited for. Where all is well nobody waits, and no test
# says how fast a thing is: a machine that does other things too may take long.
PATIENCE = 30_000
PHONE = {"width": 360, "height": 740}
DESKTOP = {"width": 1280, "height": 900}


class Watched:
    """A context whose pages note what the console, the network and the policy complain of."""

    def __init__(self, browser: Browser, base_url: str, **options: Any) -> None:
        """Open a context of its own: no cookie of another's."""
        self.problems: list[str] = []
        self.context: BrowserContext = browser.new_context(
            base_url=base_url, locale="en-GB", **{"viewport": DESKTOP} | options
        )
        self.context.set_default_timeout(PATIENCE)
        self.context.on("console", self._console)
        self.context.on("weberror", self._weberror)
        self.context.on("response", self._response)

    def _console(self, message: ConsoleMessage) -> None:
        # A page that answers 403, 404 or 409 says so on purpose; a broken link in it is a
        # subresource, which _response notes.
        if message.type == "error" and "Failed to load resource" not in message.text:
            self.problems.append(f"console error: {message.text}")

    def _weberror(self, error: WebError) -> None:
        # Firefox says of the style that Playwright puts in for a picture that it was blocked.
        # What our pages bring along is watched in Chromium.
        told = str(error.error)
        if IS_FIREFOX and "blocked an inline style" in told:
            return
        self.problems.append(f"script: {told}")

    def _response(self, response: Response) -> None:
        if response.status >= 500:
            self.problems.append(f"{response.status} for {response.url}")
        elif response.status >= 400 and response.request.resource_type != "document":
            self.problems.append(f"{response.status} for {response.url}")

    def check(self) -> None:
        """Fail if anything was complained of."""
        assert not self.problems, "\n".join(self.problems)


def barriers(page: Page) -> list[str]:
    """Return what axe finds on the page as it stands: rule, element and remedy."""
    # Evaluated by the debugger, so the page's policy stays strict and tested.
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE)
    found = page.evaluate(
        # What it would load of stylesheets beforehand is for one rule that is not among these.
        "tags => axe.run(document, {runOnly: {type: 'tag', values: tags}, preload: false, "
        "resultTypes: ['violations']})",
        TAGS,
    )
    assert found["testEngine"]["name"] == "axe-core"
    return [
        f"{rule['id']} ({rule['impact']}): {rule['help']}\n"
        + "\n".join(
            f"    {' '.join(map(str, node['target']))}\n      {node['html'][:200]}\n      "
            + re.sub(r"\s*\n\s*", "; ", node["failureSummary"])
            for node in rule["nodes"][:5]
        )
        for rule in found["violations"]
    ]


def axe(page: Page) -> None:
    """Fail if axe finds a barrier on the page as it stands."""
    told = barriers(page)
    assert not told, f"{page.url}: {len(told)} barriers\n" + "\n".join(told)


def sticking_out(page: Page, width: int) -> list[str]:
    """Return what makes the page wider than a screen of ``width``, if it is."""
    page.set_viewport_size({"width": width, "height": PHONE["height"]})
    out = page.evaluate(
        """() => {
            const room = document.documentElement.clientWidth;
            if (document.documentElement.scrollWidth <= room) return [];
            const scrolls = (each) => each !== document.body
                && (getComputedStyle(each).overflowX !== 'visible'
                    || (each.parentElement && scrolls(each.parentElement)));
            const out = [...document.querySelectorAll('body *')]
                .filter(each => each.getBoundingClientRect().right > room + 1
                    && !scrolls(each.parentElement))
                .slice(0, 5).map(each => each.outerHTML.slice(0, 120));
            if (out.length) return out;
            // Words may stick out of a box that itself does not.
            const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
            const range = document.createRange();
            while (walk.nextNode()) {
                range.selectNodeContents(walk.currentNode);
                const wide = range.getBoundingClientRect().right > room + 1;
                if (wide && !scrolls(walk.currentNode.parentElement)) {
                    const box = walk.currentNode.parentElement;
                    out.push(`the words in ${box.outerHTML.slice(0, 120)}`);
                }
            }
            return out.length ? out : [`something, to ${document.documentElement.scrollWidth}`];
        }"""
    )
    return [f"wider than a screen of {width}: {each}" for each in out]


def crossed_labels(page: Page) -> list[str]:
    """Return the cells of stacked rows whose label runs into the value, or stands beside a part.

    A label is drawn in front of its cell, in a column of its own: it has to wrap there, and of two
    boxes in the cell the second would come under the label, as if it were one.
    """
    page.set_viewport_size(PHONE)
    found = page.evaluate(
        """() => [...document.querySelectorAll('.table--stack td[data-label]')]
            .filter(each => getComputedStyle(each).display === 'grid' && (
                getComputedStyle(each, '::before').whiteSpace === 'nowrap'
                || each.childElementCount > 1))
            .map(each => `${each.dataset.label}: ${each.textContent.trim()}`.slice(0, 120))"""
    )
    return [f"label and value cross in: {each}" for each in found]


def shot(page: Page, name: str) -> None:
    """Keep a picture of the whole page as a phone and as a desk see it."""
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    before = page.viewport_size
    for size in (PHONE, DESKTOP):
        page.set_viewport_size(size)
        page.screenshot(
            path=picture_path(name, size["width"]),
            type="jpeg",  # a third of the time that PNG takes
            quality=80,
            full_page=True,
            animations="disabled",
        )
    if before:
        page.set_viewport_size(before)


def picture_path(name: str, width: int) -> Path:
    """Return where a picture is kept."""
    return SCREENSHOTS / f"{re.sub(r'[^a-z0-9-]+', '-', name.lower()).strip('-')}-{width}.jpg"


def fill(box: Locator, value: str) -> None:
    """Write over what is in a box. In Firefox, Playwright would write a number beside another."""
    if IS_FIREFOX and box.get_attribute("type") == "number":
        box.evaluate("each => { each.value = ''; }")
    box.fill(value)


def sizes_of_paper() -> list[tuple[str, str]]:
    """Return papers as wide as A4 and of many lengths, as what drives the browser measures them.

    Firefox is told inches as if they were centimetres.
    """
    much = 2.54 if IS_FIREFOX else 1
    return [(f"{210 * much:.1f}mm", f"{height * much:.1f}mm") for height in range(200, 300, 4)]
