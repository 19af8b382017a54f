"""A worker as a child of this process: started, watched, started again when it dies, stopped."""

import logging
import os
import subprocess
import sys
import threading
from time import monotonic

from django.conf import settings

from coproduction.celery import WORKER
from coproduction.jobs.lifetime import PARENT

logger = logging.getLogger(__name__)

_FIRST_PAUSE, _LONGEST_PAUSE = 1.0, 30.0
# A worker that lived this long was well: the next pause is the first again.
_WELL_AFTER = 60.0
_TIME_TO_STOP = 8.0


class WatchedWorker:
    """Keeps one Celery worker running until told to stop."""

    def __init__(self) -> None:
        """Prepare; nothing runs yet."""
        self._over = threading.Event()
        self._child: subprocess.Popen[bytes] | None = None
        # Never ends before the child does: Linux ties a child to the thread that started it.
        self._thread = threading.Thread(target=self._watch, name="worker watch", daemon=True)

    def start(self) -> None:
        """Start the worker and watch it."""
        self._thread.start()

    def stop(self) -> None:
        """Ask the worker to stop, and make it when it takes too long: its job is begun again."""
        self._over.set()
        self._thread.join()

    def _watch(self) -> None:
        """Start the worker again whenever it dies, after a pause that doubles each time."""
        pause = _FIRST_PAUSE
        while not self._over.is_set():
            began = monotonic()
            self._child = self._begin()
            if self._wait_for(self._child):
                return
            pause = _FIRST_PAUSE if monotonic() - began > _WELL_AFTER else pause
            logger.warning(
                "The worker stopped (exit %s) and is started again in %.0f s.",
                self._child.returncode,
                pause,
            )
            self._over.wait(pause)
            pause = min(pause * 2, _LONGEST_PAUSE)

    def _begin(self) -> subprocess.Popen[bytes]:
        """Start a worker that dies with us, in a group of its own: Ctrl-C is for us to pass on."""
        # Wherever we were started from, the worker finds the app.
        places = filter(None, [str(settings.BASE_DIR), os.environ.get("PYTHONPATH")])
        quietly = ["-W", "ignore:You're running the worker with superuser privileges"]
        return subprocess.Popen(  # noqa: S603 (every word of it is ours)
            [sys.executable, *quietly, "-m", "celery", "-A", "coproduction", *WORKER],
            env=os.environ | {PARENT: str(os.getpid()), "PYTHONPATH": os.pathsep.join(places)},
            stdin=subprocess.DEVNULL,
            process_group=0,
        )

    def _wait_for(self, child: subprocess.Popen[bytes]) -> bool:
        """Wait until the worker dies, or is to stop and has. Return whether it was to stop."""
        while child.poll() is None:
            if self._over.wait(0.2):
                self._end(child)
        return self._over.is_set()

    def _end(self, child: subprocess.Popen[bytes]) -> None:
        """Let the worker finish what it is at, for a while; its pool dies with it."""
        child.terminate()
        try:
            child.wait(_TIME_TO_STOP)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()
