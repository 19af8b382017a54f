"""The encrypted stream of a backup: written and read by a thread, a piece at a time.

A file for a ``BACKUP_RECIPIENT`` is an age file. One for a passphrase has a line before it: a key
made for this file alone, locked with the passphrase. How to open either by hand
says docs/backup.md.
"""

import base64
import binascii
import fcntl
import os
import threading
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Any, BinaryIO, Protocol

import pyrage

from coproduction.backup.passphrase import checked_passphrase, lock, unlock
from coproduction.backup.refusing import BackupRefused
from coproduction.environment import secret

_KEY_LINE = b"coproduction-backup 1 "
_AGE = b"age-encryption.org/v1\n"
_LONGEST_LINE = 4_096
_AT_ONCE = 1 << 18

NOT_A_BACKUP = "This is not a backup."


class Lock(Protocol):
    """What a backup is closed with: what stands before the stream, and to whom it is encrypted."""

    head: bytes
    recipients: list[Any]


class PassphraseLock:
    """A key for one file, locked with a passphrase."""

    def __init__(self, passphrase: str) -> None:
        """Make the key, and forget its private half."""
        key = pyrage.x25519.Identity.generate()
        locked = lock(str(key).encode(), checked_passphrase(passphrase))
        self.head = _KEY_LINE + base64.b64encode(locked) + b"\n"
        self.recipients: list[Any] = [key.to_public()]


class RecipientLock:
    """Public keys: whoever makes the backup can't open it."""

    def __init__(self, named: str) -> None:
        """Read one key or several, with spaces between them. Raises BackupRefused."""
        self.head = b""
        try:
            self.recipients: list[Any] = [
                pyrage.x25519.Recipient.from_str(each) for each in named.split()
            ]
        except pyrage.RecipientError:
            raise BackupRefused(
                "BACKUP_RECIPIENT is not a public key of age: it begins with age1."
            ) from None


def lock_of_environment() -> Lock:
    """Return what the environment says a backup is closed with. Raises BackupRefused."""
    passphrase, recipient = _passphrase(), secret("BACKUP_RECIPIENT").strip()
    if passphrase and recipient:
        raise BackupRefused("Set BACKUP_PASSPHRASE or BACKUP_RECIPIENT, not both.")
    if recipient:
        return RecipientLock(recipient)
    if passphrase:
        return PassphraseLock(passphrase)
    raise BackupRefused(
        "A backup holds what people said, and is never written unencrypted: set BACKUP_PASSPHRASE, "
        "BACKUP_PASSPHRASE_FILE or BACKUP_RECIPIENT."
    )


def _passphrase() -> str:
    """Read the passphrase. Raises BackupRefused where its file can't be read."""
    try:
        return secret("BACKUP_PASSPHRASE")
    except (OSError, ValueError) as problem:
        raise BackupRefused(f"The passphrase can't be read: {problem}") from None


class _Threaded:
    """Runs one end of a pipe in a thread, and brings its fault to whoever uses the other end."""

    def __init__(self) -> None:
        """Open the pipe; nothing runs yet."""
        ends = os.pipe()
        # Fewer turns between the threads; what the system won't give is done without.
        with suppress(OSError):
            fcntl.fcntl(ends[1], fcntl.F_SETPIPE_SZ, 1 << 20)
        self._out: BinaryIO = os.fdopen(ends[0], "rb", _AT_ONCE)
        self._in: BinaryIO = os.fdopen(ends[1], "wb", _AT_ONCE)
        self._fault: Exception | None = None
        self._thread = threading.Thread(target=self._run, name="backup", daemon=True)

    def _run(self) -> None:
        """Do the work, keep what went wrong, and let go of this end."""
        try:
            self._work()
        except Exception as problem:
            self._fault = problem
        finally:
            self._let_go()

    def _work(self) -> None:
        raise NotImplementedError

    def _let_go(self) -> None:
        raise NotImplementedError


class _Target:
    """A file to write to, whose own fault is kept: pyrage would tell only its words."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.fault: OSError | None = None

    def write(self, piece: bytes) -> int:
        """Write all of it."""
        try:
            return self._file.write(piece)
        except OSError as problem:
            self.fault = problem
            raise

    def flush(self) -> None:
        """Hand on what was written."""
        self._file.flush()


class Sealing(_Threaded):
    """``with Sealing(file, lock) as plain: plain.write(…)``: the file gets it encrypted."""

    def __init__(self, file: BinaryIO, lock: Lock) -> None:
        """Take an open file."""
        super().__init__()
        self._target, self._lock = _Target(file), lock

    def __enter__(self) -> BinaryIO:
        """Begin; give the file that takes what is to be encrypted."""
        self._thread.start()
        return self._in

    def __exit__(
        self, kind: type[BaseException] | None, problem: Any, _trace: TracebackType | None
    ) -> None:
        """Write the end. Raises what went wrong with the file."""
        with suppress(OSError):
            self._in.close()
        self._thread.join()
        if self._fault is not None and (kind is None or issubclass(kind, OSError)):
            raise self._target.fault or self._fault

    def _work(self) -> None:
        self._target.write(self._lock.head)
        pyrage.encrypt_io(self._out, self._target, self._lock.recipients)

    def _let_go(self) -> None:
        self._out.close()


class _Source:
    """An encrypted stream: what was read of it to know it, then the rest; counted.

    It may come through a pipe, so nothing goes back in it.
    """

    def __init__(self, start: bytes, file: BinaryIO) -> None:
        self._start, self._file = start, file
        self.bytes = 0

    def read(self, most: int) -> bytes:
        """Read on."""
        piece, self._start = self._start[:most], self._start[most:]
        piece = piece or self._file.read(most)
        self.bytes += len(piece)
        return piece


class Opening(_Threaded):
    """``with Opening(path, identity) as plain: plain.read(…)``: what a backup holds.

    Nothing of it is to be believed before the block has ended well: only then was all of it read,
    and what stands after the end. Raises BackupRefused.
    """

    def __init__(self, path: Path, identity: Path | None) -> None:
        """Find the key; another's passphrase is refused here."""
        try:
            self._file = path.open("rb")
        except OSError:
            raise BackupRefused(f"There is no file to read here: {path}.") from None
        try:
            self._identities, start = _identities_for(self._file, identity)
            self._source = _Source(start, self._file)
        except BaseException:
            self._file.close()
            raise
        super().__init__()

    @property
    def bytes(self) -> int:
        """How many encrypted bytes were read."""
        return self._source.bytes

    def __enter__(self) -> BinaryIO:
        """Begin; give the file to read from."""
        self._thread.start()
        return self._out

    def __exit__(
        self, kind: type[BaseException] | None, problem: Any, _trace: TracebackType | None
    ) -> None:
        """Read to the end, unless the reader gave up. Raises BackupRefused."""
        if kind is None:
            while self._out.read(_AT_ONCE):
                continue
        # Where the stream broke off, whatever the reader made of it is not the reason.
        is_at_end = self._fault is not None
        self._out.close()
        self._thread.join()
        self._file.close()
        if self._fault is not None and (kind is None or is_at_end):
            raise self._fault

    def _work(self) -> None:
        target = _Target(self._in)
        try:
            pyrage.decrypt_io(self._source, target, self._identities)
            self._in.flush()
        except pyrage.DecryptError as problem:
            if "No matching keys" in str(problem):
                raise BackupRefused("This key does not open the backup.") from None
            raise BackupRefused(NOT_A_BACKUP) from None
        except OSError:
            if target.fault is not None:
                return  # Nobody reads any more.
            if self._file.read(1):
                raise BackupRefused(
                    "This backup is damaged: a part of it is not what was written. Take another "
                    "copy."
                ) from None
            raise BackupRefused(
                "This backup was cut short, or its end is damaged. Take another copy."
            ) from None

    def _let_go(self) -> None:
        with suppress(OSError):
            self._in.close()


def _identities_for(file: BinaryIO, identity: Path | None) -> tuple[list[Any], bytes]:
    """Return the keys that may open a file, and what of its stream was read. BackupRefused."""
    start = file.read(len(_KEY_LINE))
    if start.startswith(_AGE[: len(start)]) and len(start) == len(_KEY_LINE):
        if identity is None:
            raise BackupRefused(
                "This backup was encrypted to a key: name the file of its private half with "
                "--identity."
            )
        return _identities_in(identity), start
    if start != _KEY_LINE:
        raise BackupRefused(NOT_A_BACKUP)
    line = file.readline(_LONGEST_LINE)
    passphrase = _passphrase()
    if not passphrase:
        raise BackupRefused(
            "This backup opens with a passphrase: set BACKUP_PASSPHRASE or BACKUP_PASSPHRASE_FILE."
        )
    try:
        locked = base64.b64decode(line.rstrip(b"\n"), validate=True)
        key = unlock(locked, checked_passphrase(passphrase))
        return [pyrage.x25519.Identity.from_str(key.decode())], b""
    except (binascii.Error, pyrage.IdentityError, UnicodeDecodeError):
        raise BackupRefused(
            "This backup is damaged: its key can't be read. Take another copy."
        ) from None


def _identities_in(path: Path) -> list[Any]:
    """Read the private keys of a file as age-keygen writes it. Raises BackupRefused."""
    try:
        lines = [line.strip() for line in path.read_text().splitlines()]
        keys = [
            pyrage.x25519.Identity.from_str(line)
            for line in lines
            if line and not line.startswith("#")
        ]
    except (OSError, UnicodeDecodeError, pyrage.IdentityError):
        keys = []
    if not keys:
        raise BackupRefused(f"There is no private key of age to be read here: {path}.")
    return keys
