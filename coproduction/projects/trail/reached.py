"""How far each chain came, kept beside the keys: what the database alone can't take back.

In ``ends`` of TRAIL_KEYS each chain has a file of its last entry, ``NUMBER DIGEST signed`` or
``unsigned``, written over after each commit, and one ending in ``.given`` with such a line
for each head that was given out. Writing them never holds up a change: a file that is behind shows
a little less.
"""

import logging
import os
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.conf import settings

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Reached:
    """An entry that a chain had for certain: its number, its digest, and whether it was signed."""

    number: int
    digest: str
    is_signed: bool


class ReachedUnreadable(Exception):
    """How far a chain came is on file, and can't be read."""


def end_reached(chain: str) -> Reached | None:
    """Return the last entry that a chain had; None where none is on file. ReachedUnreadable."""
    found = _lines_of(_ends() / chain)
    return found[0] if found else None


def heads_given_out(chain: str) -> list[Reached]:
    """Return the heads of a chain that were given out. Raises ReachedUnreadable."""
    return _lines_of(_ends() / f"{chain}.given")


def note_end(chain: str, end: Reached, *, again: bool = False) -> None:
    """Keep the last entry of a chain; never one before what is on file, unless ``again``.

    ``again`` is for an end that was signed anew, wherever it is.
    Of two hosts at the same moment the earlier may stand for an instant, until the next entry.
    """
    path = _ends() / chain
    try:
        known = None if again else end_reached(chain)
        if known is not None and known.number >= end.number:
            return
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        # All are of one length, in one write: that is as whole as a file put in place, and faster.
        file = os.open(path, os.O_WRONLY | os.O_CREAT, 0o600)
        try:
            os.pwrite(file, _line(end).encode(), 0)
        finally:
            os.close(file)
    except (OSError, ReachedUnreadable) as trouble:
        _log_once(f"How far the trail came can't be kept: {trouble}")


def note_given_out(chain: str, head: Reached) -> None:
    """Keep that a head was given out."""
    path = _ends() / f"{chain}.given"
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with path.open("a") as file:
            file.write(_line(head))
    except OSError as trouble:
        _log_once(f"Which heads of the trail were given out can't be kept: {trouble}")


@lru_cache(maxsize=100)
def _log_once(trouble: str) -> None:
    """Log what is wrong, once in each process: it is met with each entry."""
    logger.error(trouble)


def _ends() -> Path:
    """Return where the files are."""
    return Path(settings.TRAIL_KEYS, "ends")


def _line(entry: Reached) -> str:
    """Write an entry as a line."""
    how = "signed" if entry.is_signed else "unsigned"
    return f"{entry.number:020} {entry.digest:>64} {how:>8}\n"


def _lines_of(path: Path) -> list[Reached]:
    """Read the entries that a file names."""
    try:
        lines = path.read_text().splitlines()
        parts = [line.split() for line in lines if line.strip()]
        return [Reached(int(number), digest, how == "signed") for number, digest, how in parts]
    except FileNotFoundError:
        return []
    except (OSError, ValueError) as trouble:
        raise ReachedUnreadable(str(trouble)) from trouble
