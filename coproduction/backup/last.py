"""What is known of the last backup: a small file, for whoever asks whether all is well."""

import json
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings

_NAME = "last-backup.json"


def note_made(made: datetime, size: int) -> None:
    """Keep when the last backup was made, and how big it is: nobody has read it yet."""
    _write({"made": made.isoformat(), "checked": None, "bytes": size})


def note_checked(made: str, checked: datetime) -> None:
    """Keep when the last backup was read to its end; of an earlier one this says nothing."""
    with suppress(OSError, ValueError):
        known = json.loads(_path().read_text())
        if known["made"] == made:
            _write({**known, "checked": checked.isoformat()})


def _path() -> Path:
    return Path(settings.DATA_DIR, _NAME)


def _write(what: dict[str, Any]) -> None:
    aside = _path().with_name(f".{_NAME}")
    aside.write_text(json.dumps(what) + "\n")
    aside.replace(_path())
