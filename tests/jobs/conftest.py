"""What tests of jobs ask for: a queue of the test's own, and workers that are real processes."""

import json
import subprocess
import sys
from collections.abc import Iterator
from queue import Empty
from typing import Any
from uuid import uuid4

import pytest

from coproduction.celery import WORKER, app
from tests.jobs import slow_task
from tests.processes import end


class OwnQueue:
    """The messages sent in this test, read from the real broker."""

    def __init__(self, name: str) -> None:
        """Begin with an empty queue."""
        self.name = name

    def take(self) -> list[str]:
        """Take every message out, oldest first; it says nothing but the name of its task."""
        taken = []
        with app.connection_for_read() as connection, connection.SimpleQueue(self.name) as queue:
            while True:
                try:
                    message = queue.get(block=False)
                except Empty:
                    return taken
                message.ack()
                assert message.payload[:2] == [[], {}]
                taken.append(message.headers["task"])


@pytest.fixture
def queue(settings: Any) -> OwnQueue:
    """Send this test's wake-ups to a queue that no worker reads."""
    settings.JOBS_QUEUE = f"test-{uuid4().hex}"
    return OwnQueue(settings.JOBS_QUEUE)


class Site:
    """An installation whose worker runs the tests' slow tasks, impatiently."""

    including = ("-I", f"{slow_task.__name__},tests.jobs.clock_off")

    def __init__(self, installation: Any) -> None:
        """Make it impatient, with the tables of jobs: a worker needs no others."""
        self.installation = installation
        self.env = installation.env | {
            "JOBS_SWEEP_SECONDS": "0.3",
            "JOBS_HEARTBEAT_SECONDS": "0.3",
            "JOBS_STALE_SECONDS": "2",
            # It asks for tables that are not there.
            "DAILY_TASK": "",
        }
        self.started: list[subprocess.Popen[str]] = []
        installation.manage("migrate", "jobs", "--verbosity", "0")

    def worker(self, **env: str) -> subprocess.Popen[str]:
        """Start a real worker."""
        process = subprocess.Popen(
            [sys.executable, "-m", "celery", "-A", "coproduction", *WORKER, *self.including],
            env=self.env | env,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        )
        self.started.append(process)
        return process

    def ask(self, *words: str, **env: str) -> dict[str, Any]:
        """Ask in a process of its own, as a web server would be; see tests/jobs/asking.py."""
        asked = subprocess.run(
            [sys.executable, "-m", "tests.jobs.asking", *words],
            env=self.env | env,
            capture_output=True,
            text=True,
            check=False,
            timeout=180,
        )
        assert asked.returncode == 0, asked.stderr
        return json.loads(asked.stdout.splitlines()[-1])


@pytest.fixture
def site(installation: Any) -> Iterator[Site]:
    """Give an installation for workers, and end whatever the test started there."""
    made = Site(installation)
    yield made
    for process in made.started:
        end(process)
