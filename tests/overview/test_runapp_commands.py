"""The whole app by one command: it serves, keeps its worker, and leaves nothing behind."""

import os
import re
import signal
import subprocess
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.processes import alive, descendants, kill, status, until
from tests.served import RUNAPP, App

pytestmark = [pytest.mark.processes, pytest.mark.once]
ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.fixture
def app(installation: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    """Give an app to start, and end whatever was started."""
    static = tmp_path_factory.getbasetemp() / "static"
    made = App(installation, static)
    yield made
    made.end()


def _page(url: str) -> str:
    """Return a page as a browser gets it."""
    with urllib.request.urlopen(url, timeout=10) as answer:
        return str(answer.read().decode())


def test_it_serves_restarts_its_worker_refuses_a_second_and_stops(
    app: App, say: Callable[[str], None], tmp_path: Path
) -> None:
    # A folder of its own: what a first start collects, it must also serve.
    app.env["STATIC_ROOT"] = str(tmp_path / "static")
    # As an earlier release left it, for everybody on the machine to read.
    left_open = [app.folder / "files", app.folder / "mail"]
    for folder in left_open:
        folder.mkdir()
        folder.chmod(0o755)
    runapp = app.start(*RUNAPP)
    until(app.is_ready, what="the app")
    styles = re.findall(r'href="(/static/[^"]+\.css)"', _page(f"{app.url}/"))
    assert len(styles) > 3
    assert [status(f"{app.url}{style}") for style in styles] == [200] * len(styles)
    kept = [*left_open, *app.folder.glob("coproduction.sqlite3*")]
    assert len(kept) > 2
    assert [path.name for path in kept if path.stat().st_mode & 0o077] == []
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
    assert runapp.wait(timeout=60) == 0
    told = app.log.read_text()
    key = (app.folder / "demo-key").read_text()
    assert f"Open {app.url}/demo/{key}/" in told
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
    assert start.wait(timeout=60) == 0
    assert "Traceback" not in app.log.read_text()
    assert len(family) == 3
    assert [pid for pid in family if alive(pid)] == []
