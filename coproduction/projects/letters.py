"""Letters: how e-mail is sent on behalf of a project, and whether one that was asked for went."""

import logging
from collections.abc import Iterable, Sequence
from enum import StrEnum
from smtplib import SMTPRecipientsRefused
from uuid import UUID

from django.core.mail import EmailMessage, get_connection, send_mail

from coproduction.jobs.models import Job

logger = logging.getLogger(__name__)


class LetterState(StrEnum):
    """What became of a letter: never written, on its way, tried more than once, given up, sent."""

    NONE = "none"
    WAITING = "waiting"
    TRYING = "trying"
    LOST = "lost"
    GONE = "gone"


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


def letter_states(letters: Iterable[UUID | None]) -> dict[UUID | None, str]:
    """Return what became of letters, by the uuid of the job that sends each."""
    asked = list(letters)
    found = {job.uuid: _state(job) for job in Job.objects.filter(uuid__in=filter(None, asked))}
    return {each: found.get(each, LetterState.NONE) if each else LetterState.NONE for each in asked}


def _state(job: Job) -> str:
    """Return what became of one. A job may end without a letter: there was nobody to write to."""
    if job.is_done:
        return LetterState.GONE if job.result.get("sent", True) else LetterState.NONE
    if job.is_failed:
        return LetterState.LOST
    return LetterState.TRYING if job.is_retry else LetterState.WAITING
