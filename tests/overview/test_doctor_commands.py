"""The command that says what is wrong: a line for each check, and a status to go by."""

import subprocess
import sys
from typing import Any

import pytest

from tests.installation import ROOT

pytestmark = pytest.mark.processes


def doctor(installation: Any, **env: str) -> subprocess.CompletedProcess[str]:
    """Run it in a process of its own."""
    return subprocess.run(
        [sys.executable, "manage.py", "doctor"],
        cwd=ROOT,
        env=installation.env | env,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


SEEN = """
from coproduction.jobs.sweeper import note_worker
note_worker("one")
"""


def test_it_names_what_is_wrong_and_ends_with_one(migrated: Any) -> None:
    told = doctor(migrated)
    lines = told.stdout.splitlines()
    assert told.returncode == 1, told.stderr
    assert len(lines) == 18
    assert lines[0].startswith("wrong: Worker: No worker was seen lately")
    assert "right: Tables: The tables are of this release." in lines


def test_it_ends_with_none_when_nothing_is_wrong(migrated: Any) -> None:
    migrated.manage("shell", "-c", SEEN)
    told = doctor(migrated, JOBS_STALE_SECONDS="600")
    assert told.returncode == 0, told.stdout
    assert "wrong:" not in told.stdout
    told = doctor(migrated, JOBS_STALE_SECONDS="600", SITE_URL="http://plan.example.org")
    assert told.returncode == 1
    wrong = [line.split(": ")[1] for line in told.stdout.splitlines() if "wrong:" in line]
    assert sorted(wrong) == ["Address", "Backup", "Mail server", "Style and scripts"]


def test_it_is_told_before_there_are_tables_and_while_the_database_is_away(
    installation: Any,
) -> None:
    told = doctor(installation)
    assert told.returncode == 1
    assert "wrong: Tables: The database is empty. Run this first: manage.py migrate" in told.stdout
    told = doctor(installation, DATABASE_URL="postgresql://nobody@127.0.0.1:1/none")
    assert told.returncode == 1
    assert "wrong: Database: The database does not answer." in told.stdout
    assert told.stderr == ""
