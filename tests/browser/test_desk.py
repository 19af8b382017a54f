"""Typing what a table says on a slow or broken connection: nothing anyone said is lost."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect
from pytest_django.live_server_helper import LiveServer

from coproduction.projects.models import Project, User
from tests.browser.coding import come_in
from tests.workshops.material import make_workshop
from workshops.models import Note


@pytest.fixture
def at_table(
    transactional_db: None,
    page: Page,
    project: Project,
    facilitator: User,
    live_server: LiveServer,
) -> Page:
    """A table with nothing written yet, open."""
    table = make_workshop(project).tables.get(number=1)
    come_in(page.context, facilitator, live_server.url)
    page.goto(f"/{project.slug}/workshops/tables/{table.uuid}/")
    return page


def hold(page: Page) -> list[Route]:
    """Hold back what is sent until the test lets it go on."""
    held: list[Route] = []

    def kept_back(route: Route) -> None:
        if route.request.method == "POST":
            held.append(route)
        else:
            route.continue_()

    page.route("**/workshops/tables/**", kept_back)
    return held


def wait_for(page: Page, held: list[Route], number: int) -> None:
    """Wait until so many have been sent."""
    for _turn in range(100):
        if len(held) >= number:
            break
        page.wait_for_timeout(50)
    assert len(held) == number


def keep(page: Page, text: str) -> None:
    """Type a note and keep it."""
    page.get_by_label("Note", exact=True).fill(text)
    page.get_by_role("button", name="Keep the note").click()


def texts() -> list[str]:
    """Return the notes kept, in order."""
    return list(Note.objects.values_list("text", flat=True))


def test_what_is_typed_while_a_note_is_on_its_way_is_left_alone(at_table: Page) -> None:
    held = hold(at_table)
    box = at_table.get_by_label("Note", exact=True)
    at_table.get_by_text("Concern", exact=True).click()
    keep(at_table, "Cars go fast.")
    expect(box).to_have_value("")
    keep(at_table, "Dark paths.")
    box.fill("Broken li")
    at_table.get_by_text("Idea", exact=True).click()
    waiting = at_table.locator("#waiting li")
    expect(waiting).to_have_count(2)
    wait_for(at_table, held, 1)
    held[0].continue_()
    expect(at_table.locator("#kept .note")).to_have_count(1)
    wait_for(at_table, held, 2)
    held[1].continue_()
    expect(at_table.locator("#kept .note")).to_have_count(2)
    expect(waiting).to_have_count(0)
    expect(box).to_have_value("Broken li")
    expect(at_table.get_by_label("Idea", exact=True)).to_be_checked()
    expect(at_table.locator("#table-tabs [aria-current]")).to_contain_text("(2)")
    assert texts() == ["Cars go fast.", "Dark paths."]
    assert {note.kind for note in Note.objects.all()} == {"concern"}


def test_a_note_that_did_not_arrive_keeps_its_words_and_is_kept_once(
    at_table: Page, axe: Callable[[Page], None]
) -> None:
    # The first time the server keeps it and the answer gets lost: nobody can know that here.
    def lost(route: Route) -> None:
        route.fetch(max_redirects=0)
        route.abort()

    at_table.route("**/workshops/tables/**", lost, times=1)
    keep(at_table, "Light the path.")
    failed = at_table.locator("#waiting li")
    expect(failed).to_contain_text("Light the path.")
    expect(failed).to_contain_text("Not kept yet.")
    axe(at_table)
    at_table.get_by_role("button", name="Try again").click()
    expect(failed).to_have_count(0)
    expect(at_table.locator("#kept .note")).to_have_count(1)
    assert texts() == ["Light the path."]


def test_words_that_did_not_arrive_go_back_into_the_box(at_table: Page) -> None:
    at_table.route("**/workshops/tables/**", lambda route: route.abort(), times=1)
    keep(at_table, "Light the path.")
    at_table.get_by_role("button", name="Put the words back in the box").click()
    expect(at_table.get_by_label("Note", exact=True)).to_have_value("Light the path.")
    expect(at_table.locator("#waiting li")).to_have_count(0)


def test_words_added_to_a_note_whose_answer_was_lost_are_kept_too(at_table: Page) -> None:
    def lost(route: Route) -> None:
        route.fetch(max_redirects=0)
        route.abort()

    at_table.route("**/workshops/tables/**", lost, times=1)
    keep(at_table, "Light the path.")
    at_table.get_by_role("button", name="Put the words back in the box").click()
    keep(at_table, "Light the path, and the steps.")
    expect(at_table.locator("#kept .note")).to_have_count(2)
    assert texts() == ["Light the path.", "Light the path, and the steps."]


def test_above_the_box_stands_that_a_note_is_not_kept_until_it_is(at_table: Page) -> None:
    told, done = at_table.locator("#not-kept"), at_table.locator("#done")
    keep(at_table, "A slide.")
    expect(done).to_contain_text("1 note is kept.")
    expect(told).to_be_hidden()
    at_table.context.set_offline(True)
    keep(at_table, "Light the path.")
    expect(told).to_contain_text("Notes not kept yet: 1")
    expect(done).not_to_contain_text("kept")
    # Nobody taps "Try again".
    at_table.context.set_offline(False)
    expect(at_table.locator("#kept .note")).to_have_count(2)
    expect(told).to_be_hidden()
    assert texts() == ["A slide.", "Light the path."]


def test_undoing_leaves_what_is_being_typed_alone(at_table: Page) -> None:
    keep(at_table, "A slide.")
    box = at_table.get_by_label("Note", exact=True)
    box.fill("A swi")
    at_table.get_by_role("button", name="Undo").click()
    expect(at_table.get_by_text("1 note was undone.")).to_be_visible()
    expect(box).to_have_value("A swi")
    assert not Note.objects.not_undone().exists()


def test_a_disagreement_has_a_box_for_each_side(at_table: Page) -> None:
    other = at_table.get_by_label("What the other side says")
    expect(other).to_be_hidden()
    at_table.get_by_text("Disagreement", exact=True).click()
    other.fill("Dogs free before ten.")
    keep(at_table, "Dogs on leads.")
    expect(at_table.locator("#kept .views li")).to_have_count(2)
    assert texts() == ["Dogs on leads.\nDogs free before ten."]
