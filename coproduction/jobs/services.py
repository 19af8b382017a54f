"""Asking for background work: a row in the caller's transaction, and a wake-up on its commit."""

import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone

from coproduction.jobs.broker import send_wake_up
from coproduction.jobs.models import Job

# Identifiers, numbers, dates, paths and choice keys pass; sentences and addresses do not.
_NO_WORDS = re.compile(r"^[\w:.+/-]{0,120}$", re.ASCII)
_TRIES = 5


@dataclass(frozen=True)
class Tries:
    """How often work is tried before it is given up.

    The wait between two tries doubles each time, until it is ``longest_wait`` seconds.
    """

    most: int = 3
    longest_wait: int = 3_600


_A_FEW = Tries()
# For what depends on somebody else's server, such as mail: it may be away overnight.
FOR_A_DAY = Tries(most=60, longest_wait=30 * 60)


class WordsInJob(ValueError):
    """Somebody tried to keep words in a job's arguments or result."""


def without_words(value: Any) -> Any:
    """Return ``value`` as plain JSON of ids, numbers and choices. Raises WordsInJob."""
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, Mapping):
        return {without_words(str(key)): without_words(item) for key, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [without_words(item) for item in value]
    text = value.isoformat() if hasattr(value, "isoformat") else str(value)
    if not _NO_WORDS.match(text):
        raise WordsInJob("A job holds ids, numbers, dates and choices, never words.")
    return text


def enqueue(
    *,
    task: str,
    scope: str,
    arguments: Mapping[str, Any],
    unique: str | None = None,
    tries: Tries = _A_FEW,
) -> Job:
    """Ask for the task of this name to be run, later and elsewhere. Raises WordsInJob.

    The row is part of the caller's transaction; workers hear of it when that commits. ``scope``
    is what the job belongs to, such as a project's uuid. With ``unique``, a job of the same key
    that nobody has begun stands for this one too and is returned; one already begun does not,
    since it may have read what has changed since, and the new one follows it. ``tries`` says how
    patient it is when the work fails.
    """
    asked = without_words(arguments)
    with transaction.atomic():
        for _ in range(_TRIES):
            if unique and (waiting := _waiting_for(unique)):
                return waiting
            # Somebody asking for the same at the same moment makes ours fail once his is committed.
            with suppress(IntegrityError), transaction.atomic():
                job = Job.objects.create(
                    task=task,
                    scope=str(scope),
                    arguments=asked,
                    unique_key=unique or "",
                    max_attempts=tries.most,
                    longest_wait=tries.longest_wait,
                    **_sent(now=timezone.now(), wakeups=1),
                )
                transaction.on_commit(partial(wake, job))
                return job
    raise RuntimeError(f"The job {task} could not be queued.")


def _waiting_for(key: str) -> Job | None:
    """Return the job not begun for this key, locked so that nobody begins it before we commit."""
    fresh = Job.objects.waiting().filter(unique_key=key, attempts=0)
    return fresh.select_for_update().first()


def _sent(*, now: Any, wakeups: int) -> dict[str, Any]:
    """Return the fields that say a wake-up was sent just now, and when to send the next.

    Each time the wait doubles: a job that waits its turn in a long queue is not asked for again
    and again.
    """
    again = timedelta(seconds=settings.JOBS_STALE_SECONDS * 2 ** min(wakeups - 1, 5))
    return {"queued_at": now, "wakeups": wakeups, "wake_at": now + again}


def wake(job: Job) -> bool:
    """Send a job's wake-up; when the broker doesn't take it, note that the sweeper should."""
    if send_wake_up(task=job.task, job=job.uuid):
        return True
    now = timezone.now()
    Job.objects.waiting().filter(pk=job.pk).update(queued_at=None, wake_at=now)
    return False


def ask_again(job: Job) -> bool:
    """Note that a forgotten job's wake-up is sent again. Return False when somebody else just did.

    Whoever gets True sends it.
    """
    as_seen = Job.objects.waiting().filter(pk=job.pk, wake_at=job.wake_at)
    wakeups = min(job.wakeups + 1, 1_000)
    return bool(as_seen.update(**_sent(now=timezone.now(), wakeups=wakeups)))


def run_again(*, job: Job) -> Job:
    """Queue a failed job from the start; one that did not fail is left as it is.

    When a job of the same key is already waiting, that one is returned: it does the same work.
    """
    now = timezone.now()
    with transaction.atomic():
        if job.unique_key and (waiting := _waiting_for(job.unique_key)):
            return waiting
        queued = Job.objects.filter(pk=job.pk, state=Job.State.FAILED).update(
            state=Job.State.QUEUED,
            attempts=0,
            sentence="",
            steps_done=0,
            steps_total=0,
            label="",
            started_at=None,
            heartbeat_at=None,
            finished_at=None,
            **_sent(now=now, wakeups=1),
        )
        job.refresh_from_db()
        if queued:
            transaction.on_commit(partial(wake, job))
    return job
