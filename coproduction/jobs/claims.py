"""What a worker writes to a job: each write is guarded by its claim, which may be lost."""

import uuid
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone, translation
from django.utils.functional import Promise
from django.utils.translation import gettext_noop

from coproduction.jobs.models import Job
from coproduction.jobs.services import wake, without_words

# Kept untranslated, shown in the reader's language.
GAVE_UP = gettext_noop(
    "This did not work after several tries. Run it again. "
    "If it fails again, tell the person who looks after this site."
)
KEPT_STOPPING = gettext_noop(
    "This was stopped several times before it was finished. Run it again. "
    "If it stops again, tell the person who looks after this site."
)


class ClaimLost(Exception):
    """The job was given to another worker, or is gone: stop, and write nothing."""


def as_written(words: str | Promise, *, longest: int) -> str:
    """Return words as they stand in the source, so that they can be shown in any language."""
    with translation.override(settings.LANGUAGE_CODE):
        return str(words)[:longest]


def claim(*, job: uuid.UUID) -> Job | None:
    """Take up a job that waits or was left behind; None when there is nothing to take up.

    One statement decides between workers, so a job is never begun twice by two.
    """
    now, token = timezone.now(), uuid.uuid4()
    try:
        with transaction.atomic():
            Job.objects.claimable(now).filter(uuid=job).update(
                state=Job.State.RUNNING,
                claim=token,
                attempts=F("attempts") + 1,
                started_at=now,
                heartbeat_at=now,
                steps_done=0,
                steps_total=0,
                label="",
            )
    except IntegrityError:
        return None  # Another job of the same key is running: this one follows it.
    return Job.objects.held_by(token).first()


def beat(*, claim: uuid.UUID, progress: tuple[int, int, str] | None = None) -> bool:
    """Say that the work goes on and how far it is. Return False when the claim is lost."""
    written: dict[str, Any] = {"heartbeat_at": timezone.now()}
    if progress:
        done, total, label = progress
        written |= {"steps_done": min(done, total), "steps_total": total, "label": label}
    return bool(Job.objects.held_by(claim).update(**written))


def confirm(*, claim: uuid.UUID) -> None:
    """Make sure, inside a transaction, that the claim holds until it commits. Raises ClaimLost."""
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError("Confirm a claim inside the transaction.")
    if not beat(claim=claim):
        raise ClaimLost


def finish(*, job: Job, result: Mapping[str, Any] | None = None) -> bool:
    """Note that the work is done. Return False when the claim was lost. Raises WordsInJob."""
    return _leave(
        job, state=Job.State.DONE, result=without_words(result or {}), steps_done=F("steps_total")
    )


def fail(*, job: Job, sentence: str | Promise) -> bool:
    """Give the job up, for this plain reason. Return False when the claim was lost."""
    return _leave(
        job, state=Job.State.FAILED, sentence=as_written(sentence, longest=500) or GAVE_UP
    )


def try_again(*, job: Job) -> bool:
    """Put the job back to be tried once more, or give it up. Return False if the claim was lost."""
    if job.attempts >= job.max_attempts:
        return fail(job=job, sentence=GAVE_UP)
    seconds = min(settings.JOBS_SWEEP_SECONDS * 2 ** (job.attempts - 1), job.longest_wait)
    later = timezone.now() + timedelta(seconds=seconds)
    return _leave(job, state=Job.State.QUEUED, wake_at=later)


def release_stale(*, job: Job) -> bool:
    """Take a job from a worker that went silent. Return whether it was ours to take.

    ``job`` is as it was seen: had its worker been heard of since, or had somebody else taken it,
    nothing happens.
    """
    over = job.attempts >= job.max_attempts
    written: dict[str, Any] = (
        {"state": Job.State.FAILED, "sentence": KEPT_STOPPING, "finished_at": timezone.now()}
        if over
        else {"state": Job.State.QUEUED, "wake_at": timezone.now()}
    )
    seen = Job.objects.filter(
        pk=job.pk, state=Job.State.RUNNING, claim=job.claim, heartbeat_at=job.heartbeat_at
    )
    ours = bool(seen.update(claim=None, **written))
    if ours:
        _wake_next(job)
    return ours


def _leave(job: Job, *, state: Job.State, **written: Any) -> bool:
    """Write the end of an attempt, if the claim still holds, and let the next of its key begin."""
    if state in {Job.State.DONE, Job.State.FAILED}:
        written["finished_at"] = timezone.now()
    if job.claim is None or not Job.objects.held_by(job.claim).update(
        state=state, claim=None, **written
    ):
        return False
    job.refresh_from_db()
    _wake_next(job)
    return True


def _wake_next(job: Job) -> None:
    """Wake the job of the same key that could not begin while this one ran."""
    if job.unique_key:
        for following in Job.objects.waiting().filter(unique_key=job.unique_key).exclude(pk=job.pk):
            wake(following)
