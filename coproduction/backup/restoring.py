"""Reading a backup to its end, and putting one back into an empty installation."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, Protocol

from django.conf import settings
from django.core.files.storage import default_storage
from django.db import connection
from django.utils import timezone

from coproduction.backup.archive import (
    DAMAGED,
    NOTHING,
    ArchiveReader,
    Member,
    TableReader,
    table_of,
)
from coproduction.backup.files import FILES, FilesAside, clear_files, no_files, room_for
from coproduction.backup.last import note_checked
from coproduction.backup.making import Backup
from coproduction.backup.migrated import Migration, bring_up_to_date, refuse_newer
from coproduction.backup.postgresql_database import PostgresLanding
from coproduction.backup.refusing import BackupRefused
from coproduction.backup.sealing import Opening
from coproduction.backup.sqlite_database import SqliteLanding
from coproduction.backup.unfinished import Mark, restoring

_LIVING = (
    "There is something here already, and a backup is put back into an empty installation alone: "
    "give it an empty DATA_DIR, and an empty database."
)
_OTHER_KIND = (
    "This backup is of {}, and this installation's database is {}: give it one of the same kind."
)
_KINDS = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}


@dataclass(frozen=True)
class Restored:
    """What was put back; ``backup`` is None where an earlier try had and was only finished now."""

    made: str
    backup: Backup | None


class _Landing(Protocol):
    """Where a database is put back."""

    def is_unused(self) -> bool:
        """Whether nobody has put anything there."""
        ...

    def begin(self, migrations: list[Migration]) -> None:
        """Make ready."""
        ...

    def take(self, part: Member, following: Iterator[Member]) -> Member | None:
        """Put a part there; return the one after it where that was read."""
        ...

    def compare(self, manifest: Mapping[str, Any]) -> None:
        """Make sure that all came."""
        ...

    def place(self) -> None:
        """Let everybody see it."""
        ...

    def abandon(self) -> None:
        """Leave nothing."""
        ...


def check_backup(path: Path, identity: Path | None = None) -> Backup:
    """Read a backup to its end and compare it with what it says it holds. Raises BackupRefused.

    Nothing of it is written anywhere. For the last one made, that it was read is noted.
    """
    opening = Opening(path, identity)
    with opening as plain:
        reader = ArchiveReader(plain)
        rows, contents = _read_through(reader.parts())
        manifest = reader.manifest
        said = {f"{FILES}{name}": said for name, said in _named(manifest, "files").items()}
        said |= {f"tables/{name}": said for name, said in _named(manifest, "contents").items()}
        if "database" in manifest:
            said["database.sqlite3"] = manifest["database"]
        if any(contents.get(name, list(NOTHING)) != said[name] for name in said):
            raise BackupRefused(DAMAGED)
        counted = _named(manifest, "tables")
        if any(counted.get(table) != count for table, count in rows.items()):
            raise BackupRefused(DAMAGED)
    backup = _backup(manifest, opening.bytes)
    note_checked(backup.made, timezone.now())
    return backup


def restore_backup(
    path: Path,
    identity: Path | None = None,
    *,
    settle: Callable[[], None] = lambda: None,
) -> Restored:
    """Put a backup back, all of it or nothing, and bring it up to date. Raises BackupRefused.

    A restore that was killed can be begun again: what it left is cleared, or, where all was in
    place already, finished. ``settle`` puts right in the records what is true no more since the
    backup was made, before anything is served; where that was cut short, it is done once more.
    """
    with restoring() as mark:
        landing = _landing()
        is_unused = landing.is_unused()
        if mark.placing and not is_unused:
            _finish(mark, settle)
            return Restored(mark.placing, None)
        if not is_unused or not (mark.is_there or no_files()):
            raise BackupRefused(_LIVING)
        if mark.is_there:
            _clear(landing, mark)
        # Another's passphrase is refused before anything is begun.
        opening = Opening(path, identity)
        mark.put()
        files = FilesAside()
        try:
            with opening as plain:
                manifest = _receive(plain, landing, files)
            # All was read, and nobody had changed any of it: only now is it believed.
            files.compare(_named(manifest, "files"))
            landing.compare(manifest)
            backup = _backup(manifest, opening.bytes)
            mark.put(placing=backup.made)
            # Files first: whoever sees the database then finds every file.
            files.place()
            landing.place()
        except BaseException:
            _clear(landing, mark)
            raise
        _finish(mark, settle)
        return Restored(backup.made, backup)


def _receive(plain: BinaryIO, landing: _Landing, files: FilesAside) -> dict[str, Any]:
    """Put aside everything that a backup holds; return its manifest. Raises BackupRefused."""
    reader = ArchiveReader(plain)
    migrations = _migrations(reader.about)
    kind = str(reader.about.get("kind"))
    if kind != connection.vendor:
        raise BackupRefused(
            _OTHER_KIND.format(_KINDS.get(kind, kind), _KINDS.get(connection.vendor, ""))
        )
    refuse_newer(migrations)
    _refuse_without_room(reader.about)
    landing.begin(migrations)
    parts = reader.parts()
    part = next(parts, None)
    while part is not None:
        following = None
        if files.takes(part):
            files.take(part)
        else:
            following = landing.take(part, parts)
        part = following or next(parts, None)
    return reader.manifest


def _read_through(parts: Iterator[Member]) -> tuple[dict[str, int], dict[str, list[Any]]]:
    """Read every part; return the rows of each table, and what tells that each part is whole."""
    rows: dict[str, int] = {}
    contents: dict[str, list[Any]] = {}
    part = next(parts, None)
    while part is not None:
        table = table_of(part.name)
        reading = TableReader(part, parts) if table else part
        for _piece in reading.pieces():
            continue
        contents[f"tables/{table}" if table else part.name] = list(reading.content)
        if isinstance(reading, TableReader):
            rows[table] = reading.rows
            part = reading.after or next(parts, None)
        else:
            part = next(parts, None)
    return rows, contents


def _finish(mark: Mark, settle: Callable[[], None]) -> None:
    """Bring what is in place up to date, and let it be served."""
    bring_up_to_date()
    settle()
    mark.remove()


def _clear(landing: _Landing, mark: Mark) -> None:
    """Leave nothing of a restore that did not end well."""
    landing.abandon()
    clear_files()
    mark.remove()


def _refuse_without_room(about: Mapping[str, Any]) -> None:
    """Make sure that what comes has room. Raises BackupRefused."""
    sizes = {name: int(size) for name, size in _named(about, "sizes").items()}
    place = Path(default_storage.path(""))
    room_for(sizes.get("files", 0), place)
    if connection.vendor == "sqlite":
        room_for(sum(sizes.values()), Path(settings.DATA_DIR))


def _landing() -> _Landing:
    """Return what puts back whatever database there is."""
    return SqliteLanding() if connection.vendor == "sqlite" else PostgresLanding()


def _backup(manifest: Mapping[str, Any], size: int) -> Backup:
    """Say what a backup has."""
    records = sum(_named(manifest, "tables").values())
    made = str(manifest.get("made", ""))
    return Backup(made, records, len(_named(manifest, "files")), size)


def _named(told: Mapping[str, Any], name: str) -> dict[str, Any]:
    """Return what is said of things by their names. Raises BackupRefused where it is none."""
    found = told.get(name, {})
    if not isinstance(found, dict):
        raise BackupRefused(DAMAGED)
    return found


def _migrations(about: Mapping[str, Any]) -> list[Migration]:
    """Return the migrations that a backup says its database had. Raises BackupRefused."""
    try:
        return [(str(app), str(name)) for app, name in about["migrations"]]
    except (KeyError, TypeError, ValueError):
        raise BackupRefused(DAMAGED) from None
