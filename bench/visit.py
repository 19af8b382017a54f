"""A first visit in a real browser: what comes over the line, and when something is seen."""

import shutil
from dataclasses import dataclass

from playwright.sync_api import Page, sync_playwright

# As many times slower as a phone's processor is than this machine's.
_SLOWER = 4


@dataclass(frozen=True)
class Visit:
    """A page with all it brings: bytes over the line, requests, nodes, ms until words are seen."""

    sent: int
    requests: int
    nodes: int
    seen_after: float


def chromium() -> str | None:
    """Return where a Chromium is, or None."""
    names = ("chromium", "chromium-browser", "google-chrome")
    return next((found for name in names if (found := shutil.which(name))), None)


def visits(url: str, times: int) -> list[Visit]:
    """Open a page so often, each time as somebody who never did, on a slow processor."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium())
        try:
            found = []
            for _time in range(times):
                context = browser.new_context(viewport={"width": 390, "height": 844})
                found.append(_visit(context.new_page(), url))
                context.close()
            return found
        finally:
            browser.close()


def _visit(page: Page, url: str) -> Visit:
    """Open a page with nothing kept, and add up what comes."""
    line = page.context.new_cdp_session(page)
    line.send("Network.enable")
    line.send("Network.setCacheDisabled", {"cacheDisabled": True})
    line.send("Emulation.setCPUThrottlingRate", {"rate": _SLOWER})
    sent: list[float] = []
    line.on("Network.loadingFinished", lambda told: sent.append(told["encodedDataLength"]))
    page.goto(url, wait_until="networkidle")
    seen = page.evaluate(
        "performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? NaN"
    )
    nodes = page.evaluate("document.querySelectorAll('*').length")
    return Visit(int(sum(sent)), len(sent), int(nodes), float(seen))
