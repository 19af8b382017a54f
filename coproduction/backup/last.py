"""What is known of the last backup: a small file, for whoever asks whether all is well."""

import json
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings

_NAME = "last-backup.json"


# A backup that is older says nothing of those that are made now.
_STANDS_FOR_OTHERS = timedelta(days=31)


def note_made(made: datetime, size: int) -> None:
    """Keep when the last backup was made, and how big it is; when one was read stays known."""
    _write({"made": made.isoformat(), "checked": _known().get("checked"), "bytes": size})


def note_checked(made: str, checked: datetime) -> None:
    """Keep when a backup was last read to its end: the last one, or one of the month before it."""
    with suppress(KeyError, ValueError):
        known = _known()
        if datetime.fromisoformat(known["made"]) - datetime.fromisoformat(made) < (
            _STANDS_FOR_OTHERS
        ):
            _write({**known, "checked": checked.isoformat()})


def _known() -> dict[str, Any]:
    """Return what was kept; nothing, where nothing or no sense is."""
    try:
        known = json.loads(_path().read_text())
    except (OSError, ValueError):
        return {}
    return known if isinstance(known, dict) else {}


def _path() -> Path:
    return Path(settings.DATA_DIR, _NAME)


def _write(what: dict[str, Any]) -> None:
    aside = _path().with_name(f".{_NAME}")
    aside.write_text(json.dumps(what) + "\n")
    aside.replace(_path())
