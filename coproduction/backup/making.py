"""Making a backup: one moment of the database, every stored file, into one encrypted file."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO, Protocol

from django.conf import settings
from django.db import connection
from django.utils import timezone

from coproduction.backup.archive import ABOUT, FORMAT, MANIFEST, ArchiveWriter
from coproduction.backup.files import CopiedFiles, room_for, stored_files, sync_folder
from coproduction.backup.last import note_made
from coproduction.backup.migrated import Migration, applied_migrations
from coproduction.backup.postgresql_database import postgres_size, postgres_snapshot
from coproduction.backup.refusing import BackupRefused
from coproduction.backup.sealing import Lock, Sealing
from coproduction.backup.sqlite_database import sqlite_size, sqlite_snapshot
from coproduction.backup.unfinished import refuse_unfinished


@dataclass(frozen=True)
class Backup:
    """What a backup has: when it was made, how many records and files, how many bytes it takes."""

    made: str
    records: int
    files: int
    bytes: int


_THERE = "There is a file already, and it is not written over: {}."


class _Snapshot(Protocol):
    """One moment of a database."""

    migrations: list[Migration]
    size: int

    def write(self, archive: ArchiveWriter) -> dict[str, Any]:
        """Add it; return what there is of it."""
        ...


def make_backup(out: Path, lock: Lock) -> Backup:
    """Write a backup to a file that is not there yet; all of it, or none. Raises BackupRefused."""
    refuse_unfinished()
    if not applied_migrations():
        raise BackupRefused("There is nothing to back up: the database has no tables.")
    made = timezone.now()
    with _new_file(out) as file:
        _refuse_without_room(out)
        with Sealing(file, lock) as plain, ArchiveWriter(plain) as archive:
            counted = _write(archive, made)
        file.flush()
        os.fsync(file.fileno())
        size = file.tell()
    note_made(made, size)
    return Backup(made.isoformat(), *counted, size)


def _write(archive: ArchiveWriter, made: datetime) -> tuple[int, int]:
    """Add everything; return how many records and files there are.

    Most files are copied before the moment that the database is copied of, and after it those that
    came meanwhile: so each file that a record names is there, though others remove some all the
    while. What was gone before that moment is not put back.
    """
    about = {
        "format": FORMAT,
        "made": made.isoformat(),
        "kind": connection.vendor,
        "migrations": applied_migrations(),
    }
    sizes = {"database": _size_of_database(), "files": sum(stored_files().values())}
    archive.add_json(ABOUT, {**about, "sizes": sizes})
    files = CopiedFiles(archive)
    files.copy()
    present = set(stored_files())
    with _snapshot() as moment:
        present |= stored_files().keys()
        files.copy()
        if moment.migrations != about["migrations"]:
            raise BackupRefused("The database was brought up to date meanwhile: begin again.")
        told = moment.write(archive)
    named = files.manifest(present)
    archive.add_json(MANIFEST, {**about, **told, "files": named})
    return sum(told["tables"].values()), len(named)


def _snapshot() -> AbstractContextManager[_Snapshot]:
    """Take one moment of whatever database there is."""
    return sqlite_snapshot() if connection.vendor == "sqlite" else postgres_snapshot()


def _size_of_database() -> int:
    """Return about how many bytes it has."""
    return sqlite_size() if connection.vendor == "sqlite" else postgres_size()


def _refuse_without_room(out: Path) -> None:
    """Make sure that the disk can take it, before anything is written. Raises BackupRefused."""
    whole = _size_of_database() + sum(stored_files().values())
    # SQLite's copy, and what tidying it needs for a while.
    beside = 2 * sqlite_size() if connection.vendor == "sqlite" else 0
    data = Path(settings.DATA_DIR)
    if data.stat().st_dev == out.parent.stat().st_dev:
        room_for(beside + whole, data)
        return
    room_for(beside, data)
    room_for(whole, out.parent)


@contextmanager
def _new_file(out: Path) -> Iterator[BinaryIO]:
    """Give a file that gets its name when all of it was written. Raises BackupRefused.

    What a killed backup left is written over: it is encrypted, and as good as empty.
    """
    if out.exists():
        raise BackupRefused(_THERE.format(out))
    if not out.parent.is_dir():
        raise BackupRefused(f"There is no such folder: {out.parent}. Make it first.")
    unfinished = out.with_name(f".{out.name}.unfinished")
    with os.fdopen(os.open(unfinished, os.O_RDWR | os.O_CREAT, 0o600), "r+b") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise BackupRefused(f"Another backup to this file is running: {out}.") from None
        try:
            file.truncate()
            yield file
            _name(unfinished, out)
            sync_folder(out.parent)
        finally:
            unfinished.unlink(missing_ok=True)


def _name(unfinished: Path, out: Path) -> None:
    """Give the file its name. Raises BackupRefused where another took it meanwhile."""
    try:
        os.link(unfinished, out)
    except FileExistsError:
        raise BackupRefused(_THERE.format(out)) from None
    except OSError:  # A stick, say, whose files have one name each.
        unfinished.rename(out)
