"""Why a backup is not made, not read or not put back: each in one plain sentence."""

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from django.core.management.base import CommandError

# What the system says when there is no more room: on the disk, for the user, for one file.
_NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_NOT_ALLOWED = {errno.EACCES, errno.EPERM, errno.EROFS}


class BackupRefused(Exception):
    """It can't be done; its text says why, and what to do."""


@contextmanager
def told_plainly() -> Iterator[None]:
    """Have a command end with the sentence: of a refusal, or of what was said of a disk."""
    try:
        yield
    except BackupRefused as refused:
        raise CommandError(str(refused)) from None
    except (OSError, sqlite3.Error) as problem:
        if not (sentence := _sentence_for(problem)):
            raise
        raise CommandError(sentence) from None


def _sentence_for(problem: OSError | sqlite3.Error) -> str:
    """Return the sentence for what was said of a disk; empty for anything else."""
    number = problem.errno if isinstance(problem, OSError) else None
    if number in _NO_ROOM or "disk is full" in str(problem):
        return "There is no room left on the disk: make some, then begin again."
    if isinstance(problem, OSError) and number in _NOT_ALLOWED:
        return f"This can't be written or read here: {problem.filename}."
    return ""
