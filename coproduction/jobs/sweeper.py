"""The sweeper: a thread of each worker that brings back forgotten work, and says it lives."""

import logging
import os
import socket
import threading
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from celery import bootsteps
from django.conf import settings
from django.db import Error as DatabaseError
from django.db import connection
from django.utils import timezone

from coproduction.jobs import claims
from coproduction.jobs.models import Job, WorkerSeen
from coproduction.jobs.services import ask_again, wake

logger = logging.getLogger(__name__)

# A sweep is short, whatever has piled up; the next one goes on.
_AT_ONCE = 100
_FORGET_WORKERS_AFTER = timedelta(hours=1)


@dataclass(frozen=True)
class Swept:
    """What one sweep did."""

    released: int = 0
    woken: int = 0


def sweep() -> Swept:
    """Release jobs whose worker went silent, then wake jobs whose wake-up seems lost.

    Any number of sweepers may do this at once: each row is changed only if it still is as it
    was seen, so one of them does it and the others pass.
    """
    now = timezone.now()
    stale = Job.objects.stale(now).order_by("heartbeat_at")[:_AT_ONCE]
    released = sum(claims.release_stale(job=job) for job in stale)
    woken = 0
    for job in Job.objects.due(timezone.now()).order_by("wake_at")[:_AT_ONCE]:
        if ask_again(job):
            if not wake(job):
                break  # The broker is down for the others too.
            woken += 1
    return Swept(released=released, woken=woken)


def note_worker(name: str) -> None:
    """Keep a worker's sign of life, and forget workers long gone."""
    now = timezone.now()
    WorkerSeen.objects.update_or_create(name=name, defaults={"seen_at": now})
    WorkerSeen.objects.filter(seen_at__lt=now - _FORGET_WORKERS_AFTER).delete()


class Sweeper:
    """Sweeps every JOBS_SWEEP_SECONDS, from a worker's start to its stop."""

    def __init__(self, name: str) -> None:
        """Prepare to sweep on behalf of the worker of this name."""
        self._name = name
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._keep_sweeping, name="sweeper", daemon=True)

    def start(self) -> None:
        """Begin to sweep. A pool process is never forked in the middle of a sweep.

        It would inherit the database library's locks as they were, with nobody to release them.
        """
        self._sweeping = threading.Lock()
        os.register_at_fork(
            before=self._sweeping.acquire,
            after_in_parent=self._sweeping.release,
            after_in_child=self._sweeping.release,
        )
        self._thread.start()

    def stop(self) -> None:
        """End after the sweep at hand."""
        self._over.set()
        if self._thread.is_alive():
            self._thread.join(timeout=10)

    def _keep_sweeping(self) -> None:
        """Sweep and wait, on a connection opened anew each time."""
        while not self._over.is_set():
            with self._sweeping:
                self._sweep_once()
            self._over.wait(settings.JOBS_SWEEP_SECONDS)
        with self._sweeping:
            self._say_goodbye()

    def _sweep_once(self) -> None:
        """Sweep; whatever goes wrong, the next sweep tries again."""
        try:
            note_worker(self._name)
            swept = sweep()
            if swept.released:
                logger.warning("Brought back %d unfinished jobs.", swept.released)
        except DatabaseError as problem:
            logger.warning("A sweep did not reach the database: %s.", type(problem).__name__)
        except Exception:
            logger.exception("A sweep went wrong.")
        finally:
            connection.close()

    def _say_goodbye(self) -> None:
        """Take back the sign of life, so that nobody waits for a worker that was stopped."""
        try:
            WorkerSeen.objects.filter(name=self._name).delete()
        except DatabaseError:
            logger.warning("The worker's sign of life could not be taken back.")
        finally:
            connection.close()


class SweeperStep(bootsteps.StartStopStep):
    """Celery's hook: a sweeper lives as long as its worker, from when the pool stands."""

    requires = ("celery.worker.components:Pool",)

    def create(self, worker: Any) -> Sweeper:
        """Make the sweeper; Celery starts and stops it."""
        return Sweeper(f"{socket.gethostname()}:{os.getpid()}")
