"""Whether an e-mail that was asked for went."""

from collections.abc import Iterable
from enum import StrEnum
from uuid import UUID

from coproduction.jobs.models import Job


class LetterState(StrEnum):
    """What became of a letter: never written, on its way, tried more than once, given up, sent."""

    NONE = "none"
    WAITING = "waiting"
    TRYING = "trying"
    LOST = "lost"
    GONE = "gone"


def letter_states(letters: Iterable[UUID | None]) -> dict[UUID | None, str]:
    """Return what became of letters, by the uuid of the job that sends each.

    Only the jobs of letters that went are cleared, after a while.
    """
    asked = list(letters)
    found = {job.uuid: _state(job) for job in Job.objects.filter(uuid__in=filter(None, asked))}
    return {each: found.get(each, LetterState.GONE) if each else LetterState.NONE for each in asked}


def _state(job: Job) -> str:
    """Return what became of one. A job may end without a letter: there was nobody to write to."""
    if job.is_done:
        return LetterState.GONE if job.result.get("sent", True) else LetterState.NONE
    if job.is_failed:
        return LetterState.LOST
    return LetterState.TRYING if job.is_retry else LetterState.WAITING
