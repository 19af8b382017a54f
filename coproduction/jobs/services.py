"""Asking for background work: a row in the caller's transaction, and a message on its commit."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models.functions import Now

from coproduction.jobs.broker import wake_a_worker
from coproduction.jobs.models import Job
from coproduction.logs import request_under_way
from coproduction.private_words import without_words

_TRIES = 5


@dataclass(frozen=True)
class Tries:
    """How often work is tried before it is given up.

    The wait between two tries doubles each time, until it is ``longest_wait`` seconds.
    """

    most: int = 3
    longest_wait: int = 3_600


_A_FEW = Tries()
# For what must not be given up, whatever hinders it: somebody's words are to be taken out.
UNTIL_DONE = Tries(most=32_000, longest_wait=10 * 60)


def enqueue(
    *,
    task: str,
    scope: str,
    arguments: Mapping[str, Any],
    unique: str | None = None,
    tries: Tries = _A_FEW,
    wait: float = 0,
) -> Job:
    """Ask for the task of this name to be run, later and elsewhere.

    Raises WordsRefused for arguments with words in them, and RuntimeError where others ask for the
    same at the same moment, over and over.

    The row is part of the caller's transaction; workers hear of it when that commits. ``scope``
    is what the job belongs to, such as a project's uuid. With ``unique``, a job of the same key
    that waits stands for this one too and is returned; one under way does not, since it may have
    read what has changed since, and the new one follows it. ``tries`` says how patient it is when
    the work fails. It is not begun before ``wait`` seconds are over, unless asked for earlier.
    """
    asked = {
        "task": task,
        "scope": str(scope),
        "request": request_under_way(),
        "arguments": without_words(arguments),
        "unique_key": unique or "",
        "max_attempts": tries.most,
        "longest_wait": tries.longest_wait,
    }
    if wait:
        asked["wake_at"] = Now() + timedelta(seconds=wait)
    with transaction.atomic():
        for _ in range(_TRIES):
            if unique and (waiting := _waiting_for(unique, wait)):
                return waiting
            # Somebody asking for the same at this moment makes ours fail once theirs is committed.
            with suppress(IntegrityError), transaction.atomic():
                job = Job.objects.create(**asked)
                if not wait:  # Later on, the sweeper tells them.
                    transaction.on_commit(partial(_tell_workers, job))
                return job
    raise RuntimeError(f"The job {task} could not be queued.")


def _waiting_for(key: str, wait: float = 0) -> Job | None:
    """Return the job that waits for this key, locked so that nobody begins it before we commit.

    One that was to begin later than in ``wait`` seconds is brought forward: it begins from the
    start, so it will see this change too.
    """
    waiting = Job.objects.waiting().filter(unique_key=key).select_for_update().first()
    if waiting is not None:
        moment = Now() + timedelta(seconds=wait)
        later = Job.objects.filter(pk=waiting.pk, wake_at__gt=moment)
        if later.update(wake_at=moment) and not wait:
            transaction.on_commit(partial(_tell_workers, waiting))
    return waiting


def _tell_workers(job: Job) -> None:
    """Send the message; when the broker doesn't take it, note that the sweeper should."""
    if not wake_a_worker():
        Job.objects.waiting().filter(pk=job.pk).update(queued_at=None)


def begin_daily(*, wait: float = 0) -> None:
    """Ask for the work of each day, now or in ``wait`` seconds; one that waits stands for all.

    Nothing is asked for where the installation does it by a clock of its own.
    """
    if task := settings.DAILY_TASK:
        enqueue(task=task, scope="", arguments={}, unique=task, tries=UNTIL_DONE, wait=wait)


def run_again(*, job: Job) -> Job:
    """Queue a failed job from the start; one that did not fail is left as it is.

    When a job of the same key is already waiting, that one is returned: it does the same work.
    """
    queued = {"state": Job.State.QUEUED, "queued_at": Now(), "wake_at": Now(), "finished_at": None}
    no_progress = {"attempts": 0, "steps_done": 0, "steps_total": 0, "label": "", "sentence": ""}
    with transaction.atomic():
        if job.unique_key and (waiting := _waiting_for(job.unique_key)):
            return waiting
        failed = Job.objects.filter(pk=job.pk, state=Job.State.FAILED)
        if failed.update(**queued, **no_progress):
            transaction.on_commit(partial(_tell_workers, job))
        job.refresh_from_db()
    return job
