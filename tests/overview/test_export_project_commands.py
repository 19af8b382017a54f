"""The sample goes from one installation into another, by commands in real processes, and back."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import connection

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
def test_the_sample_goes_into_another_database_and_back(
    migrated: Installation, another: Installation, tmp_path: Path, say: Callable[[str], None]
) -> None:
    migrated.manage("load_sample")
    places = [migrated]
    if connection.vendor == "postgresql":
        # Out of PostgreSQL into SQLite, and from there into another PostgreSQL.
        folder = tmp_path / "sqlite"
        folder.mkdir()
        env = {key: value for key, value in migrated.env.items() if key != "DATABASE_URL"}
        places.append(Installation(folder=folder, env=env | {"DATA_DIR": str(folder)}))
    places.append(another)
    before, compared = tmp_path / "0.zip", 0
    migrated.manage("export_project", "bryncoed", "--out", str(before))
    for number, place in enumerate(places[1:], 1):
        place.manage("migrate", "-v0")
        said = place.manage("import_project", str(before)).stdout
        assert "it is at /bryncoed/" in said
        after = tmp_path / f"{number}.zip"
        place.manage("export_project", "bryncoed", "--out", str(after))
        compared += compare(before, after)
        before = after
        assert "unbroken" in place.manage("verify_audit", "bryncoed").stdout
        assert "no difference" in place.manage("check_counts").stdout
    say(f"{compared} values compared")
    assert compared > 150_000
