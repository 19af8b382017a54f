"""Tasks for tests, which a worker includes by name: some take their time, some fail."""

import os
import time
from pathlib import Path
from typing import Any

from django.conf import settings

from coproduction.jobs.running import JobRefused, Progress, background

SAID = "Mrs Evans of Heol Fawr said so"


@background("tests.slow")
def slow(progress: Progress, *, steps: int, pause: float = 0.05) -> dict[str, Any]:
    """Take ``steps`` steps of ``pause`` seconds; say which process took them."""
    for step in range(steps):
        progress.report(step, steps, "Walking")
        time.sleep(pause)
    return {"steps": steps, "process": os.getpid()}


@background("tests.held")
def held(progress: Progress, *, flag: str) -> dict[str, Any]:
    """Go on until a file of this name is there; say which process did."""
    steps = 0
    while not (Path(settings.DATA_DIR) / flag).exists():
        progress.report(steps := steps + 1, 10_000, "Waiting")
        time.sleep(0.05)
    return {"steps": steps, "process": os.getpid()}


@background("tests.broken")
def broken(progress: Progress) -> None:
    """Fail in a way nobody foresaw, quoting private words as exceptions do."""
    raise ValueError(SAID)


@background("tests.refused")
def refused(progress: Progress) -> None:
    """Refuse: the work can't be done as asked."""
    raise JobRefused("Choose a file with a column of comments.")
