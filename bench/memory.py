"""How much memory a process has now: never the most it has had, which can only rise."""

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_PAGE = os.sysconf("SC_PAGE_SIZE")


def now(pid: int | str = "self") -> float:
    """Return the MB of memory that a process holds at this moment. Raises OSError when it ended."""
    resident = Path(f"/proc/{pid}/statm").read_text().split()[1]
    return int(resident) * _PAGE / 1_000_000


@contextmanager
def watched(pid: int, every: float = 0.01) -> Iterator[list[float]]:
    """Look at a process's memory all through the block: gives the list that fills, in MB."""
    seen, over = [now(pid)], threading.Event()

    def look() -> None:
        while not over.wait(every):
            seen.append(now(pid))

    watcher = threading.Thread(target=look, daemon=True)
    watcher.start()
    try:
        yield seen
    finally:
        over.set()
        watcher.join()
