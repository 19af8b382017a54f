"""Making the plan's file with real processes: the worker is killed, and the file comes anyway."""

import json
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.processes import descendants, end, free_port, kill, status, until

pytestmark = pytest.mark.processes
ROOT = Path(__file__).resolve().parent.parent.parent
# So many pages set is the middle of the sample's plan, long before its file is written.
UNDER_WAY = "4"
COUNT_CORRECTIONS = "from plan.models import Correction; print(Correction.objects.count())"


class Server:
    """The whole app with the sample, whose plan was just published: its files wait to be made."""

    def __init__(self, installation: Any) -> None:
        """Load the sample while no worker is there."""
        self.url = f"http://127.0.0.1:{(port := free_port())}"
        self.env = installation.env | {
            "PORT": str(port),
            "LOAD_SAMPLE": "0",
            "JOBS_SWEEP_SECONDS": "0.3",
            "JOBS_HEARTBEAT_SECONDS": "0.3",
            "JOBS_STALE_SECONDS": "5",
        }
        installation.env = self.env
        installation.manage("load_sample")
        asked = (
            "from plan.models import Rendering as R; print(*[row.job for row in R.objects.all()])"
        )
        self.run = lambda code: (
            installation.manage("shell", "--verbosity", "0", "--command", code).stdout
        )
        self.jobs = self.run(asked).split()[::-1]  # They are listed newest first.
        self.runapp: subprocess.Popen[str] | None = None

    def start(self) -> int:
        """Start the one command that serves and keeps a worker; return its process."""
        self.runapp = subprocess.Popen(
            [sys.executable, "manage.py", "runapp"],
            cwd=ROOT,
            env=self.env,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        return self.runapp.pid

    def ask(self, job: str, *awaited: str) -> subprocess.Popen[str]:
        """Begin to watch a job from outside, until it is as awaited."""
        return self.do("tests.jobs.asking", "show", job, *awaited)

    def do(self, module: str, *words: str) -> subprocess.Popen[str]:
        """Begin to run a module of the tests in this installation."""
        return subprocess.Popen(
            [sys.executable, "-m", module, *words],
            cwd=ROOT,
            env=self.env,
            stdout=subprocess.PIPE,
            text=True,
        )

    def stop(self) -> None:
        """End everything that was started."""
        if self.runapp is not None:
            end(self.runapp)


def heard(asked: subprocess.Popen[str]) -> dict[str, Any]:
    """Return what a watcher tells of its job."""
    told, _ = asked.communicate(timeout=180)
    return dict(json.loads(told.splitlines()[-1]))


@pytest.fixture
def server(migrated: Any) -> Iterator[Server]:
    """Give the app on the brokers of the run: the folder with SQLite, Redis with PostgreSQL."""
    made = Server(migrated)
    yield made
    made.stop()


def test_a_worker_killed_while_it_sets_the_plan_is_followed_by_one_that_finishes_it(
    server: Server, tmp_path: Path, say: Callable[[str], None]
):
    first = server.jobs[0]
    watching = server.ask(first, "running", UNDER_WAY)
    runapp = server.start()
    begun = heard(watching)
    family = descendants(runapp)
    kill(*family)
    killed_at = time.monotonic()
    assert (begun["state"], begun["attempts"]) == ("running", 1)
    assert 0 < begun["steps_done"] < begun["steps_total"]
    assert len(family) == 3  # The worker and its two pool processes.
    left = heard(server.ask(first))
    assert left["state"] != "done"

    done = [heard(server.ask(job, "done")) for job in server.jobs]
    took = time.monotonic() - killed_at
    assert [job["state"] for job in done] == ["done", "done"]
    assert done[0]["attempts"] == 2
    assert not descendants(runapp) & family

    for language, job in zip(("en", "cy"), done, strict=True):
        address = f"{server.url}/bryncoed/plan/plan.pdf?language={language}"
        until(lambda address=address: status(address) == 200, what="the file")
        kept = tmp_path / f"{language}.pdf"
        kept.write_bytes(urllib.request.urlopen(address, timeout=30).read())
        read = subprocess.run(
            ["pdftotext", str(kept), "-"], capture_output=True, text=True, check=True
        )
        assert read.stdout.count("\f") == job["result"]["pages"]
        assert len(kept.read_bytes()) > 50_000
    say(
        f"killed {len(family)} processes at step {begun['steps_done']} of "
        f"{begun['steps_total']}; both files were there {took:.1f} s later"
    )

    # Words withdrawn now are taken out of the plan by the worker, though nobody reads a page.
    withdrawn = server.do("tests.plan.withdrawing")
    job = withdrawn.communicate(timeout=180)[0].split()[-1]
    assert withdrawn.returncode == 0
    assert heard(server.ask(job, "done"))["state"] == "done"
    assert server.run(COUNT_CORRECTIONS).split()[-1] == "1"
