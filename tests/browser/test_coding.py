"""Coding comments as an analyst does: by keys, by mouse, without scripts, two at once."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Request, Route, expect

from tests.browser.coding import SAID, Desk, counted, sees
from tests.themes.comments import make_comments
from themes.models import Coding


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
