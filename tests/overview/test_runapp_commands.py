"""The whole app by one command: it serves, keeps its worker, and leaves nothing behind."""

import os
import re
import signal
import subprocess
import sys
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.processes import alive, descendants, end, free_port, kill, status, until

pytestmark = [pytest.mark.processes, pytest.mark.once]
ROOT = Path(__file__).resolve().parent.parent.parent
RUNAPP = (sys.executable, "manage.py", "runapp")


class App:
    """An installation served on a port of its own."""

    def __init__(self, installation: Any, static: Path) -> None:
        """Choose the port; nothing runs yet."""
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.env = installation.env | {
            "PORT": str(self.port),
            "STATIC_ROOT": str(static),  # Collected once for all the tests.
            "LOAD_SAMPLE": "0",
            "DEMO": "1",
            "JOBS_SWEEP_SECONDS": "0.3",
            "JOBS_STALE_SECONDS": "3",
        }
        self.started: list[subprocess.Popen[str]] = []

    def start(self, *command: str) -> subprocess.Popen[str]:
        """Start the app."""
        process = subprocess.Popen(
            command,
            cwd=ROOT,
            env=self.env,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        self.started.append(process)
        return process

    def is_ready(self) -> bool:
        """Say whether it serves and has a worker."""
        return status(f"{self.url}/readyz") == 200


@pytest.fixture
def app(installation: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    """Give an app to start, and end whatever was started."""
    static = tmp_path_factory.getbasetemp() / "static"
    made = App(installation, static)
    yield made
    for process in made.started:
        if not process.stdout.closed:
            end(process)


def _page(url: str) -> str:
    """Return a page as a browser gets it."""
    with urllib.request.urlopen(url, timeout=10) as answer:
        return str(answer.read().decode())


def test_it_serves_restarts_its_worker_refuses_a_second_and_stops(
    app: App, say: Callable[[str], None], tmp_path: Path
) -> None:
    # A folder of its own: what a first start collects, it must also serve.
    app.env["STATIC_ROOT"] = str(tmp_path / "static")
    runapp = app.start(*RUNAPP)
    until(app.is_ready, what="the app")
    styles = re.findall(r'href="(/static/[^"]+\.css)"', _page(f"{app.url}/"))
    assert len(styles) > 5
    assert [status(f"{app.url}{style}") for style in styles] == [200] * len(styles)
    family = descendants(runapp.pid)
    assert len(family) == 3  # The worker and its two pool processes.
    assert status(f"{app.url}/healthz") == 200

    second = subprocess.run(
        RUNAPP, cwd=ROOT, env=app.env, capture_output=True, text=True, check=False, timeout=180
    )
    assert second.returncode == 1
    assert f"Something is already running on port {app.port}." in second.stderr
    assert f"PORT={app.port + 1} bin/start" in second.stderr
    assert "Traceback" not in second.stderr
    assert descendants(runapp.pid) == family

    kill(*family)
    again = until(
        lambda: (now := descendants(runapp.pid)) and len(now) == 3 and not now & family and now,
        what="another worker",
    )
    until(app.is_ready, what="the app")

    runapp.send_signal(signal.SIGTERM)
    told, _ = runapp.communicate(timeout=60)
    assert runapp.returncode == 0
    assert f"Open {app.url}/" in told
    assert "Traceback" not in told
    assert [pid for pid in {*family, *again} if alive(pid)] == []
    assert status(f"{app.url}/healthz") == 0
    say("the worker was killed once and started again; 0 processes left after the stop")


@pytest.mark.usefixtures("migrated")
def test_killing_the_start_command_leaves_no_orphan(app: App, say: Callable[[str], None]) -> None:
    start = app.start(str(ROOT / "bin" / "start"))
    until(app.is_ready, what="the app")
    family = descendants(start.pid)
    assert len(family) == 3
    kill(start.pid)
    start.wait(10)
    until(lambda: not any(alive(pid) for pid in family), seconds=10, what="the end of all")
    assert status(f"{app.url}/healthz") == 0
    group = subprocess.run(
        ["ps", "-A", "-o", "sid=,stat="], capture_output=True, text=True, check=True
    ).stdout.split("\n")
    left = [line for line in group if line.split()[:1] == [str(start.pid)] and "Z" not in line]
    assert left == []
    say(f"killed bin/start: 0 of {1 + len(family)} processes left")


@pytest.mark.usefixtures("migrated")
def test_ctrl_c_stops_the_start_command_and_all_it_started(app: App) -> None:
    start = app.start(str(ROOT / "bin" / "start"))
    until(app.is_ready, what="the app")
    family = descendants(start.pid)
    os.killpg(start.pid, signal.SIGINT)  # As a terminal does, to all that run in it.
    told, _ = start.communicate(timeout=60)
    assert start.returncode == 0
    assert "Traceback" not in told
    assert len(family) == 3
    assert [pid for pid in family if alive(pid)] == []
