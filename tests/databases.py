"""The database of each worker: migrated once a run, by whoever comes first, and copied."""

import fcntl
import hashlib
import os
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.test.utils import setup_databases

# What says that there is one to copy; on SQLite it is the copy.
_MIGRATED = "migrated"


def make_database() -> list[tuple[BaseDatabaseWrapper, str, bool]]:
    """Give this worker an empty database with all its tables; return what to tear down after."""
    run = Path(os.environ["TEST_RUN_DIR"])
    with (run / "migrating").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if (run / _MIGRATED).exists():
            made = [(connection, connection.settings_dict["NAME"], True)]
            _use_copy(run)
            return made
        made = setup_databases(0, interactive=False, serialized_aliases=())
        if "PYTEST_XDIST_WORKER" in os.environ:
            _keep_copy(run)
    return made


def drop_copy() -> None:
    """Leave nothing on a server: for whoever began the run, when its workers are done."""
    run = Path(os.environ["TEST_RUN_DIR"])
    if connection.vendor != "sqlite" and (run / _MIGRATED).exists():
        with connection._nodb_cursor() as cursor:
            cursor.execute(f"DROP DATABASE IF EXISTS {_name_of_copy(run)}")


def _name_of_copy(run: Path) -> str:
    """Name the copy on a server, where other runs may have theirs."""
    return f"migrated_{hashlib.sha256(str(run).encode()).hexdigest()[:12]}"


def _keep_copy(run: Path) -> None:
    """Put a copy of the database just migrated where other workers find it."""
    if connection.vendor == "sqlite":
        unfinished = run / f"{_MIGRATED}.unfinished"
        name = connection.settings_dict["NAME"]
        with closing(sqlite3.connect(name)) as ours, closing(sqlite3.connect(unfinished)) as kept:
            ours.backup(kept)
        unfinished.rename(run / _MIGRATED)
        return
    _copy(connection.settings_dict["NAME"], _name_of_copy(run))
    (run / _MIGRATED).touch()


def _use_copy(run: Path) -> None:
    """Make this worker's database from the copy, and connect to it from now on."""
    name = connection.creation._get_test_db_name()
    if connection.vendor == "sqlite":
        shutil.copy(run / _MIGRATED, name)
    else:
        _copy(_name_of_copy(run), name)
    connection.close()
    connection.settings_dict["NAME"] = name


def _copy(source: str, target: str) -> None:
    """Copy a database on its server, in place of an older one of that name."""
    connection.close()  # A database that somebody is connected to can't be copied.
    with connection._nodb_cursor() as cursor:
        cursor.execute(f"DROP DATABASE IF EXISTS {target}")
        cursor.execute(f"CREATE DATABASE {target} TEMPLATE {source}")
