"""A short secret locked with a passphrase, in age's own format: any age program opens it.

pyrage can lock too, and chooses how hard by what this machine does in a second: up to a gigabyte of
memory, and more than a smaller machine can open again. So how hard is said here.
"""

import base64
import os
import re

import pyrage
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from coproduction.backup.refusing import BackupRefused
from coproduction.fingerprints import keyed_fingerprint
from coproduction.languages.typed_text import clean_typed

# scrypt with 2 to this power: 128 MB of memory for each try, as OWASP asks for.
_WORK = 17
# One that asks for more was not made here, and might take all the memory there is.
_MOST_WORK = 20
_FEWEST_LETTERS = 16
_STANZA = re.compile(r"age-encryption\.org/v1\n-> scrypt [A-Za-z0-9+/]+ (\d{1,2})\n")


def checked_passphrase(given: str) -> str:
    """Return a passphrase in one form, however it was typed. Raises BackupRefused: too short."""
    passphrase = clean_typed(given).strip()
    if len(passphrase) < _FEWEST_LETTERS:
        raise BackupRefused(
            f"The passphrase is too short: take {_FEWEST_LETTERS} letters or more, such as five "
            "words that nobody would guess together."
        )
    return passphrase


def lock(secret: bytes, passphrase: str) -> bytes:
    """Encrypt less than 64 kB with a passphrase, as the format age-encryption.org/v1 has it."""
    file_key, salt, nonce = os.urandom(16), os.urandom(16), os.urandom(16)
    work = Scrypt(b"age-encryption.org/v1/scrypt" + salt, 32, 2**_WORK, 8, 1)
    wrapping = work.derive(passphrase.encode())
    wrapped = ChaCha20Poly1305(wrapping).encrypt(bytes(12), file_key, None)
    stanza = b"-> scrypt %s %d\n%s\n" % (_unpadded(salt), _WORK, _unpadded(wrapped))
    header = b"age-encryption.org/v1\n" + stanza + b"---"
    mac = keyed_fingerprint(header, key=_derived(file_key, b"", b"header"))
    # One chunk, the last: its number is nought, and its last byte says so.
    sealed = ChaCha20Poly1305(_derived(file_key, nonce, b"payload")).encrypt(
        bytes(11) + b"\x01", secret, None
    )
    return header + b" " + _unpadded(mac) + b"\n" + nonce + sealed


def unlock(locked: bytes, passphrase: str) -> bytes:
    """Decrypt what ``lock`` made. Raises BackupRefused: damaged, or another passphrase."""
    found = _STANZA.match(locked.decode("latin-1"))
    if found is None or int(found[1]) > _MOST_WORK:
        raise BackupRefused("This backup is damaged: its key can't be read. Take another copy.")
    try:
        return pyrage.passphrase.decrypt(locked, passphrase)
    except pyrage.DecryptError:
        raise BackupRefused("This passphrase does not open the backup.") from None


def _unpadded(raw: bytes) -> bytes:
    """Write bytes as age does: base64 without signs that only fill."""
    return base64.b64encode(raw).rstrip(b"=")


def _derived(key: bytes, salt: bytes, info: bytes) -> bytes:
    """Derive a key for one use."""
    return HKDF(SHA256(), 32, salt or None, info).derive(key)
