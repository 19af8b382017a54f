"""The keys that heads of the trail are signed with: files outside the database (TRAIL_KEYS).

``signing-key`` is the private one, readable by its owner; ``public-keys`` names every public key
there was, the last is in force. Without the first nothing is signed any more, and checking says so;
without the second nobody here can tell whose a signature is. Neither ever holds up a change or a
page: what is wrong with them is logged once.
"""

import fcntl
import logging
import os
import secrets
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from django.conf import settings
from django.utils import timezone

logger = logging.getLogger(__name__)


class KeysUnreadable(Exception):
    """The public keys are there, and can't be read."""


@dataclass(frozen=True)
class PublicKey:
    """A key that heads were signed with, and from which day."""

    key: str
    begun: str


@dataclass(frozen=True)
class Signature:
    """What says that a head is ours: the signature, and the public key to check it with."""

    key: str = ""
    signature: str = ""


def signature_of(text: str) -> Signature:
    """Sign a text; an empty signature where the key is lost or was never to be made here."""
    key = _signing_key()
    if key is None:
        return Signature()
    public = key.public_key().public_bytes_raw().hex()
    return Signature(key=public, signature=key.sign(text.encode()).hex())


def is_signed(text: str, *, key: str, signature: str) -> bool:
    """Whether a signature of a text was made with the private half of a key."""
    try:
        public = Ed25519PublicKey.from_public_bytes(bytes.fromhex(key))
        public.verify(bytes.fromhex(signature), text.encode())
    except (InvalidSignature, ValueError):
        return False
    return True


def public_keys() -> list[PublicKey]:
    """Return every key on file, the first first; none where they can't be read."""
    try:
        return keys_on_file()
    except KeysUnreadable as trouble:
        _log_once(str(trouble))
        return []


def keys_on_file() -> list[PublicKey]:
    """Return every key on file, the first first. Raises KeysUnreadable."""
    try:
        lines = (_folder() / "public-keys").read_text().splitlines()
    except FileNotFoundError:
        return []
    except (OSError, ValueError) as trouble:
        raise KeysUnreadable(f"the public keys of the trail can't be read: {trouble}") from trouble
    found = (line.split() for line in lines if line.strip())
    return [PublicKey(parts[0], parts[1] if len(parts) > 1 else "") for parts in found]


def key_in_force() -> str:
    """Return the public half of the key that is signed with; empty where there is none.

    None is made: whoever only looks must not hide that all of them are lost.
    """
    try:
        key = _key_on_file()
    except (OSError, ValueError):
        return ""
    return key.public_key().public_bytes_raw().hex()


def replace_key() -> PublicKey:
    """Make a new key and sign with it from now on; the public half of the old one stays on file.

    The ends of the chains have to be signed with it then: see ``sign_ends``.
    """
    return _make_key()


def _folder() -> Path:
    """Return where the keys are."""
    return Path(settings.TRAIL_KEYS)


def _signing_key() -> Ed25519PrivateKey | None:
    """Read the private key; make one where there never was any. None where it is lost."""
    try:
        try:
            return _key_on_file()
        except FileNotFoundError:
            with suppress(FileExistsError):
                _make_key(only_first=True)
            return _key_on_file()
    except (OSError, ValueError) as trouble:
        _log_once(f"The trail is not signed, since there is no key to sign with: {trouble}")
        return None


def _key_on_file() -> Ed25519PrivateKey:
    """Read the private key. Raises OSError or ValueError."""
    path = _folder() / "signing-key"
    return _read_key(path, path.stat().st_mtime_ns)


@lru_cache(maxsize=20)
def _log_once(trouble: str) -> None:
    """Log what is wrong with the keys, once in each process: it is met with each entry."""
    logger.error(trouble)


@lru_cache(maxsize=2)
def _read_key(path: Path, _written_at: int) -> Ed25519PrivateKey:
    """Read a key once, and again when its file was replaced."""
    return Ed25519PrivateKey.from_private_bytes(bytes.fromhex(path.read_text().strip()))


def _make_key(*, only_first: bool = False) -> PublicKey:
    """Make a key and put it on file; of two processes that begin at once, one makes the first.

    Its public half is on file before it is in force. Raises FileExistsError where there was a first
    one already: if that is gone, a new one by itself would hide it.
    """
    folder = _folder()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with (folder / "public-keys").open("a+") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        file.seek(0)
        before = file.read()
        if only_first and before.strip():
            raise FileExistsError("there was a key already")
        made = Ed25519PrivateKey.generate()
        half = made.public_key().public_bytes_raw().hex()
        public = PublicKey(half, timezone.localdate().isoformat())
        # Written aside, then put in place whole: nobody may read it half written.
        aside = folder / f"signing-key.{os.getpid()}.{secrets.token_hex(4)}"
        try:
            with os.fdopen(os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as key:
                key.write(made.private_bytes_raw().hex())
            file.write(f"{public.key} {public.begun}\n")
            file.flush()
            os.fsync(file.fileno())
            aside.replace(folder / "signing-key")
        finally:
            aside.unlink(missing_ok=True)
    return public
