"""Asks for an address as fast as it is answered, as many readers do at once: by wrk."""

import json
import subprocess
import urllib.error
import urllib.request
from pathlib import Path

from bench.child import MeasureFailed
from bench.servers import program

_SCRIPT = Path(__file__).with_name("wrk.lua")
# What a browser says, of what matters to an answer.
BROWSER = {"Accept-Encoding": "gzip", "Accept": "text/html"}


def ask(url: str, **headers: str) -> tuple[int, bytes, dict[str, str]]:
    """Ask once; return status, bytes as they were sent, and headers."""
    asked = urllib.request.Request(url, headers=BROWSER | headers)  # noqa: S310 - our own server
    try:
        with urllib.request.urlopen(asked, timeout=60) as answer:  # noqa: S310
            return answer.status, answer.read(), dict(answer.headers)
    except urllib.error.HTTPError as answer:
        return answer.code, answer.read(), dict(answer.headers)


def load(url: str, *, readers: int, seconds: float, **headers: str) -> dict[str, float]:
    """Let so many readers ask for one address, each again as soon as it was answered.

    Returns ``rate`` (a second), ``requests``, ``p50``, ``p95`` and ``most`` (milliseconds). Raises
    MeasureFailed where anything but 200 or 304 was answered.
    """
    told = [
        word for name, value in (BROWSER | headers).items() for word in ("-H", f"{name}: {value}")
    ]
    command = [
        *(str(program("wrk")), "-t", "1", "-c", str(readers), "-d", f"{seconds:.0f}s"),
        # Who is answered late was answered: only the rate says so.
        *("--timeout", "60s", "-s", str(_SCRIPT), *told, url),
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
    lines = [line for line in done.stdout.splitlines() if line.startswith("FOUND ")]
    if not lines:
        raise MeasureFailed(done.stdout + done.stderr)
    found: dict[str, float] = json.loads(lines[-1].removeprefix("FOUND "))
    if found["faults"] or not found["requests"]:
        raise MeasureFailed(
            f"{url}: {found['faults']:.0f} answers were no pages, of {found['requests']:.0f}."
        )
    return found
