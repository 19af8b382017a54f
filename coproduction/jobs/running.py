"""Running a job inside a worker: taking it up, its heartbeat, its progress and its end."""

import logging
import threading
import uuid
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from contextvars import copy_context
from time import monotonic
from typing import Any

from django.conf import settings
from django.db import Error as DatabaseError
from django.db import connection, transaction
from django.utils.functional import Promise

from coproduction.celery import app
from coproduction.jobs import claims
from coproduction.jobs.models import Job
from coproduction.logs import Doing, describe_exception

logger = logging.getLogger(__name__)

# Five times a second a bar moves smoothly; more often nobody sees.
_LOOK_SECONDS = 0.2

Work = Callable[..., Mapping[str, Any] | None]
Refusals = tuple[type[Exception], ...]


class JobRefused(Exception):
    """The work can't be done as asked, and trying again would not help. Says why, plainly.

    A lazy translation is shown in each reader's language.
    """


class Progress:
    """How far a job is. Reporting is cheap: the heartbeat's thread writes the latest report."""

    def __init__(self, job: Job) -> None:
        """Begin with nothing done."""
        self._claim = job.claim
        self._report: tuple[int, int, str] | None = None
        self._lost = threading.Event()

    def report(self, done: int, total: int, label: str | Promise = "") -> None:
        """Say that ``done`` of ``total`` steps are done. Raises ClaimLost: then write no more.

        May be called as often as one likes, inside a transaction or not.
        """
        if self._lost.is_set():
            raise claims.ClaimLost
        words = claims.as_written(label, longest=80) if label else ""
        self._report = (max(done, 0), max(total, 0), words)

    def confirm(self) -> None:
        """Make sure, inside the transaction that writes the work, that the job is still ours.

        Raises ClaimLost, which rolls the transaction back, and TransactionManagementError outside
        one; otherwise nobody can take the job
        over until it commits.
        """
        if not connection.in_atomic_block:
            raise transaction.TransactionManagementError("Confirm inside the transaction.")
        if not claims.beat(claim=self._claim):
            raise claims.ClaimLost

    @contextmanager
    def beating(self) -> Iterator[None]:
        """Keep the job's heartbeat going while the work is done."""
        over = threading.Event()
        # What it logs belongs to the job too.
        beat = copy_context().run
        thread = threading.Thread(target=beat, args=[self._keep_beating, over], name="heartbeat")
        thread.daemon = True
        thread.start()
        try:
            yield
        finally:
            over.set()
            thread.join()

    def _keep_beating(self, over: threading.Event) -> None:
        """Write the heartbeat, and each new report, on a connection of this thread's own.

        Once more at the end: how far it came is kept, also if it failed.
        """
        written, beat_at, is_over = None, monotonic(), False
        with closing(connection):
            while not is_over:
                is_over = over.wait(_LOOK_SECONDS)
                report, now = self._report, monotonic()
                if report is not written or now - beat_at >= settings.JOBS_HEARTBEAT_SECONDS:
                    self._beat(report)
                    written, beat_at = report, now

    def _beat(self, report: tuple[int, int, str] | None) -> None:
        """Write one heartbeat; note it when the claim is lost."""
        try:
            if not claims.beat(claim=self._claim, progress=report):
                self._lost.set()
        except DatabaseError as problem:
            # The next one is tried on a new connection.
            logger.warning("A heartbeat was not written: %s.", type(problem).__name__)
            connection.close()


def background(name: str, *, refusals: Refusals = ()) -> Callable[[Work], Work]:
    """Let ``enqueue(task=name, …)`` run this function in a worker.

    The function is called ``work(progress, **arguments)``, outside any transaction; it may return
    a mapping of ids and numbers, kept as the job's result. It may be run again after it was cut
    short, so it commits in short pieces and the last one puts the result in place, after
    ``progress.confirm()``. Exceptions named in ``refusals`` count as JobRefused: their text is a
    plain sentence.
    """

    def register(work: Work) -> Work:
        def run_job(job: str) -> bool:
            return run(work, job=uuid.UUID(job), refusals=refusals)

        app.task(run_job, name=name)
        return work

    return register


def run(work: Work, *, job: uuid.UUID, refusals: Refusals = ()) -> bool:
    """Take up a job, do its work and note how it ended. Return whether there was one to take up.

    A job that somebody seems to be at is left alone: when its worker dies, its heartbeat stops.
    """
    taken = claims.claim(job=job)
    if taken is None:
        return False
    with Doing(request=taken.request, job=str(taken.uuid)):
        _run(work, taken, (JobRefused, *refusals))
    return True


def _run(work: Work, taken: Job, refused: Refusals) -> None:
    """Do the work of a job that was taken up, and note how it ended."""
    progress = Progress(taken)
    try:
        with progress.beating():
            result = work(progress, **taken.arguments)
        held = claims.finish(job=taken, result=result)
    except claims.ClaimLost:
        held = False
    except refused as refusal:
        held = claims.fail(job=taken, why=refusal)
    except Exception as problem:
        which = (taken.uuid, taken.task, taken.attempts)
        logger.error("Job %s (%s), attempt %d:\n%s", *which, describe_exception(problem))
        held = claims.try_again(job=taken)
    if not held:
        logger.warning("Job %s was taken over by another worker.", taken.uuid)
