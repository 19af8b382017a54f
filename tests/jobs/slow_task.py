"""Tasks for tests, which a worker includes by name: one that takes its time, one that fails."""

import os
import time
from typing import Any

from coproduction.jobs.running import JobRefused, Progress, background


@background("tests.slow")
def slow(progress: Progress, *, steps: int, pause: float = 0.05) -> dict[str, Any]:
    """Take ``steps`` steps of ``pause`` seconds; say which process took them."""
    for step in range(steps):
        progress.report(step, steps, "Walking")
        time.sleep(pause)
    return {"steps": steps, "process": os.getpid()}


@background("tests.broken")
def broken(progress: Progress) -> None:
    """Fail in a way nobody foresaw, quoting private words as exceptions do."""
    raise ValueError("Mrs Evans of Heol Fawr said so")


@background("tests.refused")
def refused(progress: Progress) -> None:
    """Refuse: the work can't be done as asked."""
    raise JobRefused("Choose a file with a column of comments.")
