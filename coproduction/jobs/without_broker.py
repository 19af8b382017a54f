"""Work while no message reaches a worker: it looks for rows that are due by itself.

The rows are the truth, so nothing is needed of a broker but that work is begun at once. While it is
away a job waits a few seconds longer, in threads of the worker's first process: without the limits
of the pool, which the broker's own loop looks after.
"""

import logging
import threading
from contextlib import closing
from typing import Any

from celery import bootsteps
from celery.worker import state
from django.conf import settings
from django.db import Error as DatabaseError
from django.db import connection

from coproduction.backup.refusing import BackupRefused
from coproduction.backup.unfinished import begin_serving
from coproduction.jobs.sweeper import (
    NAME,
    end_with_parent,
    forget_worker,
    hearing,
    note_worker,
    sweep,
)
from coproduction.jobs.tasks import run_next

logger = logging.getLogger(__name__)

# So often in a row nothing was heard, until a worker goes by itself: one that starts hears soon.
_PATIENCE = 2


class WithoutBroker(bootsteps.StartStopStep):
    """Watches whether this worker hears of work, and does it unasked while it doesn't."""

    requires = ("celery.worker.components:Pool",)

    def __init__(self, worker: Any, **options: Any) -> None:
        """Prepare; nothing runs yet."""
        super().__init__(worker, **options)
        self._is_over, self._is_alone = threading.Event(), threading.Event()

    def start(self, worker: Any) -> None:
        """Begin to watch, with as many hands as the pool has.

        Raises SystemExit while a backup is put back: nothing half restored is worked on.
        """
        try:
            begin_serving()
        except BackupRefused as refusal:
            logger.error(str(refusal))
            raise SystemExit(1) from None
        hands = [self._work] * settings.CELERY_WORKER_CONCURRENCY
        self._threads = [threading.Thread(target=do, daemon=True) for do in (self._watch, *hands)]
        for thread in self._threads:
            thread.start()

    def stop(self, worker: Any) -> None:
        """Finish what is begun, take up nothing more, and take back the sign of life."""
        self._is_over.set()
        for thread in self._threads:
            thread.join()
        with closing(connection):
            forget_worker(NAME)

    def _watch(self) -> None:
        """Notice when nothing is heard for a while; then sweep in the sweeper's place."""
        unheard = 0
        while not self._is_over.wait(settings.JOBS_SWEEP_SECONDS):
            is_stopping = state.should_stop is not None or state.should_terminate is not None
            unheard = 0 if hearing.is_good or is_stopping else unheard + 1
            if unheard < _PATIENCE:
                self._is_alone.clear()
                continue
            if not self._is_alone.is_set():
                logger.warning("The broker is away: this worker looks for work by itself.")
            self._is_alone.set()
            end_with_parent()
            self._do(_sweep_alone)

    def _work(self) -> None:
        """While nothing is heard, do one job that is due after the other."""
        while not self._is_over.wait(settings.JOBS_SWEEP_SECONDS):
            while self._is_alone.is_set() and not self._is_over.is_set() and self._do(run_next):
                continue

    def _do(self, what: Any) -> Any:
        """Do something on a connection opened anew; whatever goes wrong, the next time goes on."""
        try:
            with closing(connection):
                return what()
        except DatabaseError as problem:
            logger.warning("The database was not reached: %s.", type(problem).__name__)
            return None


def _sweep_alone() -> None:
    """Say that this worker lives, and give up or clear what is to be; no message can be sent."""
    note_worker(NAME)
    sweep(busy=True)
