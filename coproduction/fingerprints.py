"""Fingerprints: short texts by which two things can be told apart without keeping either.

Many are kept in the database, in editions and in addresses: the same thing has to give the same
fingerprint in every release. Secrets (receipts, invitations) are not made here but at random.
"""

import hashlib
import hmac
import json
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings


def fingerprint(content: Any, *, length: int = 64) -> str:
    """Return the SHA-256 of something, in hexadecimal, cut to a length.

    Of a text or of bytes as they are; of anything else as JSON, in which what JSON does not know
    (a uuid, a translated label) stands as its ``str``.
    """
    if not isinstance(content, str | bytes):
        content = json.dumps(content, default=str)
    running = RunningFingerprint()
    running.add(content)
    return running.value[:length]


def secret_fingerprint(text: str, *, length: int = 64) -> str:
    """Return a fingerprint that nobody without this installation's key can make or try out."""
    key = settings.SECRET_KEY.encode()
    return hmac.new(key, text.encode(), "sha256").hexdigest()[:length]


def keyed_fingerprint(content: bytes, *, key: bytes) -> bytes:
    """Return the HMAC of something with a key of the caller's own, as another format has it."""
    return hmac.digest(key, content, "sha256")


@dataclass(frozen=True)
class RunningFingerprint:
    """A fingerprint of what is read a piece at a time, for other reasons too."""

    _digest: Any = field(default_factory=hashlib.sha256)

    def add(self, piece: str | bytes) -> None:
        """Take in the next piece."""
        self._digest.update(piece.encode() if isinstance(piece, str) else piece)

    @property
    def value(self) -> str:
        """The fingerprint of all pieces so far."""
        return self._digest.hexdigest()
