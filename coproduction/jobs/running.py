"""Running a job inside a worker: taking it up, its heartbeat, its progress and its end."""

import logging
import threading
import traceback
import uuid
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from time import monotonic
from typing import Any

from django.conf import settings
from django.db import Error as DatabaseError
from django.db import connection
from django.utils.functional import Promise

from coproduction.celery import app
from coproduction.jobs import claims
from coproduction.jobs.models import Job

logger = logging.getLogger(__name__)

# Five times a second a bar moves smoothly; more often nobody sees.
_LOOK_SECONDS = 0.2

Work = Callable[..., Mapping[str, Any] | None]


class JobRefused(Exception):
    """The work can't be done as asked, and trying again would not help. Says why, plainly."""

    def __init__(self, sentence: str | Promise) -> None:
        """Take the sentence to show; a lazy translation is shown in each reader's language."""
        super().__init__()
        self.sentence = sentence


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
        self._raise_if_lost()
        words = claims.as_written(label, longest=80) if label else ""
        self._report = (max(done, 0), max(total, 0), words)

    def confirm(self) -> None:
        """Make sure, inside the transaction that writes the work, that the job is still ours.

        Raises ClaimLost, which rolls the transaction back; otherwise nobody can take the job
        over until it commits.
        """
        self._raise_if_lost()
        claims.confirm(claim=self._held())

    def _held(self) -> uuid.UUID:
        """Return the claim; a job without one was never taken up."""
        if self._claim is None:
            raise claims.ClaimLost
        return self._claim

    def _raise_if_lost(self) -> None:
        """Stop work that another worker has taken over."""
        if self._lost.is_set():
            raise claims.ClaimLost

    def _keep_beating(self, over: threading.Event) -> None:
        """Write the heartbeat, and each new report, on a connection of this thread's own."""
        written, beaten = None, monotonic()
        try:
            while not over.wait(_LOOK_SECONDS) and not self._lost.is_set():
                report, now = self._report, monotonic()
                if report is not written or now - beaten >= settings.JOBS_HEARTBEAT_SECONDS:
                    self._beat(report)
                    written, beaten = report, now
            if self._report is not written:
                self._beat(self._report)  # How far it came, should it have failed.
        finally:
            connection.close()

    def _beat(self, report: tuple[int, int, str] | None) -> None:
        """Write one heartbeat; note it when the claim is lost."""
        try:
            if not claims.beat(claim=self._held(), progress=report):
                self._lost.set()
        except DatabaseError as problem:
            # The next one is tried on a new connection.
            logger.warning("A heartbeat was not written: %s.", type(problem).__name__)
            connection.close()

    @contextmanager
    def beating(self) -> Iterator[None]:
        """Keep the job's heartbeat going while the work is done."""
        over = threading.Event()
        thread = threading.Thread(
            target=self._keep_beating, args=[over], name="heartbeat", daemon=True
        )
        thread.start()
        try:
            yield
        finally:
            over.set()
            thread.join()


def background(name: str, *, refusals: tuple[type[Exception], ...] = ()) -> Callable[[Work], Work]:
    """Let ``enqueue(task=name, …)`` run this function in a worker.

    The function is called ``work(progress, **arguments)``, outside any transaction; it may return
    a mapping of ids and numbers, kept as the job's result. It may be run again after it was cut
    short, so it commits in short pieces and the last one puts the result in place, after
    ``progress.confirm()``. Exceptions named in ``refusals`` count as JobRefused: their text is a
    plain sentence.
    """

    def register(work: Work) -> Work:
        def look(job: str) -> None:
            run(work, job=uuid.UUID(job), refusals=refusals)

        app.task(look, name=name)
        return work

    return register


def run(work: Work, *, job: uuid.UUID, refusals: tuple[type[Exception], ...] = ()) -> None:
    """Take up a job, do its work and note how it ended; leave alone a job that isn't to be begun.

    A wake-up for a job that somebody seems to be at is dropped: should he turn out to be dead,
    the sweeper sends another.
    """
    taken = claims.claim(job=job)
    if taken is None:
        return
    progress = Progress(taken)
    try:
        with progress.beating():
            result = work(progress, **taken.arguments)
        held = claims.finish(job=taken, result=result)
    except claims.ClaimLost:
        held = False
    except JobRefused as refusal:
        held = claims.fail(job=taken, sentence=refusal.sentence)
    except refusals as refusal:
        held = claims.fail(job=taken, sentence=str(refusal))
    except Exception as problem:
        logger.error(
            "Job %s (%s) failed at attempt %d: %s",
            taken.uuid,
            taken.task,
            taken.attempts,
            without_private_words(problem),
        )
        held = claims.try_again(job=taken)
    if not held:
        logger.warning("Job %s was taken over by another worker.", taken.uuid)


def without_private_words(problem: BaseException) -> str:
    """Say what went wrong and where, but not its message: that may quote what people wrote."""
    places = [
        f"{frame.filename}:{frame.lineno} in {frame.name}"
        for frame in traceback.extract_tb(problem.__traceback__)
    ]
    before = problem.__cause__ or problem.__context__
    after = f"; after {without_private_words(before)}" if before else ""
    return f"{type(problem).__name__} at {', '.join(places) or 'an unknown place'}{after}"
