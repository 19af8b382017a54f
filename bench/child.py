"""The other end of bench/answering.py: starts a process that measures, and asks it."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent


class MeasureFailed(Exception):
    """What was to be measured could not be done; it says what the process said."""


class Child:
    """A process of its own for one store. ``with Child(env) as child: child.ask("pages.find")``."""

    def __init__(self, env: dict[str, str]) -> None:
        """Start it."""
        self._process = subprocess.Popen(
            [sys.executable, "-m", "bench.answering"],
            cwd=ROOT,
            env=env,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    @property
    def pid(self) -> int:
        """Its number, to look at its memory by."""
        return self._process.pid

    def begin(self, do: str, **given: Any) -> None:
        """Ask for something and don't wait: ``finish`` gives the answer."""
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps({"do": do, "with": given}) + "\n")
        self._process.stdin.flush()

    def finish(self) -> Any:
        """Wait for the answer. Raises MeasureFailed."""
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            raise MeasureFailed(f"The process ended with {self._process.wait()}.")
        told = json.loads(line)
        if "fault" in told:
            raise MeasureFailed(told["fault"])
        return told["answer"]

    def ask(self, do: str, **given: Any) -> Any:
        """Ask for something and wait for the answer. Raises MeasureFailed."""
        self.begin(do, **given)
        return self.finish()

    def __enter__(self) -> "Child":
        """Give the process."""
        return self

    def __exit__(self, *_problem: object) -> None:
        """Let it end: nothing more is asked."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.close()
        try:
            self._process.wait(30)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._process.stdout.close()
