"""The command that reads a backup to its end, without putting it anywhere."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.installation import ROOT, Installation
from tests.keys import BackupKey

pytestmark = [pytest.mark.processes, pytest.mark.once]


def test_it_reads_all_of_it_writes_nothing_and_notes_that_the_last_was_read(
    migrated: Installation, another: Installation, backup_key: BackupKey, tmp_path: Path
) -> None:
    out = tmp_path / "backup"
    migrated.manage("backup", "--out", str(out), **backup_key.seals)
    last = json.loads((migrated.folder / "last-backup.json").read_text())

    # Elsewhere: what was made here is not known there.
    told = another.manage("check_backup", str(out), *backup_key.opens).stdout
    assert told.startswith(f"Made {last['made']}: ")
    assert told.endswith(f" records and 0 files, {last['bytes']} bytes. All of it can be read.\n")
    assert {path.name for path in another.folder.iterdir()} <= {"secret-key", "static"}

    # Through a pipe, as from a store far away.
    with out.open("rb") as file:
        done = subprocess.run(
            [sys.executable, "manage.py", "check_backup", "/dev/stdin", *backup_key.opens],
            cwd=ROOT,
            env=migrated.env,
            stdin=file,
            capture_output=True,
            text=True,
            check=True,
        )
    assert done.stdout == told
    now = json.loads((migrated.folder / "last-backup.json").read_text())
    assert now == {**last, "checked": now["checked"]}
    assert now["checked"] > last["made"]

    raw = bytearray(out.read_bytes())
    raw[len(raw) // 2] ^= 1
    out.write_bytes(raw)
    assert "damaged" in migrated.refused("check_backup", str(out), *backup_key.opens)
