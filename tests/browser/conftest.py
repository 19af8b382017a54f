"""A real Chromium, a live site, and the ways people come in."""

import os
import re
import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core import mail
from django.core.management import call_command
from django.test import Client
from django.test.utils import override_settings
from django.utils import translation
from playwright.sync_api import Browser, Page, expect, sync_playwright
from pytest_django.live_server_helper import LiveServer

from coproduction.projects.models import Project, User
from tests.architecture.examples import World, make_world
from tests.browser import looking
from tests.browser.coding import SAID, Desk, come_in
from tests.browser.looking import FAILURES, IS_FIREFOX, Watched
from tests.browser.names import TITLE_GIVEN
from tests.browser.story.worker import letters_to
from tests.letters import send_what_waits
from tests.processes import until
from tests.themes.comments import make_comments
from tests.themes.conftest import make_book

# Playwright's loop runs in the tests' thread, and Django would refuse its database there.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

# As long as a click waits: a machine that runs other tests as well is slow.
expect.set_options(timeout=looking.PATIENCE)

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
# The journeys that are made in Firefox too. In the others Playwright loses an answer on purpose, or
# goes back to a page that was left, which it can do in Chromium alone.
IN_FIREFOX_TOO = {
    *("test_coding", "test_counter", "test_journey", "test_many_hands", "test_minutes"),
    *("test_printing", "test_questions", "test_sign_in", "test_public"),
}
NAMES = ("chromium", "chromium-browser", "google-chrome")
CODE = re.compile(r"\b([A-Z0-9]{4}-[A-Z0-9]{4})\b")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark everything here ``browser``: bin/test runs it in its own pass; some also ``firefox``."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)
            if item.path.stem in IN_FIREFOX_TOO:
                item.add_marker(pytest.mark.firefox)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]):
    """Let fixtures see whether their test failed."""
    report = yield
    setattr(item, f"report_of_{report.when}", report)
    return report


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Start one browser for the session: Chromium, or in bin/test long also the system's Firefox.

    Chromium is the system's, or Playwright's own where there is none.
    """
    with sync_playwright() as playwright:
        if IS_FIREFOX:
            browser = playwright.firefox.launch(
                channel="moz-firefox", executable_path=shutil.which("firefox-esr")
            )
        else:
            found = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
            browser = playwright.chromium.launch(executable_path=found, args=ARGUMENTS)
        yield browser
        browser.close()


def keep_pictures(request: pytest.FixtureRequest, watched: Watched) -> None:
    """Keep what a failed test was looking at."""
    report = getattr(request.node, "report_of_call", None)
    if report is not None and report.failed:
        FAILURES.mkdir(parents=True, exist_ok=True)
        name = re.sub(r"[^\w-]+", "-", request.node.name)
        for number, page in enumerate(watched.context.pages):
            page.screenshot(path=FAILURES / f"{name}-{number}.png", full_page=True)
            (FAILURES / f"{name}-{number}.html").write_text(page.content())


# --- Journeys: an empty site for each test, emptied after ----


@pytest.fixture
def watched(
    live_server: LiveServer, chromium: Browser, request: pytest.FixtureRequest
) -> Iterator[Watched]:
    """Open a browser context on this test's live site, closed at the end."""
    watched = Watched(chromium, live_server.url)
    with override_settings(SITE_URL=live_server.url):
        yield watched
    keep_pictures(request, watched)
    watched.context.close()


@pytest.fixture
def page(watched: Watched) -> Iterator[Page]:
    """Open a page on this test's live site: ``page.goto("/bryn/")``. Complaints fail the test."""
    yield watched.context.new_page()
    watched.check()


@pytest.fixture
def new_person(
    live_server: LiveServer, chromium: Browser, request: pytest.FixtureRequest
) -> Iterator[Callable[..., Page]]:
    """Give a page of another person's own browser: ``resident = new_person(viewport=PHONE)``."""
    every: list[Watched] = []

    def opened(**options: Any) -> Page:
        every.append(Watched(chromium, live_server.url, **options))
        return every[-1].context.new_page()

    yield opened
    for watched in every:
        keep_pictures(request, watched)
        watched.context.close()
    for watched in every:
        watched.check()


def codes_sent_to(email: str) -> set[str]:
    """Return the codes in what was written to somebody, by this process or by a worker."""
    letters = [str(letter.body) for letter in mail.outbox if email in letter.to]
    return {code[1] for text in [*letters, *letters_to(email)] if (code := CODE.search(text))}


@pytest.fixture
def sign_in() -> Callable[[Page, str], None]:
    """Sign in as people do, by the code sent to them: ``sign_in(page, "chair@bryn.example")``."""

    def signed_in(page: Page, email: str) -> None:
        before = codes_sent_to(email)
        page.goto("/accounts/login/")
        page.locator("main input[type=email]").fill(email)
        page.locator("main input[type=email]").press("Enter")
        expect(page.locator("main input[name=code]")).to_be_visible()
        send_what_waits()  # Unless a real worker was quicker.
        (code,) = until(lambda: codes_sent_to(email) - before, what=f"a code for {email}")
        page.locator("main input[name=code]").fill(code)
        page.locator("main input[name=code]").press("Enter")
        expect(page).not_to_have_url(re.compile("/login/code/"))

    return signed_in


@pytest.fixture
def axe() -> Callable[[Page], None]:
    """Fail if axe finds a barrier on the page as it stands: ``axe(page)``."""
    return looking.axe


@pytest.fixture
def shot() -> Callable[[Page, str], None]:
    """Keep a picture at 360 and 1280 px in .test/screenshots/: ``shot(page, "plan")``."""
    return looking.shot


# --- Every page: one site with one of everything, for a whole module ----


class Site:
    """A live site with a whole world in it, and one signed-in page for each person."""

    def __init__(self, url: str, world: World, chromium: Browser) -> None:
        """Begin with nobody signed in."""
        self.url, self.world, self._chromium = url, world, chromium
        self._watched: dict[str, Watched] = {}
        # How many pages, and how much on them, was looked at: told at the end.
        self.looked: Counter[str] = Counter()

    def page_of(self, user: User | None) -> tuple[Page, list[str]]:
        """Return somebody's page, or nobody's, and where its complaints are noted: none yet."""
        key = user.email if user else ""
        if key not in self._watched:
            watched = self._watched[key] = Watched(self._chromium, self.url)
            watched.context.add_init_script(looking.AXE)
            watched.context.add_init_script(TITLE_GIVEN)
            if user:
                client = Client()
                client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
                name = settings.SESSION_COOKIE_NAME
                value = client.cookies[name].value
                watched.context.add_cookies([{"name": name, "value": value, "url": self.url}])
            watched.context.new_page()
        watched = self._watched[key]
        watched.problems.clear()
        return watched.context.pages[0], watched.problems

    def close(self) -> None:
        """Close every context."""
        for watched in self._watched.values():
            watched.context.close()


@pytest.fixture(scope="module")
def site(
    django_db_setup: None,
    django_db_blocker: pytest.FixtureRequest,
    chromium: Browser,
    say: Callable[[str], None],
) -> Iterator[Site]:
    """Serve one world, kept in the database while the module's tests run, then emptied."""
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        call_command("flush", verbosity=0, interactive=False)
        server = LiveServer("localhost")
        try:
            with (
                server._live_server_modified_settings,
                override_settings(SITE_URL=server.url),
                translation.override("en"),
            ):
                site = Site(server.url, make_world("bryn", "Bryn"), chromium)
                yield site
                site.close()
                if site.looked:
                    say(f"looked at {dict(site.looked)}")
        finally:
            server.stop()
            call_command("flush", verbosity=0, interactive=False)


# --- At the coding screen ----


@pytest.fixture
def desk(transactional_db: None, project: Project, analyst: User) -> Desk:
    """Five comments to code, in order."""
    book = make_book(project, analyst)
    comments = make_comments(project, *SAID)
    return Desk(project, analyst, book, comments, f"/{project.slug}/themes/coding/")


@pytest.fixture
def at_desk(page: Page, desk: Desk, live_server: LiveServer) -> Page:
    """The coding screen, open."""
    come_in(page.context, desk.analyst, live_server.url)
    page.goto(desk.url)
    return page


@pytest.fixture
def plain(chromium: Browser, desk: Desk, live_server: LiveServer) -> Iterator[Page]:
    """The coding screen in a browser that runs no scripts."""
    watched = Watched(chromium, live_server.url, java_script_enabled=False)
    come_in(watched.context, desk.analyst, live_server.url)
    page = watched.context.new_page()
    page.goto(desk.url)
    yield page
    watched.context.close()
    watched.check()
