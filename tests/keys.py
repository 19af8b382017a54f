"""A key of age in tests: what a backup is encrypted to, and what opens it."""

from dataclasses import dataclass
from pathlib import Path

import pyrage
import pytest


@dataclass(frozen=True)
class BackupKey:
    """``seals`` is the environment that encrypts, ``opens`` the arguments that decrypt."""

    seals: dict[str, str]
    opens: tuple[str, str]


@pytest.fixture
def backup_key(tmp_path: Path) -> BackupKey:
    """Make a key: quicker than a passphrase, which is to take its time."""
    key = pyrage.x25519.Identity.generate()
    path = tmp_path / "key.txt"
    path.write_text(f"{key}\n")
    return BackupKey({"BACKUP_RECIPIENT": str(key.to_public())}, ("--identity", str(path)))
