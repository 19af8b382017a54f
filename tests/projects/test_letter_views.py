"""The page of letters that did not arrive: what it says of each, and what a person decides."""

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from coproduction.projects.models import AuditEntry, Letter, Project, User
from coproduction.projects.services.letter import Draft, write_letters

pytestmark = pytest.mark.django_db
LETTERS = "/bryn/settings/letters/"


@pytest.fixture
def carys(client_of: Any, coordinator: User) -> Client:
    """The co-ordinator's browser."""
    return client_of(coordinator)


def lost(project: Project | None, **fields: Any) -> Letter:
    """Write a letter and let it be refused, or what ``fields`` say."""
    draft = Draft("nia@example.org", "You are invited", "Please come.", "en")
    (letter,) = write_letters(project=project, kind="a_kind", drafts=[draft])
    Letter.objects.filter(pk=letter.pk).update(**({"state": "refused"} | fields))
    return Letter.objects.get(pk=letter.pk)


def page(client: Client) -> str:
    """Return what the page says."""
    return " ".join(client.get(LETTERS).content.decode().split())


@pytest.mark.parametrize(
    ("became", "said"),
    [
        ({"smtp_code": 550}, "The mail server said no (550). Check the address."),
        ({"smtp_code": 451}, "The mail server said “not now” for a day (451)."),
        ({}, "It could not be handed to the mail server, though we tried."),
        (
            {"state": "uncertain", "claim": uuid4()},
            "It was cut off while it was being sent. They may have it.",
        ),
        (
            {"state": "uncertain"},
            "It waited when a backup was made, and that was put back. They may have it since.",
        ),
        ({"expires_at": timezone.now()}, "It is too late to send it"),
    ],
)
def test_it_says_what_happened(
    project: Project, carys: Client, became: dict[str, Any], said: str
) -> None:
    lost(project, **became)
    told = page(carys)
    assert said in told
    assert "You are invited" in told
    assert "nia@example.org" in told
    assert ("Send it again" in told) == ("expires_at" not in became)
    assert "Leave it" in told


def test_it_says_so_when_every_letter_went(project: Project, carys: Client) -> None:
    lost(project, state="waiting")
    assert "Nothing waits for you" in page(carys)


def test_another_projects_letters_and_nobodys_are_not_seen(
    project: Project, other_project: Project, carys: Client
) -> None:
    theirs = lost(other_project)
    assert "You are invited" not in page(carys)
    for what in ("again", "leave"):
        assert carys.post(f"{LETTERS}{theirs.uuid}/{what}/").status_code == 404
    assert Letter.objects.get().state == "refused"


def test_a_letter_sent_again_is_the_same_and_goes(
    project: Project, carys: Client, deliver: Any
) -> None:
    letter = lost(project, state="uncertain", tries=9)
    told = carys.post(f"{LETTERS}{letter.uuid}/again/", follow=True).content.decode()
    assert "The letter is being sent again." in told
    assert "You are invited" not in told
    (message,) = deliver()
    assert message.extra_headers["Message-ID"] == letter.message_id
    assert Letter.objects.get().state == "sent"
    assert AuditEntry.objects.latest("number").verb == "projects.letter_sent_again"


def test_a_letter_that_is_left_is_forgotten(project: Project, carys: Client, deliver: Any) -> None:
    letter = lost(project)
    told = carys.post(f"{LETTERS}{letter.uuid}/leave/", follow=True).content.decode()
    assert "The letter is left." in told
    assert deliver() == []
    left = Letter.objects.get()
    assert (left.state, left.why, left.to, left.text) == ("dropped", "left", "", "")
    assert AuditEntry.objects.latest("number").verb == "projects.letter_left"


@pytest.mark.parametrize("what", ["again", "leave"])
def test_what_somebody_else_decided_meanwhile_stands_and_is_said(
    project: Project, carys: Client, deliver: Any, what: str
) -> None:
    letter = lost(project)
    carys.post(f"{LETTERS}{letter.uuid}/again/")
    told = carys.post(f"{LETTERS}{letter.uuid}/{what}/", follow=True).content.decode()
    assert "Somebody has dealt with this letter already." in told
    assert len(deliver()) == 1


def test_a_letter_whose_moment_is_over_is_not_sent_again(
    project: Project, carys: Client, deliver: Any
) -> None:
    letter = lost(project, expires_at=timezone.now())
    told = carys.post(f"{LETTERS}{letter.uuid}/again/", follow=True).content.decode()
    assert "It is too late to send this letter" in told
    assert deliver() == []


def test_the_page_asks_the_same_for_more_letters(
    project: Project, carys: Client, assert_same_queries: Any
) -> None:
    assert_same_queries(carys, LETTERS, lambda _n: lost(project))
