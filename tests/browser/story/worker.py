"""A real worker for the live site: another process, on the same database, folder and queue."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from django.conf import settings
from django.db import connection

from coproduction.celery import WORKER
from coproduction.projects.kept_mail import kept_mail
from tests.processes import end


def database_url() -> str:
    """Return the address of this run's test database, for another process."""
    name = connection.settings_dict["NAME"]
    if connection.vendor == "sqlite":
        return f"sqlite:///{name}"
    return urlunsplit(urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}"))


@contextmanager
def worker_of(site_url: str) -> Iterator[subprocess.Popen[str]]:
    """Run a worker while the block runs, and end it and its children after.

    No letter of another test is there when it begins, nor of the same one that is tried again.
    """
    for letters in Path(settings.EMAIL_FILE_PATH).glob("*.log"):
        letters.unlink()
    process = subprocess.Popen(
        [sys.executable, "-m", "celery", "-A", "coproduction", *WORKER],
        env=os.environ | {"DATABASE_URL": database_url(), "SITE_URL": site_url},
        text=True,
    )
    try:
        yield process
    finally:
        end(process)


def letters_to(email: str) -> list[str]:
    """Return what the worker's letters to somebody say: mail is kept in the run's folder."""
    return [letter.text for letter in kept_mail() if email in letter.to]
