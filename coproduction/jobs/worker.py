"""A worker as a child of this process: started, watched, started again when it ends, stopped."""

import logging
import os
import signal
import subprocess
import sys
import threading
from contextlib import suppress
from time import monotonic

from django.conf import settings

from coproduction.celery import WORKER
from coproduction.jobs.sweeper import PARENT

logger = logging.getLogger(__name__)

# The pause before a worker is started again doubles, unless it had lived for long.
_FIRST_PAUSE, _LONGEST_PAUSE, _LONG_LIFE = 1.0, 30.0, 60.0
_TIME_TO_STOP = 8.0


class WatchedWorker:
    """Keeps one Celery worker running until told to stop."""

    def __init__(self) -> None:
        """Prepare; nothing runs yet."""
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._watch, name="worker watch", daemon=True)

    def start(self) -> None:
        """Begin to run the process: one that ends by itself is followed by another."""
        self._thread.start()

    def stop(self) -> None:
        """Ask the worker to stop, and make it when it takes too long: its job is begun again."""
        self._over.set()
        if self._thread.is_alive():
            self._thread.join()

    def _watch(self) -> None:
        """Start the worker, and start it again whenever it dies."""
        pause = _FIRST_PAUSE
        while not self._over.is_set():
            began, worker = monotonic(), _start_worker()
            while worker.poll() is None and not self._over.wait(0.2):
                continue
            if self._over.is_set():
                return _end_worker(worker)
            pause = _FIRST_PAUSE if monotonic() - began > _LONG_LIFE else pause
            logger.warning("The worker stopped, exit %s; again in %d s.", worker.returncode, pause)
            self._over.wait(pause)
            pause = min(pause * 2, _LONGEST_PAUSE)


def _start_worker() -> subprocess.Popen[bytes]:
    """Start a worker that ends with us, in a group of its own: Ctrl-C is for us to pass on."""
    # Wherever we were started from, the worker finds the app.
    places = filter(None, [str(settings.BASE_DIR), os.environ.get("PYTHONPATH")])
    quietly = ["-W", "ignore:You're running the worker with superuser privileges"]
    return subprocess.Popen(  # noqa: S603 (every word of it is ours)
        [sys.executable, *quietly, "-m", "celery", "-A", "coproduction", *WORKER],
        env=os.environ | {PARENT: str(os.getpid()), "PYTHONPATH": os.pathsep.join(places)},
        stdin=subprocess.DEVNULL,
        process_group=0,
    )


def _end_worker(worker: subprocess.Popen[bytes]) -> None:
    """Let the worker finish what it is at, for a while; then end it and its pool."""
    worker.terminate()
    with suppress(subprocess.TimeoutExpired):
        worker.wait(_TIME_TO_STOP)
    with suppress(ProcessLookupError):
        os.killpg(worker.pid, signal.SIGKILL)
    worker.wait()
