"""A whole installation for tests that start real processes: its folder, database and queue."""

import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit
from uuid import uuid4

import pytest
from django.db import connection

from tests.recount import assert_recounted
from tests.settings import WORKER_NUMBER, redis_database

ROOT = Path(__file__).resolve().parent.parent


@dataclass
class Installation:
    """A whole installation of its own: the environment for its processes, and its commands."""

    folder: Path
    env: dict[str, str]

    def manage(self, *arguments: str, **env: str) -> subprocess.CompletedProcess[str]:
        """Run ``manage.py`` to its end; fail the test, showing its output, when it fails."""
        done = self.try_to(*arguments, **env)
        assert done.returncode == 0, f"{arguments}: {done.stdout}\n{done.stderr}"
        return done

    def database(self) -> Any:
        """Return a connection of one's own to its database."""
        its_own = connection.copy()
        address = self.env.get("DATABASE_URL", "")
        its_own.settings_dict["NAME"] = (
            urlsplit(address).path.removeprefix("/")
            if address
            else str(self.folder / "coproduction.sqlite3")
        )
        return its_own

    def refused(self, *arguments: str, **env: str) -> str:
        """Run ``manage.py``, which must refuse; return the one sentence or two that it says."""
        done = self.try_to(*arguments, **env)
        said = done.stderr.strip()
        assert done.returncode == 1, f"{arguments}: {done.stdout}\n{said}"
        assert "Traceback" not in said, said
        return said.removeprefix("CommandError: ")

    def try_to(self, *arguments: str, **env: str) -> subprocess.CompletedProcess[str]:
        """Run ``manage.py`` to its end, whatever that is."""
        return subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=ROOT,
            env=self.env | env,
            capture_output=True,
            text=True,
            check=False,
            umask=0o022,  # As a shell has it, whatever this process has.
            timeout=600,
        )


@pytest.fixture
def installation(
    tmp_path: Path, django_db_blocker: pytest.FixtureRequest
) -> Iterator[Installation]:
    """Make an empty installation for real processes: own folder, database and queue.

    On SQLite and the filesystem broker, or on PostgreSQL and Redis when the run is. It is not
    migrated: ask for ``migrated`` if the process under test does not.
    """
    with _empty(tmp_path / "installation", django_db_blocker) as made:
        yield made


@pytest.fixture
def another(
    tmp_path: Path, django_db_setup: None, django_db_blocker: pytest.FixtureRequest
) -> Iterator[Installation]:
    """Make a second installation without anything in it, on the same kind of database.

    On PostgreSQL it has its tables, as after the first start: making them takes long.
    """
    with _empty(tmp_path / "another", django_db_blocker) as made:
        if connection.vendor == "postgresql":
            _copy_tables(made, django_db_blocker)
        yield made


@contextmanager
def _empty(folder: Path, django_db_blocker: pytest.FixtureRequest) -> Iterator[Installation]:
    """Give an empty installation for the block."""
    folder.mkdir()
    env = {key: value for key, value in os.environ.items() if not key.startswith("PYTEST")}
    env |= {"DATA_DIR": str(folder), "DJANGO_SETTINGS_MODULE": "coproduction.settings"}
    # What a killed worker of an earlier test left in Redis is none of this one's business.
    env["JOBS_QUEUE"] = f"test-{uuid4().hex}"
    if env.get("CELERY_BROKER_URL", "").startswith("redis"):
        env["CELERY_BROKER_URL"] = redis_database(env["CELERY_BROKER_URL"], 2)
        env["CACHE_URL"] = redis_database(env["CELERY_BROKER_URL"], 3)
    if not env.get("DATABASE_URL", "").startswith("postgres"):
        env.pop("DATABASE_URL", None)
        yield Installation(folder=folder, env=env)
        return
    name = f"{folder.name}_{WORKER_NUMBER}"
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        with connection._nodb_cursor() as cursor:
            cursor.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
            cursor.execute(f"CREATE DATABASE {name}")
        env["DATABASE_URL"] = urlunsplit(urlsplit(env["DATABASE_URL"])._replace(path=f"/{name}"))
        yield Installation(folder=folder, env=env)
        with connection._nodb_cursor() as cursor:
            cursor.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


@pytest.fixture
def migrated(
    installation: Installation, django_db_setup: None, django_db_blocker: pytest.FixtureRequest
) -> Iterator[Installation]:
    """Give the installation its tables, copied from the tests' own database: that is quicker.

    Whatever its processes did, and wherever they were killed, what is counted there is counted
    again at the end.
    """
    name = connection.settings_dict["NAME"]
    its_own = installation.database()
    if connection.vendor == "sqlite":
        file = installation.folder / "coproduction.sqlite3"
        with closing(sqlite3.connect(name)) as ours, closing(sqlite3.connect(file)) as theirs:
            ours.backup(theirs)
    else:
        _copy_tables(installation, django_db_blocker)
    yield installation
    with django_db_blocker.unblock(), closing(its_own):  # type: ignore[attr-defined]
        assert_recounted(its_own)


def _copy_tables(installation: Installation, django_db_blocker: pytest.FixtureRequest) -> None:
    """Give an empty installation on PostgreSQL the tables of the tests' own database."""
    its_name = urlsplit(installation.env["DATABASE_URL"]).path.removeprefix("/")
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        name = connection.settings_dict["NAME"]
        connection.close()  # A database that somebody is connected to can't be copied.
        with connection._nodb_cursor() as cursor:
            cursor.execute(f"DROP DATABASE {its_name}")
            cursor.execute(f"CREATE DATABASE {its_name} TEMPLATE {name}")
