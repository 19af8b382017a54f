"""Where the web server's processes on one machine count together, for ``/metrics``.

Read by gunicorn before the app is: prometheus_client decides when it is first imported how it
counts, so nothing here imports it.
"""

import os
import socket
from contextlib import suppress
from pathlib import Path

from coproduction.environment import data_dir

# The library's own name for it.
FOLDER = "PROMETHEUS_MULTIPROC_DIR"


def counting_folder() -> Path:
    """Return the folder: each machine's own, since two may have processes of one number."""
    given = os.environ.get(FOLDER)
    return Path(given) if given else data_dir() / "metrics" / socket.gethostname()


def count_together() -> None:
    """Have the processes from here on count there."""
    folder = counting_folder()
    folder.mkdir(parents=True, exist_ok=True)
    os.environ[FOLDER] = str(folder)


def begin_counting() -> None:
    """Begin at nothing, as a server does that is started: what others counted is over."""
    for counted in counting_folder().glob("*.db"):
        with suppress(OSError):
            counted.unlink()
