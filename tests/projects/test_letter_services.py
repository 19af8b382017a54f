"""Letters to several people, over a real mail server that may refuse one or be away."""

import socket
from collections.abc import Iterator

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from django.core.mail import EmailMessage

from coproduction.projects.services.letter import send_letters


class Picky:
    """A mail server that knows nobody called ``gone``."""

    def __init__(self) -> None:
        self.taken: list[str] = []

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if address.startswith("gone@"):
            return "550 no such person"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        self.taken += envelope.rcpt_tos
        return "250 OK"


@pytest.fixture
def picky(settings) -> Iterator[Picky]:
    """Send this test's mail to such a server, a real one on loopback."""
    handler = Picky()
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    controller = Controller(handler, hostname="127.0.0.1", port=port)
    controller.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    yield handler
    controller.stop()


def letters(*names: str) -> list[EmailMessage]:
    """Write one letter to each of these people."""
    return [
        EmailMessage(subject="Asked\nagain", body="Please", to=[f"{name}@bryn.example"])
        for name in names
    ]


def test_an_address_that_is_refused_keeps_nobody_elses_from_going(picky, caplog) -> None:
    assert send_letters(letters("mair", "gone", "dai")) == 2
    assert picky.taken == ["mair@bryn.example", "dai@bryn.example"]
    assert "refused" in caplog.text
    assert "gone@" not in caplog.text


def test_nobody_to_write_to_asks_nothing_of_the_server(settings) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_PORT = 1  # Nobody listens there.
    assert send_letters([]) == 0


def test_a_server_that_is_away_is_said_to_be_so_that_it_is_tried_again(settings) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    with pytest.raises(OSError, match="refused"):
        send_letters(letters("mair"))
