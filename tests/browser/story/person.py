"""What everybody in the journey can do with a page: read it, fill it in, press what it offers."""

import re
from re import Pattern

from playwright.sync_api import Locator, Page, expect

from tests.browser import looking
from tests.processes import until

SLUG = "cwm-teg"
DOMAIN = f"{SLUG}.example"
# Each box of a text in several languages is labelled with its language's own name.
ENGLISH, WELSH = "English", "Cymraeg"


def email_of(name: str) -> str:
    """Return somebody's address."""
    return f"{name.lower()}@{DOMAIN}"


class Person:
    """Somebody at a browser of their own."""

    def __init__(self, name: str, page: Page) -> None:
        """Sit down at a browser."""
        self.name, self.page = name, page
        self.email = email_of(name)
        self._looked_at: set[str] = set()

    @property
    def main(self) -> Locator:
        """The main part of the page."""
        return self.page.get_by_role("main")

    def open(self, path: str = "") -> None:
        """Open an address of the project, and look at the page."""
        self.page.goto(f"/{SLUG}/{path}")
        self.look()

    def look(self) -> None:
        """Check that the page stands, and has no barrier, once for each page."""
        expect(self.page.get_by_role("heading", level=1)).to_be_visible()
        place = re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}|\d+", "…", self.page.url.partition("?")[0])
        if place not in self._looked_at:
            self._looked_at.add(place)
            self.find_barriers()

    def find_barriers(self) -> None:
        """Have axe look at the page as it stands."""
        looking.axe(self.page)

    def follow(self, name: str | Pattern[str], within: Locator | None = None) -> None:
        """Follow a link by its words, and look at where it leads."""
        (within or self.page).get_by_role("link", name=name).first.click()
        self.look()

    def leave_second_step_for_later(self) -> None:
        """Go on to where they wanted to, if the page asks for a second step of signing in."""
        if self.page.get_by_role("link", name="Not now").count():
            self.follow("Not now")

    def press(self, name: str | Pattern[str], within: Locator | None = None) -> None:
        """Press a button by its words, and look at what comes of it."""
        (within or self.main).get_by_role("button", name=name).first.click()
        self.look()

    def write(self, label: str | Pattern[str], text: str, within: Locator | None = None) -> None:
        """Type into the box of this label."""
        looking.fill((within or self.main).get_by_label(label), text)

    def write_both(self, label: str | Pattern[str], english: str, welsh: str) -> None:
        """Type a text in both languages, side by side."""
        boxes = self.main.get_by_role("group", name=label)
        boxes.get_by_label(ENGLISH).fill(english)
        boxes.get_by_label(WELSH).fill(welsh)

    def choose(self, label: str | Pattern[str], option: str, within: Locator | None = None) -> None:
        """Choose from a list."""
        (within or self.main).get_by_label(label).select_option(label=option)

    def tick(
        self, name: str | Pattern[str], within: Locator | None = None, *, exact: bool = True
    ) -> None:
        """Tick a box or pick one of several answers by its words, or by part of them."""
        (within or self.main).get_by_label(name, exact=exact).check()

    def reads(self, words: str | Pattern[str], within: Locator | None = None) -> None:
        """Find these words on the page."""
        expect((within or self.page).get_by_text(words).first).to_be_visible()

    def reloads_until(self, words: str) -> None:
        """Load the page again until it says these words, which somebody else is writing."""

        def reload() -> bool:
            self.page.reload()
            return self.page.get_by_text(words).count() > 0

        until(reload, what=words)

    def does_not_read(self, words: str | Pattern[str]) -> None:
        """Find these words nowhere on the page."""
        expect(self.page.get_by_text(words)).to_have_count(0)

    def heading(self, words: str | Pattern[str]) -> None:
        """Stand on the page with this heading."""
        expect(self.page.get_by_role("heading", level=1, name=words)).to_be_visible()
