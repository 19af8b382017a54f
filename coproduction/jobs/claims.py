"""What a worker writes to a job: each write is guarded by its claim, which may be lost."""

import uuid
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import F
from django.db.models.functions import Now
from django.utils import translation
from django.utils.translation import gettext_noop

from coproduction.jobs.models import Job
from coproduction.private_words import without_words

# Kept untranslated, shown in the reader's language.
GAVE_UP = gettext_noop(
    "This did not work after several tries. Run it again. "
    "If it fails again, tell the person who looks after this site."
)


class ClaimLost(Exception):
    """The job was given to another worker, or is gone: stop, and write nothing."""


def as_written(words: object, *, longest: int) -> str:
    """Return words as they stand in the source, so that they can be shown in any language."""
    with translation.override(settings.LANGUAGE_CODE):
        return str(words)[:longest]


def claim(*, job: uuid.UUID) -> Job | None:
    """Take up a job that waits or was left behind; None when there is nothing to take up.

    One statement decides between workers, so a job is never begun twice by two.
    """
    token = uuid.uuid4()
    begun = {"state": Job.State.RUNNING, "claim": token, "attempts": F("attempts") + 1}
    times = {"started_at": Now(), "heartbeat_at": Now()}
    no_progress = {"steps_done": 0, "steps_total": 0, "label": ""}
    try:
        with transaction.atomic():
            Job.objects.claimable().filter(uuid=job).update(**begun, **times, **no_progress)
    except IntegrityError:
        return None  # Another job of the same key is running: this one follows it.
    return Job.objects.held_by(token).first()


def beat(*, claim: uuid.UUID | None, progress: tuple[int, int, str] | None = None) -> bool:
    """Say that the work goes on and how far it is. Return False when the claim is lost."""
    written: dict[str, Any] = {"heartbeat_at": Now()}
    if progress:
        done, total, label = progress
        written |= {"steps_done": min(done, total), "steps_total": total, "label": label}
    return bool(Job.objects.held_by(claim).update(**written))


def finish(*, job: Job, result: Mapping[str, Any] | None = None) -> bool:
    """Note that the work is done. Return False when the claim was lost. Raises WordsRefused."""
    kept = without_words(result or {})
    return _leave(job, Job.State.DONE, finished_at=Now(), steps_done=F("steps_total"), result=kept)


def fail(*, job: Job, why: object) -> bool:
    """Give the job up, for this plain reason. Return False when the claim was lost.

    A refusal whose sentence has numbers in it, in its ``numbers``, is kept as the two apart: so it
    can be shown in any language.
    """
    numbers = without_words(getattr(why, "numbers", {}))
    reason = getattr(why, "sentence", why) if numbers else why
    sentence = as_written(reason, longest=500) or GAVE_UP
    return _leave(job, Job.State.FAILED, finished_at=Now(), sentence=sentence, result=numbers)


def try_again(*, job: Job) -> bool:
    """Put the job back to be tried once more, or give it up. Return False if the claim was lost."""
    if job.attempts >= job.max_attempts:
        return fail(job=job, why=GAVE_UP)
    seconds = min(settings.JOBS_SWEEP_SECONDS * 2 ** min(job.attempts - 1, 16), job.longest_wait)
    return _leave(job, Job.State.QUEUED, wake_at=Now() + timedelta(seconds=seconds))


def _leave(job: Job, state: Job.State, **written: Any) -> bool:
    """Write the end of an attempt, if the claim still holds."""
    held = Job.objects.held_by(job.claim).update(state=state, claim=None, **written)
    if held:
        job.refresh_from_db()
    return bool(held)
