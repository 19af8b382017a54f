"""Sending e-mails on behalf of a project."""

import logging
from collections.abc import Sequence
from smtplib import SMTPRecipientsRefused

from django.core.mail import EmailMessage, get_connection, send_mail

logger = logging.getLogger(__name__)


def send_letter(*, subject: str, text: str, to: str) -> None:
    """Send one e-mail. A subject is one line, whatever was typed into what it names."""
    send_mail(" ".join(subject.split()), text, None, [to])


def send_letters(letters: Sequence[EmailMessage]) -> int:
    """Send e-mails one after another over one connection; return how many the server took.

    An address that it refuses keeps nobody else's from going, and is not asked for again. Where
    the server can't be reached nothing goes and the error is raised: whoever asked tries again.
    """
    if not letters:
        return 0
    taken = 0
    connection = get_connection()
    connection.open()
    try:
        for letter in letters:
            letter.subject = " ".join(letter.subject.split())
            try:
                taken += connection.send_messages([letter]) or 0
            except SMTPRecipientsRefused:
                logger.warning("The mail server refused the address of a letter.")
    finally:
        connection.close()
    return taken
