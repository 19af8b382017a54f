"""The sweeper: a part of each worker that brings back forgotten work, and says it lives."""

import logging
import os
import signal
import socket
from contextlib import closing
from datetime import timedelta
from time import monotonic
from typing import Any

from celery import bootsteps
from celery.worker import state
from django.conf import settings
from django.db import Error as DatabaseError
from django.db import connection
from django.db.models import F
from django.db.models.functions import Now
from django.utils.translation import gettext_noop

from coproduction.jobs.broker import wake_a_worker
from coproduction.jobs.models import Job, WorkerSeen
from coproduction.jobs.services import begin_daily

logger = logging.getLogger(__name__)

# Names the process that started this worker, as leader of a process group, to end with it.
PARENT = "WORKER_PARENT"
# What this worker is known by.
NAME = f"{socket.gethostname()}:{os.getpid()}"
_FORGET_WORKERS_AFTER = timedelta(hours=1)
_AN_HOUR = 3_600.0
# Kept untranslated, shown in the reader's language.
KEPT_STOPPING = gettext_noop(
    "This was stopped several times before it was finished. Run it again. "
    "If it stops again, tell the person who looks after this site."
)


class Hearing:
    """Whether messages reach this worker: it listens, and the broker takes what is sent."""

    def __init__(self) -> None:
        """Begin before anything was heard."""
        self.listens, self.was_taken = False, True

    @property
    def is_good(self) -> bool:
        """Whether it would be told of work, as far as it knows."""
        return self.listens and self.was_taken


hearing = Hearing()


def sweep(*, busy: bool = False) -> None:
    """Have forgotten jobs looked at, give up those that keep stopping, and clear those long done.

    Any number of sweepers may do this at once. A ``busy`` worker will look by itself. A job that
    failed is kept: pages say that it did.
    """
    tried_too_often = Job.objects.silent().filter(attempts__gte=F("max_attempts"))
    tried_too_often.update(
        state=Job.State.FAILED, claim=None, sentence=KEPT_STOPPING, finished_at=Now()
    )
    done = Job.objects.filter(state=Job.State.DONE)
    done.filter(finished_at__lt=Now() - timedelta(days=settings.JOBS_KEPT_DAYS)).delete()
    if not Job.objects.due().exists():
        return
    if not busy:
        hearing.was_taken = wake_a_worker()
    if busy or hearing.was_taken:
        Job.objects.waiting().filter(queued_at=None).update(queued_at=Now())


def see_to_daily() -> None:
    """Have the work of each day begun where nobody waits for it or is at it.

    It asks for the next day's itself, so this is for the first one, and for one that was lost.
    """
    under_way = [Job.State.QUEUED, Job.State.RUNNING]
    if not Job.objects.filter(unique_key=settings.DAILY_TASK, state__in=under_way).exists():
        begin_daily()


def note_worker(name: str) -> None:
    """Keep a worker's sign of life, and forget workers long gone."""
    WorkerSeen.objects.update_or_create(name=name, defaults={"seen_at": Now()})
    WorkerSeen.objects.filter(seen_at__lt=Now() - _FORGET_WORKERS_AFTER).delete()


def forget_worker(name: str) -> None:
    """Take back a worker's sign of life, so that nobody waits for one that was stopped."""
    WorkerSeen.objects.filter(name=name).delete()


def end_with_parent() -> None:
    """End this worker and its pool when the process that started it is gone."""
    if os.environ.get(PARENT, str(os.getppid())) != str(os.getppid()):
        os.killpg(0, signal.SIGKILL)


class Sweeper(bootsteps.StartStopStep):
    """Sweeps every JOBS_SWEEP_SECONDS, between a worker's messages, while there is a broker."""

    requires = ("celery.worker.consumer.tasks:Tasks",)

    def start(self, worker: Any) -> None:
        """Begin to sweep, at once."""
        hearing.listens = hearing.was_taken = True
        worker.timer.call_after(0, self.sweep)
        self._again = worker.timer.call_repeatedly(settings.JOBS_SWEEP_SECONDS, self.sweep)
        self._daily_seen_to_at = float("-inf")

    def stop(self, worker: Any) -> None:
        """Take back the sign of life: the worker stops, or the broker went away."""
        hearing.listens = False
        self._again.cancel()
        with closing(connection):
            forget_worker(NAME)

    def sweep(self) -> None:
        """Sweep on a new connection; whatever goes wrong, the next sweep still comes."""
        end_with_parent()
        try:
            with closing(connection):
                note_worker(NAME)
                if monotonic() - self._daily_seen_to_at > _AN_HOUR:
                    see_to_daily()
                    self._daily_seen_to_at = monotonic()
                # A message to a worker whose every process is at something is only in the way.
                sweep(busy=len(state.reserved_requests) >= settings.CELERY_WORKER_CONCURRENCY)
        except DatabaseError as problem:
            logger.warning("A sweep did not reach the database: %s.", type(problem).__name__)
