"""The mail server: a connection to it, a letter handed over, what it said. Only this sends."""

import logging
import smtplib
import ssl
from contextlib import suppress
from dataclasses import dataclass
from email.utils import format_datetime
from enum import StrEnum
from typing import Any

from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.smtp import EmailBackend

from coproduction.projects.models import Letter

logger = logging.getLogger(__name__)


class Delivery(StrEnum):
    """What became of a message."""

    TAKEN = "taken"
    # Not taken, and it may be tried again: the server said so, or heard nothing of the message.
    NOT_NOW = "not now"
    REFUSED = "refused"
    # The connection ended after the message was sent and before the server had answered.
    UNKNOWN = "unknown"


class MailReach(StrEnum):
    """How far one comes with the mail server, without a letter."""

    TAKEN_IN = "taken in"
    AWAY = "away"
    # It is there, and does not take our name and password.
    TURNED_AWAY = "turned away"
    # It has no encryption, or a certificate that is not to be believed.
    NOT_SAFE = "not safe"


@dataclass(frozen=True)
class Reply:
    """What the server answered, with its number where it gave one."""

    answer: Delivery
    code: int | None = None


class _Noticing:
    """Notices when a message itself begins to leave; commands before it are sent as ``str``."""

    has_begun = False

    def send(self, s: Any) -> None:
        """Send, and notice."""
        self.has_begun = self.has_begun or isinstance(s, bytes)
        super().send(s)  # type: ignore[misc]

    def sendmail(self, *args: Any, **kwargs: Any) -> Any:
        """Begin a message: nothing of it has left."""
        self.has_begun = False
        return super().sendmail(*args, **kwargs)  # type: ignore[misc]


class _Smtp(_Noticing, smtplib.SMTP):
    """A connection that is open, or made safe after it was opened."""


class _SmtpSsl(_Noticing, smtplib.SMTP_SSL):
    """A connection that is safe from the beginning."""


class SmtpBackend(EmailBackend):
    """Django's own, over a connection that says how far a message came."""

    @property
    def connection_class(self) -> type[smtplib.SMTP]:
        """Name the kind of connection."""
        return _SmtpSsl if self.use_ssl else _Smtp


# Somebody waits for the answer.
_TRIED_SECONDS = 5


def reach_mail_server() -> MailReach:
    """Go as far as a letter would go before it is handed over, and leave again."""
    backend = SmtpBackend(timeout=_TRIED_SECONDS)
    try:
        backend.open()
    except ssl.SSLError:
        return MailReach.NOT_SAFE
    except smtplib.SMTPAuthenticationError:
        return MailReach.TURNED_AWAY
    except smtplib.SMTPNotSupportedError:
        # What it has not: encryption, or a way to sign in.
        return MailReach.NOT_SAFE if backend.use_tls else MailReach.TURNED_AWAY
    except OSError:
        return MailReach.AWAY
    with suppress(OSError):
        backend.close()
    return MailReach.TAKEN_IN


def message_of(letter: Letter) -> EmailMessage:
    """Return a letter as it leaves: the same message each time it is tried."""
    return EmailMessage(
        subject=letter.subject,
        body=letter.text,
        to=[letter.to],
        reply_to=[letter.reply_to] if letter.reply_to else [],
        headers={
            "Message-ID": letter.message_id,
            "Date": format_datetime(letter.written_at),
            "Content-Language": letter.language,
            "Auto-Submitted": "auto-generated",  # So that no absent person's program answers.
        },
    )


class MailServer:
    """The mail server, for one message after another."""

    def __init__(self) -> None:
        """Prepare; nothing is opened yet."""
        self._backend: Any = get_connection()
        self.is_open = False

    def open(self) -> bool:
        """Reach the server; return whether it is there and lets us in."""
        try:
            self._backend.open()
        except OSError as problem:  # What the server says against us is of this kind too.
            logger.warning("The mail server is not to be reached: %s.", type(problem).__name__)
            return False
        self.is_open = True
        return True

    def close(self) -> None:
        """Leave the server, if it is still there."""
        self.is_open = False
        with suppress(OSError):
            self._backend.close()

    def hand_over(self, letter: Letter) -> Reply:
        """Give one letter to the server, and return what came of it.

        A connection that was lost over it is closed: ``is_open`` says so.
        """
        try:
            self._backend.send_messages([message_of(letter)])
        except smtplib.SMTPRecipientsRefused as refused:
            code, _words = next(iter(refused.recipients.values()))
            return self._told(code)
        except smtplib.SMTPDataError as refused:
            return self._told(refused.smtp_code, of_the_message=self._has_begun)
        except smtplib.SMTPResponseException as refused:
            return self._lost(refused) if self._has_begun else self._told(refused.smtp_code)
        except OSError as problem:
            return self._lost(problem)
        except ValueError as problem:  # An address or a heading that can't stand in a message.
            logger.warning("A letter can't be written: %s.", type(problem).__name__)
            return Reply(Delivery.REFUSED)
        return Reply(Delivery.TAKEN)

    @property
    def _has_begun(self) -> bool:
        """Whether anything of the message left."""
        return getattr(self._backend.connection, "has_begun", False)

    def _lost(self, problem: OSError) -> Reply:
        """Return what can be known of a message whose connection ended."""
        logger.warning("The mail server went away: %s.", type(problem).__name__)
        answer = Delivery.UNKNOWN if self._has_begun else Delivery.NOT_NOW
        self.close()
        return Reply(answer)

    def _told(self, code: int, *, of_the_message: bool = False) -> Reply:
        """Return what an answer other than the usual yes means: no, for now or for good.

        What the server says ``of_the_message``, having read it, may also be another yes, or no
        answer that anybody understands.
        """
        if of_the_message and not 400 <= code < 600:
            return Reply(Delivery.TAKEN) if 200 <= code < 300 else self._lost(OSError())
        logger.warning("The mail server did not take a letter: %d.", code)
        if getattr(self._backend.connection, "sock", None) is None:
            self.close()  # The server left with its answer.
        return Reply(Delivery.REFUSED if code >= 500 else Delivery.NOT_NOW, code)
