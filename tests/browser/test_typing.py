"""Typing what people said: with one hand on a phone, and by the keys of a laptop."""

import pytest
from playwright.sync_api import Page, expect

from engagements.models import Comment, Submission
from tests.browser.coding import come_in
from tests.engagements.conftest import engagement, questions  # noqa: F401

PHONE = {"width": 360, "height": 640}
# What is left of it above its keyboard.
ABOVE_KEYBOARD = {"width": 360, "height": 300}


@pytest.fixture
def stall(transactional_db, project, engagement, questions) -> str:  # noqa: F811
    """The pages of an engagement that was held."""
    return f"/{project.slug}/engagements/{engagement.uuid}"


def is_in_view(page: Page, *names: str) -> bool:
    """Say whether the box that has the keyboard, and these buttons, are seen whole."""
    height = page.viewport_size["height"]
    found = [page.locator(":focus"), *(page.get_by_role("button", name=name) for name in names)]
    edges = [each.bounding_box() for each in found]
    return all(edge["y"] >= 0 and edge["y"] + edge["height"] <= height + 1 for edge in edges)


@pytest.mark.parametrize("size", [PHONE, ABOVE_KEYBOARD], ids=["whole", "keyboard up"])
def test_box_and_button_stay_in_view_and_what_was_kept_stands_below(
    stall, facilitator, new_person, live_server, axe, shot, size
) -> None:
    page = new_person(viewport=size)
    come_in(page.context, facilitator, live_server.url)
    page.goto(f"{stall}/type/")
    page.get_by_label("What we need").check()
    for number in range(3):
        box = page.get_by_label("What they said, in their own words")
        box.click()
        assert is_in_view(page, "Keep the comment")
        box.fill(f"Swings {number}")
        page.get_by_role("button", name="Keep the comment").click()
        expect(page.get_by_role("heading", name="Just kept")).to_have_count(1)
        expect(page.locator(".just-kept .lines")).to_have_text(f"Swings {number}")
        expect(box).to_be_focused()
        assert is_in_view(page, "Keep the comment")
        above = box.bounding_box()["y"]
        assert page.locator(".just-kept").bounding_box()["y"] > above
    axe(page)
    shot(page, f"typing-{size['height']}")
    assert Comment.objects.count() == 3


def test_a_sheet_is_typed_undone_put_right_and_kept_with_one_key(
    stall, facilitator, new_person, live_server, axe, shot
) -> None:
    page = new_person(viewport=PHONE)
    come_in(page.context, facilitator, live_server.url)
    page.goto(f"{stall}/sheet/")
    page.get_by_label("What do we have?").first.fill("The park")
    page.get_by_label("What do we need?").first.fill("A crosing by the school " * 12)
    page.get_by_label("They agreed to be quoted").check()
    own = page.locator("#id_consent_need")
    expect(own).not_to_be_visible()
    page.get_by_text("Not the same for each answer?").click()
    own.select_option(label="Not to be quoted")
    axe(page)
    shot(page, "sheet-360")
    page.get_by_role("button", name="Keep the sheet").click()
    expect(page.get_by_text("2 comments are kept.")).to_be_visible()
    expect(page.get_by_label("What do we have?").first).to_have_value("")
    axe(page)
    shot(page, "sheet-kept-360")
    page.get_by_role("button", name="Undo what was just kept").click()
    box = page.get_by_label("What do we need?").first
    expect(box).to_have_value(("A crosing by the school " * 12).strip())
    box.fill("A crossing by the school")
    box.press("Control+Enter")
    expect(page.get_by_text("2 comments are kept.")).to_be_visible()
    kept = Comment.objects.visible().values_list("text", "quote_consent")
    assert list(kept) == [("The park", True), ("A crossing by the school", False)]
    assert Submission.objects.not_undone().count() == 1
    page.set_viewport_size({"width": 1280, "height": 800})
    shot(page, "sheet-1280")


def test_whichever_box_of_a_sheet_is_typed_in_stands_above_the_keyboard_with_the_button(
    stall, facilitator, new_person, live_server
) -> None:
    page = new_person(viewport=ABOVE_KEYBOARD)
    come_in(page.context, facilitator, live_server.url)
    page.goto(f"{stall}/sheet/")
    boxes = page.locator("textarea")
    expect(boxes).to_have_count(4)
    for number in range(4):
        boxes.nth(number).focus()
        page.keyboard.type("Swings")
        assert is_in_view(page, "Keep the sheet"), number
    edge, bar = boxes.last.bounding_box(), page.locator(".form__buttons--first").bounding_box()
    assert edge["y"] + edge["height"] <= bar["y"]


def test_on_a_laptop_it_is_the_words_and_one_key(
    stall, facilitator, new_person, live_server, shot
) -> None:
    page = new_person(viewport={"width": 1280, "height": 800})
    come_in(page.context, facilitator, live_server.url)
    page.goto(f"{stall}/type/")
    page.get_by_label("What we have").check()
    page.get_by_label("What they said, in their own words").focus()
    for words in ("The river", "The hall"):
        page.keyboard.type(words)
        page.keyboard.press("Control+Enter")
        expect(page.locator(".just-kept .lines")).to_have_text(words)
    shot(page, "typing-1280")
    assert Comment.objects.count() == 2


def test_three_sheets_are_pasted_looked_at_and_put_right_on_a_phone(
    stall, facilitator, new_person, live_server, axe, shot
) -> None:
    page = new_person(viewport=PHONE)
    come_in(page.context, facilitator, live_server.url)
    page.goto(f"{stall}/paste/")
    long = "The bus that used to stop at the top of the hill has not come since spring. " * 4
    have, need = "WHAT WE HAVE\nThe park ✔✔✔\nAfon lân", f"WHAT WE NEED\n{long}(5 people said)"
    sheets = f"{have}\n{need}\nYOUNG PEOPLE\nA club"
    page.get_by_label("Comments, one on each line").fill(sheets)
    page.get_by_role("button", name="Show me how they will be kept").click()
    expect(page.get_by_role("link", name="Say whether this is a heading.")).to_be_visible()
    expect(page.get_by_label("What is “WHAT WE HAVE”?")).to_have_value("asset")
    page.get_by_label("What is “YOUNG PEOPLE”?").select_option(
        label="A heading: What should change"
    )
    page.get_by_text("Change line 2").click()
    page.locator("#language_2").select_option(label="Welsh")
    axe(page)
    shot(page, "paste-preview-360")
    page.get_by_role("button", name="Keep these comments").click()
    expect(page.get_by_role("heading", name="This will be kept as 4 comments")).to_be_visible()
    axe(page)
    page.set_viewport_size({"width": 1280, "height": 800})
    shot(page, "paste-preview-1280")
    page.get_by_role("button", name="Keep these comments").click()
    expect(page.get_by_text("4 comments are kept.")).to_be_visible()
    rows = Comment.objects.order_by("pk").values_list("question__kind", "language", "weight")
    assert list(rows) == [
        *(("asset", "en", 3), ("asset", "cy", 0), ("need", "en", 5), ("change", "en", 0))
    ]
