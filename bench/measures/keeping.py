"""A backup made and put back, against the barest copy of the same: no more than its bytes, sealed.

The bare one is SQLite's own copy, or pg_dump's, encrypted with the same key by the same library. It
has no stored files, no digests, no counts, and looks at nothing.
"""

import shutil
import subprocess
from contextlib import closing
from pathlib import Path

import pyrage
from django.conf import settings
from django.db import connection

from bench.servers import program
from bench.timing import whole
from coproduction.backup.making import make_backup
from coproduction.backup.restoring import restore_backup
from coproduction.backup.sealing import RecipientLock

_BARE, _OURS = "bare", "ours"


def settle() -> None:
    """Have this process as it is before it does anything: connected."""
    connection.ensure_connection()
    connection.close()


def back_up(folder: str) -> dict[str, float]:
    """Make a backup of this store, and a bare copy, in a folder; milliseconds of each."""
    place = Path(folder)
    key = pyrage.x25519.Identity.generate()
    (place / "key").write_text(str(key))
    lock = RecipientLock(str(key.to_public()))
    taken = {_OURS: whole(lambda: make_backup(place / _OURS, lock))}
    taken[_BARE] = whole(lambda: _copy_bare(place, key))
    return {**taken, "MB": (place / _OURS).stat().st_size / 1_000_000}


def put_back(folder: str) -> float:
    """Put that backup back into this store, which is empty; milliseconds."""
    place = Path(folder)
    return whole(lambda: restore_backup(place / _OURS, place / "key"))


def put_back_bare(folder: str) -> float:
    """Put the bare copy into this store, which is empty; milliseconds."""
    place = Path(folder)
    key = pyrage.x25519.Identity.from_str((place / "key").read_text())
    return whole(lambda: _put_bare(place, key))


def _copy_bare(place: Path, key: pyrage.x25519.Identity) -> None:
    """Copy the database as its own program does, and encrypt that."""
    plain = place / "plain"
    if connection.vendor == "sqlite":
        with closing(connection.copy()) as database, database.cursor() as cursor:
            cursor.execute("VACUUM INTO %s", [str(plain)])
    else:
        _run("pg_dump", "--format=custom", "--compress=0", f"--file={plain}")
    with plain.open("rb") as read, (place / _BARE).open("wb") as written:
        pyrage.encrypt_io(read, written, [key.to_public()])
    plain.unlink()


def _put_bare(place: Path, key: pyrage.x25519.Identity) -> None:
    """Decrypt the copy, and have the database's own program read it."""
    plain = place / "plain"
    with (place / _BARE).open("rb") as read, plain.open("wb") as written:
        pyrage.decrypt_io(read, written, [key])
    if connection.vendor == "sqlite":
        shutil.move(plain, settings.DATABASES["default"]["NAME"])
        return
    _run("pg_restore", "--no-owner", "--dbname", connection.settings_dict["NAME"], str(plain))
    plain.unlink()


def _run(command: str, *arguments: str) -> None:
    """Run one of PostgreSQL's programs on this store's database."""
    said = connection.settings_dict
    where = ["-h", said["HOST"], "-p", str(said["PORT"]), "-U", said["USER"]]
    named = [] if command == "pg_restore" else [said["NAME"]]
    subprocess.run([str(program(command)), *where, *arguments, *named], check=True)  # noqa: S603
