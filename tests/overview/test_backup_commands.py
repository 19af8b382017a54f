"""The command that backs up, in real processes: while others write, killed, and where it can't."""

import json
import os
import signal
import subprocess
import sys
import threading
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.installation import ROOT, Installation
from tests.keys import BackupKey
from tests.processes import until

pytestmark = pytest.mark.processes
WORDS = "afon bara cwm draig eira"


def left_in(folder: Path) -> set[str]:
    """Name what stands in a folder, without what databases and locks keep there all the time."""
    always = ("coproduction.sqlite3", "secret-key", "demo-key", ".lock")
    names = (path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    return {name for name in names if not any(each in name for each in always)}


@pytest.mark.once
def test_it_is_encrypted_its_owners_alone_and_says_what_it_has(
    migrated: Installation, tmp_path: Path
) -> None:
    out = tmp_path / "backup"
    (migrated.folder / "files").mkdir()
    (migrated.folder / "files" / "a.txt").write_text("said by a resident")
    (migrated.folder / "words").write_text(f"{WORDS}\n")
    by_file = {"BACKUP_PASSPHRASE_FILE": str(migrated.folder / "words")}

    assert "never written unencrypted" in migrated.refused("backup", "--out", str(out))
    assert "too short" in migrated.refused("backup", "--out", str(out), BACKUP_PASSPHRASE="short")
    assert not out.exists()
    told = migrated.manage("backup", "--out", str(out), **by_file).stdout
    assert " records and 1 files, " in told
    assert "The keys of this installation are not in it" in told
    assert out.stat().st_mode & 0o777 == 0o600
    raw = out.read_bytes()
    assert raw.startswith(b"coproduction-backup 1 ")
    for plain in (b"said by a resident", b"django_migrations", b"SQLite format", WORDS.encode()):
        assert plain not in raw
    assert left_in(migrated.folder) == {"files/a.txt", "last-backup.json", "words"}
    last = json.loads((migrated.folder / "last-backup.json").read_text())
    assert (last["checked"], last["bytes"]) == (None, len(raw))

    assert "not written over" in migrated.refused("backup", "--out", str(out), **by_file)
    assert out.read_bytes() == raw
    assert "no such folder" in migrated.refused(
        "backup", "--out", str(tmp_path / "no" / "backup"), **by_file
    )


@pytest.mark.once
def test_nothing_is_backed_up_before_there_is_anything(
    installation: Installation, backup_key: BackupKey, tmp_path: Path
) -> None:
    out = tmp_path / "backup"
    refused = installation.refused("backup", "--out", str(out), **backup_key.seals)
    assert refused == "There is nothing to back up: the database has no tables."
    assert [path.name for path in tmp_path.glob("*backup*")] == []


@pytest.mark.once
def test_a_disk_that_fills_up_is_told_plainly_and_nothing_is_left(
    migrated: Installation, backup_key: BackupKey, tmp_path: Path
) -> None:
    """The system lets no file of the process grow past 2 MB."""
    (migrated.folder / "files").mkdir()
    (migrated.folder / "files" / "a").write_bytes(os.urandom(3_000_000))
    done = subprocess.run(
        [
            *("prlimit", "--fsize=2000000", sys.executable, "manage.py", "backup"),
            *("--out", str(tmp_path / "backup")),
        ],
        cwd=ROOT,
        env=migrated.env | backup_key.seals,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "There is no room left on the disk" in done.stderr
    assert "Traceback" not in done.stderr
    assert [path.name for path in tmp_path.glob("*backup*")] == []
    assert left_in(migrated.folder) == {"files/a"}


@pytest.mark.once
def test_killed_in_the_middle_it_leaves_nothing_plain_and_can_be_begun_again(
    migrated: Installation, backup_key: BackupKey, tmp_path: Path
) -> None:
    out = tmp_path / "backup"
    (migrated.folder / "files").mkdir()
    with (migrated.folder / "files" / "long").open("wb") as file:
        file.truncate(400_000_000)
    unfinished = tmp_path / ".backup.unfinished"
    with subprocess.Popen(
        [sys.executable, "manage.py", "backup", "--out", str(out)],
        cwd=ROOT,
        env=migrated.env | backup_key.seals,
    ) as making:
        until(lambda: unfinished.exists() and unfinished.stat().st_size > 1_000_000)
        making.send_signal(signal.SIGKILL)
        assert making.wait() == -signal.SIGKILL
    assert not out.exists()
    assert left_in(migrated.folder) == {"files/long"}
    (migrated.folder / "files" / "long").write_bytes(b"short now")
    migrated.manage("backup", "--out", str(out), **backup_key.seals)
    assert not unfinished.exists()
    assert "1 files" in migrated.manage("check_backup", str(out), *backup_key.opens).stdout


def test_it_has_one_moment_of_what_others_write_meanwhile(
    migrated: Installation,
    another: Installation,
    backup_key: BackupKey,
    tmp_path: Path,
    django_db_blocker: Any,
) -> None:
    """Somebody writes two records at a time, all the while: it never has one of the two."""
    over, written = threading.Event(), 0

    def write() -> None:
        nonlocal written
        put = "INSERT INTO jobs_workerseen (name, seen_at) VALUES (%s, '2026-01-01 00:00:00')"
        with django_db_blocker.unblock(), closing(migrated.database()) as database:
            while not over.is_set():
                with database.cursor() as cursor:
                    cursor.execute("BEGIN")
                    cursor.execute(put, [f"{written} one"])
                    cursor.execute(put, [f"{written} two"])
                    cursor.execute("COMMIT")
                written += 1

    writer = threading.Thread(target=write)
    writer.start()
    try:
        until(lambda: written > 20)
        migrated.manage("backup", "--out", str(tmp_path / "backup"), **backup_key.seals)
        until(lambda so_far=written: written > so_far)
    finally:
        over.set()
        writer.join()
    another.manage("restore", str(tmp_path / "backup"), *backup_key.opens)
    with django_db_blocker.unblock(), closing(another.database()) as database:
        with database.cursor() as cursor:
            cursor.execute("SELECT name FROM jobs_workerseen")
            names = {name for (name,) in cursor.fetchall()}
    turns = {name.split()[0] for name in names}
    assert 20 < len(turns) < written
    assert names == {f"{turn} {each}" for turn in turns for each in ("one", "two")}
