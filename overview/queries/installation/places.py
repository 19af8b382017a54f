"""Checks of what is kept in files: whether it can be written, its room, secrets, the backup."""

import json
import os
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.storage import default_storage
from django.db import DatabaseError
from django.utils import timezone
from django.utils.translation import gettext as _

from coproduction.environment import SECRETS
from coproduction.projects.models import AuditHead
from coproduction.static_files import are_collected
from coproduction.ui.numbers import format_number
from overview.queries.installation.check import Check, look_at, right, wrong, wrong_for_others

# With less than this left, the next file can't be counted on.
ROOM_FOR_ONE = 1024 * 1024
_LITTLE, _VERY_LITTLE = 1024**3, 100 * 1024**2
_BACKED_UP_WITHIN, _READ_WITHIN = timedelta(days=2), timedelta(days=31)
_MAY_BE_OFF = 5.0
_LONG_ENOUGH = 50


def storage_takes_files() -> bool:
    """Whether a file could be put into storage: looked at, not tried, since anybody may ask."""
    try:
        place = _standing(Path(default_storage.path("")))
        left = os.statvfs(place)
    except OSError:
        return False
    room = left.f_bavail * left.f_frsize >= ROOM_FOR_ONE and left.f_favail > 0
    return room and place.is_dir() and os.access(place, os.W_OK | os.X_OK)


def _standing(place: Path) -> Path:
    """Return a folder, or the one it will be made in: it is made with the first file."""
    while not place.exists():
        place = place.parent
    return place


def _folders() -> dict[str, Path]:
    """Return where files are kept, by the setting that says so."""
    return {"DATA_DIR": settings.DATA_DIR, "STORAGE_URL": Path(default_storage.path(""))}


def files() -> Check:
    """Write a file where files are kept, read it, and look at its time."""
    name = _("Files")
    for setting, folder in _folders().items():
        try:
            off = _write_and_read(_standing(folder))
        except OSError:
            return wrong(
                name,
                _("No file can be written where %(setting)s says.") % {"setting": setting},
                _("Let the user that the app runs as write there, and see that the disk is well."),
            )
        if off > _MAY_BE_OFF:
            return wrong(
                name,
                _("The clock of the disk is off by so many seconds: %(seconds)s.")
                % {"seconds": round(off)},
                _("Have both machines set their clocks by the network."),
            )
    return right(name, _("Files can be written and read, and their time is right."))


def _write_and_read(folder: Path) -> float:
    """Put a file into a folder and take it away; return how far its time is off. Raises OSError."""
    with tempfile.NamedTemporaryFile(dir=folder, prefix=".check-") as file:
        before = time.time()
        file.write(b"written")
        file.flush()
        if Path(file.name).read_bytes() != b"written":
            raise OSError
        stamp = os.stat(file.name).st_mtime
        return max(before - stamp, stamp - time.time(), 0.0)


def room() -> Check:
    """Look how much room is left on the disks."""
    name, left = _("Room on the disk"), []
    for setting, folder in _folders().items():
        try:
            disk = os.statvfs(_standing(folder))
        except OSError:
            continue  # The check of files says so.
        left.append((disk.f_bavail * disk.f_frsize, setting))
    if not left:
        return wrong(
            name, _("The disk can't be looked at."), _("See that the folders of the app are there.")
        )
    least, setting = min(left)
    fact = _("Room left, in MB: %(left)s. (%(setting)s)") % {
        "left": format_number(least // 10**6),
        "setting": setting,
    }
    if least < _LITTLE:
        say = wrong if least < _VERY_LITTLE else look_at
        return say(name, fact, _("Make room, or give it a bigger disk."))
    return right(name, fact)


def static_files() -> Check:
    """Look whether what pages are drawn with was put where it is served from."""
    name = _("Style and scripts")
    if are_collected():
        return right(name, _("The files that pages are drawn with are there."))
    # runapp puts them there when it starts.
    return wrong_for_others(
        name,
        _("The files that pages are drawn with are not there: no page opens."),
        _("Run this, then start again: %(command)s")
        % {"command": "manage.py collectstatic --noinput"},
    )


def last_backup() -> dict[str, Any]:
    """Return what is known of the last backup: when it was made and read. Empty for none."""
    try:
        told = json.loads((settings.DATA_DIR / "last-backup.json").read_text())
        read = told["checked"]
        return {
            "made": _moment(told["made"]),
            "checked": _moment(read) if read else None,
            "bytes": int(told["bytes"]),
        }
    except (OSError, ValueError, KeyError, TypeError):
        return {}


def _moment(told: str) -> datetime:
    """Read a moment; one that says no zone is meant as UTC. Raises ValueError."""
    moment = datetime.fromisoformat(told)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def backup() -> Check:
    """Look when the last backup was made, and whether it was ever read."""
    name, last, now = _("Backup"), last_backup(), timezone.now()
    if not last:
        return wrong_for_others(
            name,
            _("No backup was ever made."),
            _("Make one each night, and keep it on another machine: %(command)s")
            % {"command": "manage.py backup --out FILE"},
        )
    made = _("Hours since the last backup: %(hours)s.") % {
        "hours": int((now - last["made"]).total_seconds() // 3600)
    }
    if last["made"] > now + timedelta(hours=1):
        return wrong(
            name,
            _("The last backup was made at a moment that is still to come."),
            _("Set the clock right, and make another."),
        )
    if now - last["made"] > _BACKED_UP_WITHIN:
        return look_at(name, made, _("See why none was made since, and make one."))
    if last["checked"] is None or now - last["checked"] > _READ_WITHIN:
        return look_at(
            name,
            made + " " + _("It was not read lately."),
            _("Read it, so that you know it can be restored: %(command)s")
            % {"command": "manage.py check_backup FILE"},
        )
    return right(name, made + " " + _("It was read, and is whole."))


def secrets() -> Check:
    """Look whether the keys are there, are long, and are read by their owner alone."""
    name, keys = _("Secrets"), Path(settings.TRAIL_KEYS)
    if len(settings.SECRET_KEY) < _LONG_ENOUGH:
        return wrong(
            name,
            _("%(setting)s is so short that it can be guessed.") % {"setting": "SECRET_KEY"},
            _("Make it 50 random characters or more. Everybody will have to sign in again."),
        )
    if _trail_was_signed(keys) and not os.access(keys / "signing-key", os.R_OK):
        return wrong(
            name,
            _("The key that the trail is signed with is lost, or can't be read."),
            _("Put it back from where you keep it, or run: %(command)s")
            % {"command": "manage.py replace_trail_key"},
        )
    ours = [settings.DATA_DIR / "secret-key", settings.DATA_DIR / "demo-key", keys / "signing-key"]
    # We made these, and nobody else has to read them.
    if found := sorted(path.name for path in ours if _is_open(path, to=0o077)):
        return _read_by_others(name, found, "chmod go= FILE")
    # These may be the host's, and be read by us as one of a group: that is left as it is.
    if found := sorted(each for each, path in _given_secrets() if _is_open(path, to=0o007)):
        return _read_by_others(name, found, "chmod o= FILE")
    return right(name, _("The keys are there, and nobody else can read them."))


def _trail_was_signed(keys: Path) -> bool:
    """Say whether there ever was a key: by the file that names them, and by what was signed."""
    if (keys / "public-keys").exists():
        return True
    try:
        return AuditHead.objects.exclude(signature="").exists()
    except DatabaseError:
        return False  # The check of the database says so.


def _read_by_others(name: str, found: list[str], command: str) -> Check:
    """Say which files are read by others, and how that is ended."""
    return look_at(
        name,
        _("Others on this machine can read: %(names)s.") % {"names": ", ".join(found)},
        _("Let nobody else read them: %(command)s") % {"command": command},
    )


def _given_secrets() -> list[tuple[str, Path]]:
    """Return the files that secrets were given in, each with the variable that names it."""
    named = {f"{name}_FILE" for name in SECRETS}
    return [(name, Path(place)) for name, place in os.environ.items() if name in named and place]


def _is_open(path: Path, *, to: int) -> bool:
    """Say whether a file can be read by others: ``to`` has the bits of who is meant."""
    try:
        return bool(path.stat().st_mode & to)
    except OSError:
        return False
