"""The small file that says when the last backup was made and read."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.test import override_settings

from coproduction.backup.last import note_checked, note_made

MADE, CHECKED = datetime(2026, 3, 1, tzinfo=UTC), datetime(2026, 3, 2, tzinfo=UTC)


def test_it_says_when_the_last_was_made_and_read_and_nothing_of_earlier_ones(
    tmp_path: Path,
) -> None:
    with override_settings(DATA_DIR=tmp_path):
        note_checked(MADE.isoformat(), CHECKED)
        assert list(tmp_path.iterdir()) == []
        note_made(MADE, 42)
        said = {"made": "2026-03-01T00:00:00+00:00", "checked": None, "bytes": 42}
        assert json.loads((tmp_path / "last-backup.json").read_text()) == said
        note_checked("2026-01-01T00:00:00+00:00", CHECKED)
        assert json.loads((tmp_path / "last-backup.json").read_text()) == said
        note_checked(MADE.isoformat(), CHECKED)
        said["checked"] = "2026-03-02T00:00:00+00:00"
        assert json.loads((tmp_path / "last-backup.json").read_text()) == said


def test_that_one_of_the_last_month_was_read_stays_known_when_another_is_made(
    tmp_path: Path,
) -> None:
    with override_settings(DATA_DIR=tmp_path):
        note_made(MADE, 42)
        note_checked("2026-02-10T00:00:00+00:00", CHECKED)
        note_made(MADE + timedelta(days=1), 43)
        assert json.loads((tmp_path / "last-backup.json").read_text()) == {
            "made": "2026-03-02T00:00:00+00:00",
            "checked": "2026-03-02T00:00:00+00:00",
            "bytes": 43,
        }


def test_a_file_that_makes_no_sense_is_written_anew(tmp_path: Path) -> None:
    (tmp_path / "last-backup.json").write_text("[]")
    with override_settings(DATA_DIR=tmp_path):
        note_checked(MADE.isoformat(), CHECKED)
        note_made(MADE, 42)
        assert json.loads((tmp_path / "last-backup.json").read_text())["bytes"] == 42
