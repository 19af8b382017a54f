"""Memory that is let go of is not counted any more: the most ever held would never fall."""

import os
import subprocess
import sys

from bench.memory import now, watched

# More than an allocator keeps for later; filled, or the system would give no page of it.
HELD = 64_000_000


def test_it_falls_when_memory_is_given_back() -> None:
    before = now()
    held = bytearray(b"x" * HELD)
    with_it = now()
    del held
    assert with_it - before > HELD / 1_000_000 / 2
    assert with_it - now() > HELD / 1_000_000 / 2


def test_another_process_is_watched_while_it_works() -> None:
    with subprocess.Popen(
        [sys.executable, "-c", f"input(); held = b'x' * {HELD}; print(len(held)); input()"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as process:
        with watched(process.pid, every=0.001) as seen:
            process.stdin.write(b"\n")
            process.stdin.flush()
            process.stdout.readline()
            seen.append(now(process.pid))
        process.stdin.write(b"\n")
    assert max(seen) - seen[0] > HELD / 1_000_000 / 2
    assert now(os.getpid()) > 0
