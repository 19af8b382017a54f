"""An installation where a step was left out says in plain words which, through real processes."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

pytestmark = [pytest.mark.processes, pytest.mark.once]
EMPTY = "The database is empty. Run this first: manage.py migrate"
BARE = "No page opens: first run manage.py collectstatic --noinput, then start again."


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run Python beside nothing but an empty folder for data, and return what it said."""
    environment = {
        "PATH": os.environ["PATH"],
        "DATA_DIR": str(folder),
        "DATABASE_URL": f"sqlite:///{folder}/db.sqlite3",
        "SITE_URL": "https://plan.example.org",
    }
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=settings.BASE_DIR,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(
    "command",
    [
        ("create_project", "bryn", "--place", "Bryn", "--owner", "mair@example.org"),
        ("verify_audit", "bryn"),
        ("check_counts",),
    ],
    ids=lambda each: each[0],
)
def test_a_command_on_an_empty_database_says_what_to_run_first(
    command: tuple[str, ...], tmp_path: Path
) -> None:
    ended = run(tmp_path, "manage.py", *command)
    assert ended.returncode != 0
    assert ended.stderr.strip().endswith(EMPTY)
    assert "Traceback" not in ended.stderr


def test_a_server_without_what_pages_are_drawn_with_says_so_in_its_log(tmp_path: Path) -> None:
    ended = run(tmp_path, "-c", "import coproduction.wsgi")
    assert ended.returncode == 0, ended.stderr
    assert BARE in ended.stdout + ended.stderr
    (tmp_path / "static" / "staticfiles.json").write_text('{"paths": {}, "version": "1.1"}')
    ended = run(tmp_path, "-c", "import coproduction.wsgi")
    assert BARE not in ended.stdout + ended.stderr
