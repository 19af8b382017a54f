"""The app behind real servers in tests: its own, gunicorn, and nginx before either."""

import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.processes import end, free_port, status, until

ROOT = Path(__file__).resolve().parent.parent
RUNAPP = (sys.executable, "manage.py", "runapp")
GUNICORN = (sys.executable, "-m", "gunicorn", "coproduction.wsgi:application")


class App:
    """An installation served on a port of its own."""

    def __init__(self, installation: Any, static: Path, **env: str) -> None:
        """Choose the port; nothing runs yet."""
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.folder: Path = installation.folder
        self.log = self.folder.with_suffix(".log")
        self.env = installation.env | {
            "PORT": str(self.port),
            "STATIC_ROOT": str(static),  # Collected once for all the tests.
            "LOAD_SAMPLE": "0",
            "DEMO": "1",
            "JOBS_SWEEP_SECONDS": "0.3",
            "JOBS_STALE_SECONDS": "3",
            **env,
        }
        self.started: list[subprocess.Popen[str]] = []

    def start(self, *command: str) -> subprocess.Popen[str]:
        """Start the app. What it says is kept in a file: a pipe that nobody reads would stop it."""
        with self.log.open("a") as log:
            process = subprocess.Popen(
                command,
                cwd=ROOT,
                env=self.env,
                stdout=log,
                stderr=subprocess.STDOUT,
                text=True,
                start_new_session=True,
                umask=0o022,  # As a shell has it, whatever this process has.
            )
        self.started.append(process)
        return process

    def is_ready(self) -> bool:
        """Say whether it serves and has a worker."""
        return status(f"{self.url}/readyz") == 200

    def is_live(self) -> bool:
        """Say whether it serves."""
        return status(f"{self.url}/healthz") == 200

    def end(self) -> None:
        """End whatever was started and runs still."""
        for process in self.started:
            end(process)


class Nginx:
    """A real nginx of this machine, in a folder of its own."""

    def __init__(self, folder: Path, servers: str) -> None:
        """Write what it is told: ``servers`` stands inside its http block."""
        folder.mkdir(parents=True)
        # A worker of another user could not enter the folder of a test.
        as_root = "user root;" if os.geteuid() == 0 else ""
        scratch = "".join(
            f"{kind}_temp_path {folder}/{kind};"
            for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
        )
        (folder / "nginx.conf").write_text(
            f"{as_root} daemon off; worker_processes 1; pid {folder}/pid; error_log stderr warn;\n"
            f"events {{ worker_connections 256; }}\n"
            f"http {{ access_log off; {scratch}\n{servers}\n}}\n"
        )
        self._folder = folder
        self._server: subprocess.Popen[str] | None = None

    def start(self, port: int) -> None:
        """Start it, and wait until it listens on ``port``."""
        with (self._folder / "log").open("w") as log:
            self._server = subprocess.Popen(
                [_nginx(), "-p", str(self._folder), "-c", str(self._folder / "nginx.conf")],
                stdout=log,
                stderr=subprocess.STDOUT,
                text=True,
            )
        until(lambda: self._listens(port), what="nginx")

    def _listens(self, port: int) -> bool:
        """Say whether it takes connections; fail with its own words when it gave up."""
        assert self._server is not None
        if self._server.poll() is not None:
            pytest.fail(f"nginx ended: {(self._folder / 'log').read_text()}")
        with socket.socket() as line:
            return line.connect_ex(("127.0.0.1", port)) == 0

    def end(self) -> None:
        """End it, by asking: one that is killed leaves the worker it would have started next."""
        if self._server is not None:
            self._server.terminate()
            self._server.wait(60)


def _nginx() -> str:
    """Return where nginx is: bin/test installs it, and elsewhere the test is left out."""
    found = shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin")
    if found is None:
        missing = pytest.fail if os.environ.get("TEST_SERVERS") else pytest.skip
        missing("nginx is not installed")
    return str(found)
