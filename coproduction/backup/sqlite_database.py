"""A SQLite database in a backup: the whole file, as it was at one moment, tidied."""

import os
import secrets
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.db import connection

from coproduction.backup.archive import DAMAGED, ArchiveWriter, Content, Member
from coproduction.backup.files import sync_folder
from coproduction.backup.migrated import Migration, applied_migrations, is_unused
from coproduction.backup.refusing import BackupRefused

KIND = "sqlite"
_NAME = "database.sqlite3"


class SqliteSnapshot:
    """The copy of one moment that nobody else can find: a file without a name."""

    def __init__(self, file: IO[bytes], tables: dict[str, int]) -> None:
        """Take the copy and what was counted in it."""
        self._file, self._tables = file, tables
        self.migrations: list[Migration] = applied_migrations()
        self.size = os.fstat(file.fileno()).st_size

    def write(self, archive: ArchiveWriter) -> dict[str, Any]:
        """Add the database; return what there is of it."""
        self._file.seek(0)
        content = archive.add(_NAME, self._file, self.size)
        return {"database": list(content), "tables": self._tables}


@contextmanager
def sqlite_snapshot() -> Iterator[SqliteSnapshot]:
    """Copy the database while others go on writing; the copy goes with this process.

    SQLite's own backup takes one moment and keeps nobody waiting. Tidied, the copy has no more of
    what was deleted than the tables have. Raises BackupRefused.
    """
    path = Path(settings.DATA_DIR, f".backup-{secrets.token_hex(8)}")
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "r+b") as file:
        try:
            with closing(_opened(path)) as copy, closing(_opened(path)) as tidy:
                for database in (copy, tidy):
                    database.execute("PRAGMA journal_mode = OFF")
                    database.execute("PRAGMA synchronous = OFF")
                # From here on it has no name, and nothing was written yet: whatever happens to this
                # process, nothing is left.
                path.unlink()
                connection.ensure_connection()
                connection.connection.backup(copy)
                copy.close()
                # It says that there is a log beside it, as the original has; without a name none
                # can be.
                os.pwrite(descriptor, b"\x01\x01", 18)
                with _temporary_files_in(Path(settings.DATA_DIR)):
                    tidy.execute("VACUUM")
                _refuse_damaged(tidy)
                tables = _counted(tidy)
        except sqlite3.DatabaseError as problem:
            if "malformed" in str(problem) or "not a database" in str(problem):
                raise BackupRefused(_MALFORMED) from None
            raise
        finally:
            with suppress(FileNotFoundError):
                path.unlink()
        yield SqliteSnapshot(file, tables)


_MALFORMED = (
    "The database itself is damaged, and no backup was made of it. Keep the last backup there is, "
    "and ask somebody who knows SQLite."
)


def sqlite_size() -> int:
    """Return about how many bytes the database has."""
    path = _place()
    return path.stat().st_size if path.exists() else 0


class SqliteLanding:
    """Where a database is put back: a file beside its place, then in its place."""

    kind = KIND

    def __init__(self) -> None:
        """Begin with nothing there."""
        self._path = _place().with_name(f"{_place().name}.restoring")
        self._content: Content | None = None

    def is_unused(self) -> bool:
        """Whether nobody has put anything into the database that is there."""
        if not _place().exists():
            return True
        try:
            return is_unused()
        finally:
            connection.close()

    def begin(self, migrations: list[Migration]) -> None:
        """Make sure that nothing is there."""
        connection.close()
        self.abandon()

    def take(self, part: Member, following: Iterator[Member]) -> Member | None:
        """Write the file. Raises BackupRefused for what is not it."""
        if part.name != _NAME or self._content is not None:
            raise BackupRefused(DAMAGED)
        descriptor = os.open(self._path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            for piece in part.pieces():
                file.write(piece)
            file.flush()
            os.fsync(file.fileno())
        self._content = part.content
        return None

    def compare(self, manifest: Mapping[str, Any]) -> None:
        """Make sure that it is whole, and count again. Raises BackupRefused."""
        if self._content is None or list(self._content) != manifest.get("database"):
            raise BackupRefused(DAMAGED)
        try:
            with closing(_opened(self._path)) as database:
                counted = _counted(database)
        except sqlite3.DatabaseError:
            raise BackupRefused(DAMAGED) from None
        if counted != manifest.get("tables"):
            raise BackupRefused(DAMAGED)

    def place(self) -> None:
        """Put it in place of the empty one. Raises BackupRefused where somebody has that open."""
        place = _place()
        if not self.is_unused():
            raise BackupRefused(IN_USE)
        if place.exists():
            with closing(_opened(place)) as empty:
                try:
                    # It can't leave its log while anybody else has it open.
                    empty.execute("PRAGMA journal_mode = DELETE").fetchone()
                except sqlite3.OperationalError:
                    raise BackupRefused(IN_USE) from None
            for end in ("-wal", "-shm"):
                place.with_name(place.name + end).unlink(missing_ok=True)
        self._path.rename(place)
        sync_folder(place.parent)

    def abandon(self) -> None:
        """Remove what was put there, finished or not."""
        for path in (self._path, self._path.with_name(f"{self._path.name}-journal")):
            path.unlink(missing_ok=True)


IN_USE = "The database is in use: stop the app, then begin again."


@contextmanager
def _temporary_files_in(folder: Path) -> Iterator[None]:
    """Have SQLite put what it needs for a while (without a name, too) where there is room."""
    before = os.environ.get("SQLITE_TMPDIR")
    os.environ["SQLITE_TMPDIR"] = str(folder)
    try:
        yield
    finally:
        if before is None:
            del os.environ["SQLITE_TMPDIR"]
        else:
            os.environ["SQLITE_TMPDIR"] = before


def _place() -> Path:
    """Return where the database is."""
    return Path(connection.settings_dict["NAME"])


def _opened(path: Path) -> sqlite3.Connection:
    """Open a database on its own."""
    return sqlite3.connect(path, isolation_level=None, timeout=0)


def _refuse_damaged(database: sqlite3.Connection) -> None:
    """Make sure that what is copied can be read again. Raises BackupRefused."""
    if database.execute("PRAGMA quick_check(1)").fetchone() != ("ok",):
        raise BackupRefused(_MALFORMED)


def _counted(database: sqlite3.Connection) -> dict[str, int]:
    """Count the rows of each table, those of an index's own left out."""
    named = database.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND sql LIKE 'CREATE TABLE%'"
    )
    names = sorted(name for (name,) in named)
    return {
        name: database.execute(f'SELECT COUNT(*) FROM "{name}"').fetchone()[0]  # noqa: S608
        for name in names
    }
