"""The comment in sight, saves that fail, what others do meanwhile: nothing moves without a key."""

import re

import pytest
from playwright.sync_api import Page, expect

from coproduction.projects.models import User
from engagements.services.withholding import withdraw_comment
from tests.browser.coding import SAID, Desk, counted, sees
from tests.browser.looking import Watched
from themes.services import codebook, coding


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
    expect(page.locator("#said")).to_have_text("Somebody else has taken this comment meanwhile.")
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
    expect(page.locator("#said")).to_have_text("Somebody else has taken this comment meanwhile.")
    sees(page, SAID[1])
    keys.press("s")
    sees(page, SAID[3])
    assert desk.coded(1) == {"Litter"}
