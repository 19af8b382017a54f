"""Processes that die with the one that started them, so that a killed start leaves no orphan."""

import ctypes
import os
import signal
import sys
import threading
from types import FrameType
from typing import Any

from billiard.process import current_process
from celery import bootsteps
from celery.signals import worker_process_init

# Set by runapp for its worker. A worker started by anything else lives its own life.
PARENT = "RUNAPP_PID"
_LOOK_SECONDS = 0.5
_PR_SET_PDEATHSIG = 1
# Ignored by whoever doesn't know it, and the one that the pool's library leaves alone.
_LOOK_NOW = signal.SIGURG


def _ask_kernel_for(signal_number: int) -> None:
    """Have Linux send this signal when the thread that started this process ends."""
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, signal_number, 0, 0, 0)


def die_with(parent: int) -> None:
    """End this process at once when ``parent`` is no longer its parent.

    The kernel's word comes when the *thread* that started us ends, so it is only a reason to look:
    in an orderly stop a pool's threads may end before its last task does, which Celery's own way
    of asking for SIGKILL would cut short. A thread looks too, for systems whose kernel says
    nothing. Called from the main thread.
    """

    def look(_number: int = 0, _frame: FrameType | None = None) -> None:
        if os.getppid() != parent:
            os._exit(1)

    def keep_looking() -> None:
        while True:
            look()
            pause.wait(_LOOK_SECONDS)

    pause = threading.Event()
    signal.signal(_LOOK_NOW, look)
    _ask_kernel_for(_LOOK_NOW)
    threading.Thread(target=keep_looking, name="parent watch", daemon=True).start()


class DieWithRunapp(bootsteps.Step):
    """Ties a worker to the runapp that started it."""

    def __init__(self, worker: Any, **kwargs: Any) -> None:
        """Begin before the pool is made: whatever it starts is tied to the worker in turn."""
        super().__init__(worker, **kwargs)
        if parent := os.environ.get(PARENT):
            die_with(int(parent))


@worker_process_init.connect
def _tie_pool_process(**_: Any) -> None:
    """Tie a pool process to its worker, whoever started that."""
    die_with(current_process()._parent_pid)
