"""Who serves an installation and who puts one back keep out of each other's way.

Whoever serves holds a lock for as long as they live, which a restore asks for alone; a restore that
was killed leaves a mark, and until it is finished nothing serves.
"""

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Any

from django.conf import settings

from coproduction.backup.files import sync_folder
from coproduction.backup.refusing import BackupRefused

_SERVING, _RESTORING, _MARK = "serving.lock", "restoring.lock", "restore-unfinished"
_UNFINISHED = (
    "A restore was begun here and not finished, so nothing is served: run manage.py restore again."
)

_held: list[IO[str]] = []


class Mark:
    """What says that a restore is not finished, and how far it is."""

    def __init__(self) -> None:
        """Read the one that is there, if any."""
        self._path = Path(settings.DATA_DIR, _MARK)
        self._told: dict[str, Any] = {}
        self.is_there = self._path.exists()
        with suppress(OSError, ValueError):
            self._told = json.loads(self._path.read_text())

    @property
    def placing(self) -> str:
        """When the backup was made whose parts were being put in place; empty before that."""
        return str(self._told.get("placing", ""))

    def put(self, placing: str = "") -> None:
        """Say that it is begun, or that everything is there and being put in place."""
        self._told = {"placing": placing}
        aside = self._path.with_name(f".{_MARK}")
        with aside.open("w") as file:
            json.dump(self._told, file)
            file.flush()
            os.fsync(file.fileno())
        aside.replace(self._path)
        sync_folder(self._path.parent)

    def remove(self) -> None:
        """Say that it is finished, or that nothing is left of it."""
        self._path.unlink(missing_ok=True)
        sync_folder(self._path.parent)


def begin_serving() -> None:
    """Keep restores off for as long as this process lives. Raises BackupRefused during one."""
    if (lock := _locked(_SERVING, fcntl.LOCK_SH)) is None:
        raise BackupRefused("A restore is running here, so nothing is served: wait until it ends.")
    _held.append(lock)
    refuse_unfinished()


def refuse_unfinished() -> None:
    """Make sure that no restore was left in the middle. Raises BackupRefused."""
    if Mark().is_there:
        raise BackupRefused(_UNFINISHED)


@contextmanager
def restoring() -> Iterator[Mark]:
    """Be the only one who restores here, with nobody serving. Raises BackupRefused."""
    if (alone := _locked(_RESTORING, fcntl.LOCK_EX)) is None:
        raise BackupRefused("Another restore is running here.")
    with alone:
        if (served := _locked(_SERVING, fcntl.LOCK_EX)) is None:
            raise BackupRefused("The app is running here: stop it, then begin again.")
        with served:
            yield Mark()


def _locked(name: str, how: int) -> IO[str] | None:
    """Lock a file of the installation until it is closed; None where somebody else has it."""
    file = Path(settings.DATA_DIR, name).open("a")
    try:
        fcntl.flock(file, how | fcntl.LOCK_NB)
    except BlockingIOError:
        file.close()
        return None
    return file
