"""Coding comments as an analyst does: by keys, by mouse, without scripts, two at once."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, Request, Route, expect
from pytest_django.live_server_helper import LiveServer

from coproduction.projects.models import Project, User
from engagements.models import Comment
from engagements.services.withholding import withdraw_comment
from tests.browser.looking import Watched
from tests.themes.comments import make_comments
from tests.themes.conftest import Book, make_book
from themes.models import Coding
from themes.services import codebook, coding

SAID = ("Mend the swings.", "Slow the cars.", "Empty the bins.", "More police.", "Light the path.")


@dataclass
class Desk:
    """A project with its codebook and five comments, and an analyst at work."""

    project: Project
    analyst: User
    book: Book
    comments: list[Comment]
    url: str

    def coded(self, number: int) -> set[str]:
        """Return the codes on one of the comments."""
        rows = Coding.objects.filter(comment=self.comments[number]).select_related("theme")
        return {str(row.theme) for row in rows}


@pytest.fixture
def desk(transactional_db: None, project: Project, analyst: User) -> Desk:
    """Five comments to code, in order."""
    book = make_book(project, analyst)
    comments = make_comments(project, *SAID)
    return Desk(project, analyst, book, comments, f"/{project.slug}/themes/coding/")


def come_in(context: BrowserContext, user: User, url: str) -> None:
    """Let somebody in without the way in, which has a journey of its own."""
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    name = settings.SESSION_COOKIE_NAME
    context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": url}])


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


def sees(page: Page, words: str) -> None:
    """Wait until a comment is the one shown."""
    expect(page.locator("#words-text")).to_have_text(words)


def counted(page: Page, words: str) -> None:
    """Wait until the bar says how far the coding has come."""
    expect(page.locator("#coded .progress__words b")).to_have_text(words)


def test_coding_by_keys(at_desk: Page, desk: Desk, axe: Callable[[Page], None]) -> None:
    page, keys = at_desk, at_desk.keyboard
    sees(page, SAID[0])
    counted(page, "0 of 5")
    axe(page)
    keys.press("1")
    expect(page.get_by_label("Parks")).to_be_checked()
    expect(page.get_by_label("Parks")).to_be_focused()
    keys.press("4")
    keys.press("Enter")
    sees(page, SAID[1])
    expect(page.locator("#words")).to_be_focused()
    expect(page.locator("#said")).to_have_text("Saved: Parks, Police.")
    counted(page, "1 of 5")
    expect(page.locator("input[name=codes]:checked")).to_have_count(0)
    keys.press("3")
    keys.press("Enter")
    sees(page, SAID[2])
    counted(page, "2 of 5")
    assert desk.coded(0) == {"Parks", "Police"}
    assert desk.coded(1) == {"Traffic"}

    # Undo, twice: the last first, with its codes ticked, to be put right.
    keys.press("u")
    sees(page, SAID[1])
    expect(page.get_by_label("Traffic")).to_be_checked()
    counted(page, "1 of 5")
    keys.press("u")
    sees(page, SAID[0])
    counted(page, "0 of 5")
    assert desk.coded(0) == desk.coded(1) == set()
    keys.press("4")
    keys.press("Enter")
    counted(page, "1 of 5")
    assert desk.coded(0) == {"Parks"}


def test_saving_asks_once_for_that_and_for_what_comes_next(at_desk: Page, desk: Desk) -> None:
    page, keys = at_desk, at_desk.keyboard
    make_comments(desk.project, *(f"Comment {number}" for number in range(9)))
    page.reload()
    asked: list[str] = []

    def asks(request: Request) -> None:
        # By the script: a font that the page asks for late is none of it.
        if request.resource_type == "fetch":
            asked.append(request.method)

    page.on("request", asks)
    for number in range(1, 13):
        keys.press("1")
        keys.press("Enter")
        counted(page, f"{number} of 14")
    sees(page, "Comment 7")
    assert asked == ["POST"] * 12


def test_skipped_comments_come_round_again_and_the_end_says_so(at_desk: Page, desk: Desk) -> None:
    page, keys = at_desk, at_desk.keyboard
    keys.press("s")
    sees(page, SAID[1])
    for number in (1, 2, 3, 4):
        sees(page, SAID[number])
        keys.press("2")
        keys.press("Enter")
        counted(page, f"{number} of 5")
    sees(page, SAID[0])
    keys.press("s")
    expect(page.locator("#said")).to_have_text("This is the only comment left.")
    sees(page, SAID[0])
    keys.press("2")
    keys.press("Enter")
    expect(page.get_by_role("heading", name="Every comment is coded")).to_be_visible()
    expect(page.get_by_text("Saved: Litter.", exact=True)).to_be_visible()
    expect(page.get_by_role("button", name="Undo")).to_be_visible()
    assert all(desk.coded(number) == {"Litter"} for number in range(5))


def test_finding_a_code_by_name_and_nothing_chosen(at_desk: Page, desk: Desk) -> None:
    page, keys = at_desk, at_desk.keyboard
    keys.press("Enter")
    expect(page.locator("#refused")).to_have_text(re.compile("Choose at least one code"))
    sees(page, SAID[0])
    keys.press("/")
    expect(page.locator("#filter")).to_be_focused()
    keys.type("pol")
    expect(page.get_by_label("Parks")).to_be_hidden()
    keys.press("Enter")
    expect(page.get_by_label("Police")).to_be_checked()
    expect(page.get_by_label("Parks")).to_be_visible()
    expect(page.locator("#words")).to_be_focused()
    keys.press("Enter")
    sees(page, SAID[1])
    counted(page, "1 of 5")
    assert desk.coded(0) == {"Police"}


def test_single_keys_can_be_switched_off_and_stay_off(at_desk: Page, desk: Desk) -> None:
    page = at_desk
    page.get_by_role("button", name="Single keys").click()
    page.keyboard.press("1")
    page.keyboard.press("s")
    expect(page.locator("input[name=codes]:checked")).to_have_count(0)
    sees(page, SAID[0])
    page.reload()
    page.keyboard.press("1")
    expect(page.locator("input[name=codes]:checked")).to_have_count(0)
    expect(page.get_by_role("button", name="Single keys")).to_have_attribute(
        "aria-pressed", "false"
    )


def test_coding_by_mouse_faster_than_the_server(at_desk: Page, desk: Desk) -> None:
    page = at_desk

    def slowly(route: Route) -> None:
        page.wait_for_timeout(150)
        route.continue_()

    page.route("**/coding/", slowly)
    for number in range(4):
        sees(page, SAID[number])
        page.get_by_text("Parks", exact=True).click()
        page.get_by_role("button", name="Save and go on").click()
    sees(page, SAID[4])
    counted(page, "4 of 5")
    assert [desk.coded(number) for number in range(5)] == [{"Parks"}] * 4 + [set()]


def test_what_could_not_be_saved_comes_back(at_desk: Page, desk: Desk) -> None:
    page, keys = at_desk, at_desk.keyboard
    page.context.set_offline(True)
    page.wait_for_function("!navigator.onLine")
    keys.press("1")
    keys.press("Enter")
    expect(page.locator("#refused")).to_have_text(re.compile("connection is lost"))
    sees(page, SAID[0])
    expect(page.get_by_label("Parks")).to_be_checked()
    page.context.set_offline(False)
    # What is typed on was meant for other comments; Esc says that somebody has looked.
    keys.press("3")
    keys.press("Enter")
    expect(page.get_by_label("Traffic")).not_to_be_checked()
    sees(page, SAID[0])
    keys.press("Escape")
    expect(page.locator("#refused")).to_be_empty()
    keys.press("Enter")
    sees(page, SAID[1])
    counted(page, "1 of 5")
    assert desk.coded(0) == {"Parks"}


def test_a_failed_save_stops_the_line_and_each_comment_keeps_its_own_codes(
    at_desk: Page, desk: Desk
) -> None:
    page, keys = at_desk, at_desk.keyboard
    page.context.set_offline(True)
    page.wait_for_function("!navigator.onLine")
    for key in "1234":
        keys.press(key)
        keys.press("Enter")
    expect(page.locator("#refused")).to_have_text(re.compile("connection is lost"))
    sees(page, SAID[0])
    expect(page.get_by_label("Parks")).to_be_checked()
    expect(page.locator("input[name=codes]:checked")).to_have_count(1)
    page.context.set_offline(False)
    page.get_by_role("button", name="Go on", exact=True).click()
    codes = ("Parks", "Litter", "Traffic", "Police")
    for number, code in enumerate(codes):
        sees(page, SAID[number])
        # Those that were typed for a comment wait on it; what was typed after the stop is nowhere.
        if not page.get_by_role("checkbox", name=code).is_checked():
            keys.press(str(number + 1))
        expect(page.locator("input[name=codes]:checked")).to_have_count(1)
        keys.press("Enter")
        counted(page, f"{number + 1} of 5")
    assert [desk.coded(number) for number in range(4)] == [{code} for code in codes]


def test_a_code_is_added_without_losing_what_is_ticked(at_desk: Page, desk: Desk) -> None:
    page, keys = at_desk, at_desk.keyboard
    keys.press("1")
    keys.press("4")
    page.get_by_role("link", name="Nothing fits? Add a code").click()
    page.locator("main form input[type=text]").first.fill("Swings")
    page.get_by_role("button", name="Add the code and go back to the comment").click()
    sees(page, SAID[0])
    expect(page.locator("input[name=codes]:checked + label")).to_have_count(3)
    keys.press("Enter")
    counted(page, "1 of 5")
    assert desk.coded(0) == {"Parks", "Police", "Swings"}


def test_nothing_that_is_shown_changes_without_a_key(
    at_desk: Page, desk: Desk, coordinator: User
) -> None:
    page, keys = at_desk, at_desk.keyboard
    for number in (1, 2):
        keys.press("1")
        keys.press("Enter")
        counted(page, f"{number} of 5")
    for number in (1, 0):
        keys.press("u")
        sees(page, SAID[number])
    # Somebody found the next one by search and coded it.
    coding.code_comment(comment=desk.comments[1], codes=[desk.book.litter], by=coordinator)
    keys.press("4")
    with page.expect_response(lambda answer: answer.request.method == "POST"):
        keys.press("Enter")
    sees(page, SAID[1])
    expect(page.locator("#said")).to_have_text("Somebody else has coded this comment meanwhile.")
    keys.press("s")
    sees(page, SAID[2])


@pytest.mark.parametrize(
    ("width", "height"), [(1280, 720), (640, 400), (360, 740)], ids=["desk", "twice", "phone"]
)
def test_the_comment_stays_in_sight_whatever_is_ticked(
    at_desk: Page, desk: Desk, width: int, height: int
) -> None:
    page, keys = at_desk, at_desk.keyboard
    for number in range(25):
        codebook.add_code(
            project=desk.project,
            parent=(desk.book.spaces, desk.book.safety)[number % 2],
            name={"en": f"Code {number}"},
            by=desk.analyst,
        )
    page.set_viewport_size({"width": width, "height": height})
    page.reload()
    looked = 0
    for box in page.locator("input[data-key]").all():
        if not (key := box.get_attribute("data-key")):
            continue
        keys.press(key)
        expect(box).to_be_checked()
        words = page.locator("#words-text").bounding_box()
        label = page.locator(f"label[for='{box.get_attribute('id')}']").bounding_box()
        assert words is not None
        assert label is not None
        assert -1 <= words["y"] <= height - 20, (key, words)
        assert -1 <= label["y"] <= height + 1 - label["height"], (key, label)
        looked += 1
    assert looked == 30


def test_a_comment_withdrawn_meanwhile_is_passed_over(
    at_desk: Page, desk: Desk, watched: Watched
) -> None:
    page, keys = at_desk, at_desk.keyboard
    withdraw_comment(comment=desk.comments[0], by=None)
    keys.press("1")
    keys.press("Enter")
    expect(page.locator("#refused")).to_have_text(re.compile("no longer shown"))
    sees(page, SAID[1])
    keys.press("1")
    keys.press("Enter")
    sees(page, SAID[2])
    counted(page, "1 of 5")
    assert desk.coded(0) == set()
    assert desk.coded(1) == {"Parks"}
    watched.problems.clear()  # the refusal is an answer of 409


def test_what_somebody_else_coded_meanwhile_is_passed_over(
    at_desk: Page, desk: Desk, coordinator: User
) -> None:
    page, keys = at_desk, at_desk.keyboard
    for number in (1, 2):
        coding.code_comment(comment=desk.comments[number], codes=[desk.book.litter], by=coordinator)
    keys.press("1")
    keys.press("Enter")
    # What is before somebody stays there; it is said, and skipped by hand.
    expect(page.locator("#said")).to_have_text("Somebody else has coded this comment meanwhile.")
    sees(page, SAID[1])
    keys.press("s")
    sees(page, SAID[3])
    assert desk.coded(1) == {"Litter"}


def test_coding_without_scripts(plain: Page, desk: Desk) -> None:
    page = plain
    sees(page, SAID[0])
    page.get_by_label("Parks").check()
    page.get_by_label("Traffic").check()
    page.get_by_role("button", name="Save and go on").click()
    sees(page, SAID[1])
    expect(page.locator("#said")).to_have_text("Saved: Parks, Traffic.")
    counted(page, "1 of 5")
    page.locator("#skip").click()
    sees(page, SAID[2])
    page.get_by_role("button", name="Save and go on").click()
    expect(page.get_by_text("Choose at least one code")).to_be_visible()
    sees(page, SAID[2])
    page.get_by_label("Litter").check()
    page.get_by_role("button", name="Save and go on").click()
    sees(page, SAID[3])
    page.get_by_role("button", name="Undo").click()
    sees(page, SAID[2])
    expect(page.get_by_label("Litter")).to_be_checked()
    assert desk.coded(0) == {"Parks", "Traffic"}
    assert desk.coded(2) == set()


def test_twenty_comments_typed_without_a_pause_are_twenty_saved(at_desk: Page, desk: Desk) -> None:
    more = make_comments(desk.project, *(f"Comment {number}." for number in range(6, 23)))
    page, keys = at_desk, at_desk.keyboard
    page.reload()
    sees(page, SAID[0])
    for _number in range(20):
        keys.press("4")
        keys.press("Enter")
    counted(page, "20 of 22")
    sees(page, more[15].text)
    every = [*desk.comments, *more]
    coded = Coding.objects.order_by("comment").values_list("comment", flat=True)
    assert list(coded) == [each.pk for each in every[:20]]
    expect(page.locator("input[name=codes]:checked")).to_have_count(0)


def test_undo_after_a_skip_goes_back_to_what_was_skipped(at_desk: Page, desk: Desk) -> None:
    page, keys = at_desk, at_desk.keyboard
    keys.press("4")
    keys.press("Enter")
    sees(page, SAID[1])
    keys.press("1")
    keys.press("s")
    sees(page, SAID[2])
    keys.press("u")
    sees(page, SAID[1])
    expect(page.locator("#said")).to_have_text("You are back at the comment you skipped.")
    expect(page.locator("input[name=codes]:checked")).to_have_count(1)
    assert desk.coded(0) == {"Police"}
    keys.press("u")
    sees(page, SAID[0])
    counted(page, "0 of 5")
    assert desk.coded(0) == set()


@pytest.mark.parametrize("width", [360, 1280])
def test_what_is_said_does_not_move_the_buttons(at_desk: Page, desk: Desk, width: int) -> None:
    page, keys = at_desk, at_desk.keyboard
    page.set_viewport_size({"width": width, "height": 800})

    def places() -> list[dict[str, float] | None]:
        return [
            page.get_by_role("button", name="Save and go on").bounding_box(),
            page.locator("#skip").bounding_box(),
        ]

    before = places()
    keys.press("4")
    keys.press("Enter")
    counted(page, "1 of 5")
    expect(page.locator("#said")).to_have_text(re.compile("Saved"))
    assert places() == before
