"""Two minute-takers at one meeting, each in their own browser: neither loses a word."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from coproduction.projects.models import Project, User
from steering.models import Meeting
from steering.services.meeting import call_meeting
from tests.browser.coding import come_in
from tests.browser.looking import PHONE, sticking_out
from tests.steering.group import make_seats

TALK = "We talked of swings."


@pytest.fixture
def takers(
    transactional_db: None,
    project: Project,
    chair: User,
    coordinator: User,
    live_server: LiveServer,
    new_person: Callable[..., Page],
) -> tuple[Page, Page]:
    """The chair and the co-ordinator, each with the minutes of one meeting open."""
    make_seats(project, chair, 3)
    yesterday = timezone.localdate() - timedelta(days=1)
    meeting = call_meeting(project=project, date=yesterday, by=chair)
    pages = (new_person(viewport=PHONE), new_person())
    for page, user in zip(pages, (chair, coordinator), strict=True):
        come_in(page.context, user, live_server.url)
        page.goto(f"/{project.slug}/steering/meetings/{meeting.uuid}/minutes/")
    return pages


def save(page: Page) -> None:
    """Save the minutes."""
    page.get_by_role("button", name="Save the minutes").click()


def test_ticks_of_the_one_and_words_of_the_other_are_both_kept(takers: tuple[Page, Page]) -> None:
    chair, coordinator = takers
    chair.get_by_label("Sitter 1").check()
    coordinator.get_by_label("Sitter 2").check()
    coordinator.get_by_role("textbox", name="Minutes").fill(TALK)
    save(coordinator)
    expect(coordinator.get_by_text("The minutes are saved.")).to_be_visible()
    save(chair)
    expect(chair.get_by_text("The minutes are saved.")).to_be_visible()
    expect(chair.get_by_text(TALK)).to_be_visible()
    expect(chair.get_by_text("Sitter 1, Sitter 2")).to_be_visible()


def test_two_texts_are_shown_side_by_side_and_joined_by_hand(
    takers: tuple[Page, Page], axe: Callable[[Page], None], shot: Callable[[Page, str], None]
) -> None:
    chair, coordinator = takers
    coordinator.get_by_role("textbox", name="Minutes").fill(TALK)
    save(coordinator)
    expect(coordinator.get_by_text("The minutes are saved.")).to_be_visible()
    chair.get_by_role("textbox", name="Minutes").fill("We talked of bins.")
    save(chair)
    expect(chair.get_by_role("heading", name="Carys changed this too")).to_be_visible()
    expect(chair.get_by_text(TALK)).to_be_visible()
    box = chair.get_by_role("textbox", name="Minutes")
    expect(box).to_have_value("We talked of bins.")
    axe(chair)
    assert sticking_out(chair, 360) == []
    shot(chair, "minutes-of-two")
    assert Meeting.objects.get().minutes == TALK
    box.fill("We talked of swings and bins.")
    save(chair)
    expect(chair.get_by_text("The minutes are saved.")).to_be_visible()
    assert Meeting.objects.get().minutes == "We talked of swings and bins."
