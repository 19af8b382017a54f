"""The command that puts a backup back, in real processes: all of it, or nothing and why."""

import hashlib
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from coproduction.backup.archive import ArchiveWriter
from coproduction.backup.sealing import RecipientLock, Sealing
from tests.installation import ROOT, Installation
from tests.keys import BackupKey
from tests.processes import until

WRITE_LETTER = """
from coproduction.projects.models import Project
from coproduction.projects.services.letter import Draft, write_letters
draft = Draft("mair@bryn.example", "Asked", "Please", "en")
write_letters(project=Project.objects.get(), kind="a_kind", drafts=[draft])
"""
STATES = (
    "from coproduction.projects.models import Letter; "
    "print(*Letter.objects.values_list('state', flat=True))"
)
NAMES = ("plans/a.pdf", "imports/tŷ ‘ni’ 🌱.csv", "imports/deep/er/empty")


def everything(database: Any) -> dict[str, list[str]]:
    """Return every column of every row, and what the tables, indexes and triggers are like."""
    with closing(database), database.cursor() as cursor:
        if database.vendor == "sqlite":
            cursor.execute("SELECT name, sql FROM sqlite_master")
            schema = {name: sql or "" for name, sql in cursor.fetchall()}
            asked = {
                name: f'SELECT * FROM "{name}"'
                for name, sql in schema.items()
                # What an index of words keeps is a table too.
                if sql.startswith("CREATE TABLE")
            }
            asked["schema"] = "SELECT type, name, sql FROM sqlite_master"
        else:
            cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
            asked = {name: f'SELECT t::text FROM "{name}" t' for (name,) in cursor.fetchall()}
            asked |= {
                "schema": "SELECT indexdef FROM pg_indexes WHERE schemaname = 'public'",
                "triggers": "SELECT tgname, tgenabled FROM pg_trigger WHERE NOT tgisinternal",
                "sequences": "SELECT sequencename, last_value FROM pg_sequences",
                "keys": "SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint",
            }
        found = {}
        for name, query in asked.items():
            cursor.execute(query)
            found[name] = sorted(map(repr, cursor.fetchall()))
    return found


def files_of(installation: Installation) -> dict[str, str]:
    """Return the digest of each stored file."""
    root = installation.folder / "files"
    return {
        path.relative_to(root).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in root.rglob("*")
        if path.is_file()
    }


def store_some(installation: Installation) -> None:
    """Store files of each kind: a big one, one with a name in Welsh, an empty one."""
    for name, size in zip(NAMES, (6_000_000, 70_000, 0), strict=True):
        path = installation.folder / "files" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(os.urandom(size))


def is_clean(installation: Installation) -> bool:
    """Whether nothing is left of a restore."""
    left = {path.name for path in installation.folder.glob("*restor*")}
    return left <= {"restoring.lock"} and files_of(installation) == {}


def test_the_sample_comes_back_record_by_record_and_file_by_file(
    migrated: Installation,
    another: Installation,
    first_sample: Any,
    backup_key: BackupKey,
    tmp_path: Path,
    django_db_blocker: Any,
) -> None:
    """At full size; then its counts hold, and the trail with the keys that were kept apart."""
    store_some(migrated)
    with django_db_blocker.unblock(), closing(migrated.database()) as database:
        with database.cursor() as cursor:
            cursor.execute("BEGIN")
            for insert, rows in first_sample.inserts:
                cursor.executemany(insert, rows) if rows else cursor.execute(insert)
            cursor.execute("COMMIT")
    backup = str(tmp_path / "backup")
    told = migrated.manage("backup", "--out", backup, **backup_key.seals).stdout
    assert int(told.split()[2]) > 20_000
    assert another.refused("restore", backup).startswith("This backup was encrypted to a key")
    told = another.manage("restore", backup, *backup_key.opens)
    assert "and 3 files, as they were on" in told.stdout
    assert "The keys of the trail are not here" in told.stderr

    assert files_of(another) == files_of(migrated)
    assert sorted(files_of(another)) == sorted(NAMES)
    with django_db_blocker.unblock():
        was, now = everything(migrated.database()), everything(another.database())
    assert len(was["engagements_comment"]) > 3_500
    assert was.keys() == now.keys()
    # Letters that waited are held, as test_held_letters looks at.
    assert [name for name in was if was[name] != now[name]] == ["projects_letter"]
    assert len(was["projects_letter"]) == len(now["projects_letter"])

    keys = {"TRAIL_KEYS": str(tmp_path / "keys")}
    os.rename(_keys_of_tests(), keys["TRAIL_KEYS"])
    try:
        assert "unbroken" in another.manage("verify_audit", "bryncoed", **keys).stdout
    finally:
        os.rename(keys["TRAIL_KEYS"], _keys_of_tests())
    assert "no difference" in another.manage("check_counts").stdout
    assert another.refused("restore", backup, *backup_key.opens).startswith(
        "There is something here already"
    )
    with django_db_blocker.unblock():
        assert everything(another.database()) == now


def _keys_of_tests() -> str:
    """Return where the key is that the tests sign with."""
    return f"{os.environ['DATA_DIR']}/keys"


@pytest.mark.seldom
@pytest.mark.processes
def test_an_older_backup_is_brought_up_to_date_whatever_the_empty_database_was_brought_to(
    migrated: Installation,
    another: Installation,
    backup_key: BackupKey,
    tmp_path: Path,
    django_db_blocker: Any,
) -> None:
    backup = str(tmp_path / "backup")
    with django_db_blocker.unblock():
        newest = everything(migrated.database())
    migrated.manage("migrate", "-v0", "steering", "0009")
    migrated.manage("backup", "--out", backup, **backup_key.seals)
    migrated.manage("migrate", "-v0")
    # A new release migrates before anybody can restore.
    another.manage("migrate", "-v0")
    another.manage("restore", backup, *backup_key.opens)
    with django_db_blocker.unblock():
        now = everything(another.database())
    # When each migration was made differs, and the number of one made again.
    for each in (newest, now):
        each["django_migrations"] = sorted(
            str(row.split(",")[1:3]) for row in each["django_migrations"]
        )
        each.pop("sequences", None), each.pop("sqlite_sequence", None)
    compared = [name for name in newest if name not in {"schema", "django_migrations"}]
    assert [name for name in compared if newest[name] != now[name]] == []
    assert len(newest["schema"]) == len(now["schema"])
    assert another.try_to("migrate", "--check").returncode == 0


@pytest.mark.once
@pytest.mark.processes
def test_what_cannot_be_put_back_is_refused_in_a_sentence_and_leaves_nothing(
    migrated: Installation, another: Installation, backup_key: BackupKey, tmp_path: Path
) -> None:
    store_some(migrated)
    backup, wrong = tmp_path / "backup", tmp_path / "wrong"
    migrated.manage("backup", "--out", str(backup), **backup_key.seals)
    raw = backup.read_bytes()

    def refused() -> str:
        said = another.refused("restore", str(wrong), *backup_key.opens)
        assert is_clean(another)
        return said

    wrong.write_bytes(raw[: len(raw) * 2 // 3])
    assert refused().startswith("This backup was cut short")
    wrong.write_bytes(raw[:9_000] + bytes([raw[9_000] ^ 1]) + raw[9_001:])
    assert refused().startswith("This backup is damaged")
    wrong.write_bytes(b"x" * 1_000)
    assert refused() == "This is not a backup."
    about = {"format": 1, "made": "2026", "kind": connection.vendor, "migrations": []}
    other = {"sqlite": "postgresql", "postgresql": "sqlite"}[connection.vendor]
    for said, sentence in (
        ({"kind": other}, "This backup is of "),
        ({"migrations": [["plan", "9999_of_tomorrow"]]}, "This backup was made by a newer"),
        ({"migrations": "none"}, "This backup is damaged"),
        ({"sizes": {"files": 10**18}}, "There is no room: this needs about"),
    ):
        _seal(
            wrong,
            backup_key,
            lambda archive, said=said: archive.add_json("about.json", about | said),
        )
        assert refused().startswith(sentence)
    another.manage("restore", str(backup), *backup_key.opens)
    assert files_of(another) == files_of(migrated)


def _seal(path: Path, key: BackupKey, write: Callable[[ArchiveWriter], None]) -> None:
    """Write an archive by hand, encrypted as a backup is."""
    lock = RecipientLock(key.seals["BACKUP_RECIPIENT"])
    with path.open("wb") as file, Sealing(file, lock) as plain, ArchiveWriter(plain) as archive:
        write(archive)


@pytest.mark.processes
def test_killed_in_the_middle_nothing_is_served_and_it_can_be_begun_again(
    migrated: Installation,
    another: Installation,
    backup_key: BackupKey,
    tmp_path: Path,
    django_db_blocker: Any,
) -> None:
    """It reads from a pipe that gives half of the backup: there it waits, and is killed."""
    store_some(migrated)
    backup, pipe = tmp_path / "backup", tmp_path / "pipe"
    migrated.manage("backup", "--out", str(backup), **backup_key.seals)
    os.mkfifo(pipe)
    restore = [sys.executable, "manage.py", "restore", str(pipe), *backup_key.opens]
    with subprocess.Popen(restore, cwd=ROOT, env=another.env) as restoring:
        with pipe.open("wb", buffering=0) as half:
            half.write(backup.read_bytes()[: backup.stat().st_size // 2])
            until((another.folder / "files" / ".restoring").exists, what="files put aside")
            # Meanwhile nobody else restores here, and nothing serves.
            said = another.refused("restore", str(backup), *backup_key.opens)
            assert said == "Another restore is running here."
            assert "A restore is running here" in another.refused("runapp", PORT="0")
            restoring.send_signal(signal.SIGKILL)
            assert restoring.wait() == -signal.SIGKILL
    sentence = "A restore was begun here and not finished, so nothing is served"
    assert sentence in another.refused("runapp", PORT="0")
    assert sentence in another.refused("backup", "--out", f"{backup}2", **backup_key.seals)
    for started in (
        ["-c", "import coproduction.wsgi"],
        ["-m", "celery", "-A", "coproduction", "worker"],
    ):
        done = subprocess.run(
            [sys.executable, *started],
            cwd=ROOT,
            env=another.env,
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )
        assert done.returncode == 1
        assert sentence in done.stderr
    another.manage("restore", str(backup), *backup_key.opens)
    assert files_of(another) == files_of(migrated)
    with django_db_blocker.unblock():
        was, now = everything(migrated.database()), everything(another.database())
    assert was == now
    assert not (another.folder / "restore-unfinished").exists()


@pytest.mark.once
@pytest.mark.processes
def test_what_was_in_place_when_it_was_killed_is_finished(
    migrated: Installation, another: Installation, backup_key: BackupKey, tmp_path: Path
) -> None:
    backup = tmp_path / "backup"
    migrated.manage(*("create_project", "bryn", "--place", "Bryn", "--owner", "carys@bryn.example"))
    migrated.manage("shell", "-v0", "-c", WRITE_LETTER)
    migrated.manage("backup", "--out", str(backup), **backup_key.seals)
    held = "Letters that may have gone since: 1. None of them goes by itself"
    assert held in another.manage("restore", str(backup), *backup_key.opens).stdout
    assert another.manage("shell", "-v0", "-c", STATES).stdout == "uncertain\n"
    assert "Uncertain: 1" in another.try_to("doctor").stdout
    # As it is between the last step and the mark's end: nothing was served before it.
    another.manage("shell", "-v0", "-c", f"{STATES}; Letter.objects.update(state='waiting')")
    (another.folder / "restore-unfinished").write_text('{"placing": "2026-01-01"}')
    told = another.manage("restore", str(backup), *backup_key.opens).stdout
    assert told.startswith(
        "The backup of 2026-01-01 was in place already: its restore is finished now.\n"
    )
    assert held in told
    assert another.manage("shell", "-v0", "-c", STATES).stdout == "uncertain\n"
    assert not (another.folder / "restore-unfinished").exists()
    said = another.refused("restore", str(backup), *backup_key.opens)
    assert said.startswith("There is something here already")


@pytest.mark.once
@pytest.mark.processes
def test_files_that_are_there_already_are_not_mixed_with_others(
    migrated: Installation, another: Installation, backup_key: BackupKey, tmp_path: Path
) -> None:
    backup = tmp_path / "backup"
    migrated.manage("backup", "--out", str(backup), **backup_key.seals)
    store_some(another)
    before = files_of(another)
    said = another.refused("restore", str(backup), *backup_key.opens)
    assert said.startswith("There is something here already")
    assert files_of(another) == before
