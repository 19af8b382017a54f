"""The sample goes from one installation into another, by commands in real processes, and back."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from coproduction.projects.models import Project
from overview.queries.archive import write_archive
from tests.copying import Original
from tests.installation import Installation
from tests.overview.archives import all_rows

# What a new place says otherwise: its own end of the trail, and what it calls rows by number.
APART = {"projects.AuditHead"}
# Where something came after: what was recorded of it, and its owner there.
GROWS = {"projects.AuditEntry", "projects.Membership", "projects.User"}
BY_NUMBER = {
    "steering.Round": "evidence",
    "steering.Confirmation": "called",
    "steering.MinutesCorrection": "called",
    "steering.Commitment": "address_stays",
}


def compare(one: Path, other: Path) -> int:
    """Compare two archives of a project, row by row and value by value; return how many."""
    before, after = all_rows(one), all_rows(other)
    compared = 0
    for label, rows in before.items():
        if label in APART:
            continue
        apart = BY_NUMBER.get(label, "")
        for was, is_now in zip(rows, after[label], strict=label not in GROWS):
            assert was | {apart: 0} == is_now | {apart: 0}, label
            compared += len(was)
    return compared


@pytest.mark.processes
@pytest.mark.django_db
def test_the_sample_goes_into_another_database_and_back(
    first_sample: Original[Project],
    migrated: Installation,
    tmp_path: Path,
    files: Path,
    say: Callable[[str], None],
) -> None:
    project = first_sample.copy()
    one, two, three = (tmp_path / f"{name}.zip" for name in ("one", "two", "three"))
    write_archive(project, one)
    first = migrated
    if connection.vendor == "postgresql":
        # Out of PostgreSQL into SQLite, and from there into another PostgreSQL.
        folder = tmp_path / "sqlite"
        folder.mkdir()
        env = {key: value for key, value in migrated.env.items() if key != "DATABASE_URL"}
        first = Installation(folder=folder, env=env | {"DATA_DIR": str(folder)})
        first.manage("migrate", "-v0")
    said = first.manage("import_project", str(one), "--owner", "cai@bryn.example").stdout
    assert "it is at /bryncoed/" in said
    first.manage("export_project", "bryncoed", "--out", str(two))
    compared = compare(one, two)
    last: Any = first
    if first is not migrated:
        migrated.manage("import_project", str(two))
        migrated.manage("export_project", "bryncoed", "--out", str(three))
        compared += compare(two, three)
        last = migrated
    assert "unbroken" in last.manage("verify_audit", "bryncoed").stdout
    assert "no difference" in last.manage("check_counts").stdout
    say(f"{compared} values compared")
    assert compared > 150_000
