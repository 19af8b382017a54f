"""The small file that says when the last backup was made and read."""

import json
from datetime import UTC, datetime
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
        note_checked("2026-02-01T00:00:00+00:00", CHECKED)
        assert json.loads((tmp_path / "last-backup.json").read_text()) == said
        note_checked(MADE.isoformat(), CHECKED)
        said["checked"] = "2026-03-02T00:00:00+00:00"
        assert json.loads((tmp_path / "last-backup.json").read_text()) == said
