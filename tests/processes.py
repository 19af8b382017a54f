"""Real processes in tests: who is whose child, waiting for what should come, and ending them."""

import os
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

Found = TypeVar("Found")


def until(condition: Callable[[], Found], *, seconds: float = 180, what: str = "it") -> Found:
    """Wait until a condition gives something true, and return that; fail when it never does.

    Patiently: a busy machine may take ten times as long, and no test says how fast a thing is.
    """
    end = time.monotonic() + seconds
    while True:
        if found := condition():
            return found
        assert time.monotonic() < end, f"waited {seconds:.0f} s in vain for {what}"
        time.sleep(0.05)


def free_port() -> int:
    """Return a port of this machine that nobody listens on."""
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        return door.getsockname()[1]


def descendants(*ancestors: int) -> set[int]:
    """Return the children of these processes, their children and so on; the dead not counted."""
    listed = subprocess.run(
        ["ps", "-A", "-o", "pid=,ppid=,stat="], capture_output=True, text=True, check=True
    ).stdout
    rows = [line.split() for line in listed.splitlines()]
    parents = {int(pid): int(parent) for pid, parent, stat in rows if not stat.startswith("Z")}
    found: set[int] = set()
    while more := {
        pid
        for pid, parent in parents.items()
        if parent in {*ancestors, *found} and pid not in found
    }:
        found |= more
    return found


def alive(pid: int) -> bool:
    """Say whether a process runs; a zombie doesn't."""
    listed = subprocess.run(
        ["ps", "-o", "stat=", "-p", str(pid)], capture_output=True, text=True, check=False
    ).stdout.strip()
    return bool(listed) and not listed.startswith("Z")


def kill(*pids: int) -> None:
    """End processes that a test started, the way a power cut would."""
    for pid in pids:
        try:
            os.kill(pid, signal.SIGKILL)
        except ProcessLookupError:
            continue


def end(process: subprocess.Popen[str]) -> None:
    """End a process and everything under it, and let go of its pipes."""
    kill(*descendants(process.pid), process.pid)
    process.communicate()


def status(url: str) -> int:
    """Return the status an address answers with; 0 when nobody answers."""
    try:
        with urllib.request.urlopen(url, timeout=10) as answer:
            return answer.status
    except urllib.error.HTTPError as answer:
        return answer.code
    except OSError:
        return 0


class Redis:
    """A real Redis server that can be stopped and started."""

    def __init__(self, folder: Path) -> None:
        """Choose a port."""
        self.port, self._folder = free_port(), folder
        self.url = f"redis://127.0.0.1:{self.port}/0"
        self._server: subprocess.Popen[Any] | None = None

    def start(self) -> None:
        """Start with nothing in it, and wait until it answers."""
        self._server = subprocess.Popen(
            [
                *("redis-server", "--bind", "127.0.0.1", "--port", str(self.port)),
                *("--save", "", "--appendonly", "no", "--dir", str(self._folder)),
            ],
            stdout=subprocess.DEVNULL,
        )
        until(self._answers, what="Redis")

    def stop(self) -> None:
        """Stop at once; what was in it is gone."""
        if self._server is not None:
            end(self._server)

    def _answers(self) -> bool:
        """Say whether it takes connections."""
        with socket.socket() as line:
            return line.connect_ex(("127.0.0.1", self.port)) == 0
