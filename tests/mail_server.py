"""A real mail server on loopback that behaves as it is told: takes letters, refuses, hangs up."""

import asyncio
import socket
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes
from email.message import Message
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session


class Moods:
    """What the server does with a letter, by the word before the @ of its address.

    ``gone`` is refused for good, ``greylisted`` for now when first named. ``hangs-up`` loses the
    connection before the letter was sent, ``cut-off`` after, with no answer though it is taken.
    Of all others, ``busy_at`` names which sending, counted from 1, is answered with ``busy_with``.
    """

    def __init__(self) -> None:
        """Take everything."""
        self.taken: list[Message] = []
        self.tried = 0
        self.busy_at: dict[int, str] = {}
        self.pause = 0.0
        self._named: Counter[str] = Counter()

    @property
    def addresses(self) -> list[str]:
        """To whom letters were taken, in order: one delivered twice stands here twice."""
        return [str(message["To"]) for message in self.taken]

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Answer to the name of whom a letter is to."""
        self._named[address] += 1
        if address.startswith("gone@"):
            return "550 no such person"
        if address.startswith("greylisted@") and self._named[address] == 1:
            return "450 come again"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        """Answer to a letter."""
        self.tried += 1
        if self.pause:
            await asyncio.sleep(self.pause)
        if answer := self.busy_at.get(self.tried):
            return answer
        self.taken.append(message_from_bytes(envelope.content or b""))  # type: ignore[arg-type]
        if envelope.rcpt_tos[0].startswith("cut-off@"):
            server.transport.abort()  # type: ignore[union-attr]
        return "250 OK"


class _HangsUp(SMTP):
    """Goes away, for some, before it would have a letter's words."""

    async def smtp_DATA(self, arg: str) -> None:
        """Take the words, or go away."""
        to = self.envelope.rcpt_tos  # type: ignore[union-attr]
        if to and to[0].startswith("hangs-up@"):
            self.transport.abort()  # type: ignore[union-attr]
            return
        await super().smtp_DATA(arg)


class _Server(Controller):
    """Runs it in a thread of its own."""

    def factory(self) -> SMTP:
        """Make what answers one connection."""
        return _HangsUp(self.handler, **self.SMTP_kwargs)


@contextmanager
def running(handler: Any) -> Iterator[int]:
    """Run a mail server while the block runs; give its port."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    server = _Server(handler, hostname="127.0.0.1", port=port)
    server.start()
    try:
        yield port
    finally:
        server.stop()
