"""Demo mode exists for somebody on this machine, and for nobody else."""

import pytest
from django.test import Client
from pytest_django import Settings

from coproduction.projects.demo import _FORWARDING
from coproduction.projects.models import User
from coproduction.projects.services.person import find_or_add_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def sample_person() -> User:
    """Somebody whom demo mode offers."""
    return find_or_add_person(email="mair@sample.example", name="Mair", is_sample=True)


@pytest.fixture
def _demo(settings: Settings) -> None:
    """Demo mode, on this machine."""
    settings.DEMO, settings.HOST = True, "127.0.0.1"


def statuses(client: Client, somebody: User, **headers: str) -> tuple[int, int, bool]:
    """Return what mail and one-click sign-in answer, and whether the person is listed."""
    mail = client.get("/mail/", headers=headers)
    listed = somebody.name in client.get("/accounts/login/", headers=headers).content.decode()
    entry = client.post(f"/accounts/demo/{somebody.uuid}/", headers=headers)
    return mail.status_code, entry.status_code, listed


@pytest.mark.usefixtures("_demo")
def test_demo_mode_shows_mail_and_signs_in_with_one_click(sample_person: User) -> None:
    local = Client(SERVER_NAME="127.0.0.1", REMOTE_ADDR="127.0.0.1")
    assert statuses(local, sample_person) == (200, 302, True)


def test_without_demo_mode_neither_exists(sample_person: User) -> None:
    assert statuses(Client(SERVER_NAME="127.0.0.1"), sample_person) == (404, 404, False)


@pytest.mark.usefixtures("_demo")
def test_a_forwarded_request_finds_neither(sample_person: User) -> None:
    local = Client(SERVER_NAME="127.0.0.1", REMOTE_ADDR="127.0.0.1")
    seen = 0
    for header in _FORWARDING:
        name = header.removeprefix("HTTP_").replace("_", "-")
        assert statuses(local, sample_person, **{name: "203.0.113.9"}) == (404, 404, False), name
        seen += 1
    assert seen == len(_FORWARDING) > 5


@pytest.mark.usefixtures("_demo")
def test_another_host_name_finds_neither(sample_person: User, settings: Settings) -> None:
    settings.ALLOWED_HOSTS = ["plan.example.org"]
    outside = Client(SERVER_NAME="plan.example.org", REMOTE_ADDR="127.0.0.1")
    assert statuses(outside, sample_person) == (404, 404, False)


@pytest.mark.usefixtures("_demo")
def test_a_caller_elsewhere_finds_neither(sample_person: User) -> None:
    outside = Client(SERVER_NAME="127.0.0.1", REMOTE_ADDR="203.0.113.9")
    assert statuses(outside, sample_person) == (404, 404, False)


@pytest.mark.usefixtures("_demo")
def test_a_server_that_listens_beyond_this_machine_has_neither(
    sample_person: User, settings: Settings
) -> None:
    settings.HOST = "0.0.0.0"  # noqa: S104 - the very thing that is refused
    local = Client(SERVER_NAME="127.0.0.1", REMOTE_ADDR="127.0.0.1")
    assert statuses(local, sample_person) == (404, 404, False)


@pytest.mark.usefixtures("_demo")
def test_a_real_person_is_never_one_click_away(stranger: User) -> None:
    local = Client(SERVER_NAME="127.0.0.1", REMOTE_ADDR="127.0.0.1")
    assert local.post(f"/accounts/demo/{stranger.uuid}/").status_code == 404
