"""The encrypted stream: it comes back whole, or with one plain sentence of why not."""

import io
import os
from pathlib import Path

import pyrage
import pytest

from coproduction.backup.refusing import BackupRefused
from coproduction.backup.sealing import Opening, RecipientLock, Sealing, lock_of_environment

WORDS = "afon bara cwm draig eira"
# Some pieces of the stream and a part of one.
CONTENT = os.urandom(300_000)


@pytest.fixture(autouse=True)
def _nothing_set(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("BACKUP_PASSPHRASE", "BACKUP_PASSPHRASE_FILE", "BACKUP_RECIPIENT"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def identity(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A key as age-keygen writes it, with its public half set."""
    key = pyrage.x25519.Identity.generate()
    monkeypatch.setenv("BACKUP_RECIPIENT", str(key.to_public()))
    path = tmp_path / "key.txt"
    path.write_text(f"# created: 2026\n# public key: {key.to_public()}\n{key}\n")
    return path


def sealed(path: Path, content: bytes = CONTENT) -> Path:
    """Write a file as the environment says."""
    with path.open("wb") as file, Sealing(file, lock_of_environment()) as plain:
        plain.write(content)
    return path


def opened(path: Path, identity: Path | None = None) -> bytes:
    """Read a file to its end."""
    with Opening(path, identity) as plain:
        return plain.read()


def test_what_is_sealed_to_a_key_is_an_age_file(tmp_path: Path, identity: Path) -> None:
    path = sealed(tmp_path / "it")
    key = pyrage.x25519.Identity.from_str(identity.read_text().splitlines()[2])
    assert pyrage.decrypt(path.read_bytes(), [key]) == CONTENT
    assert opened(path, identity) == CONTENT


def test_to_several_keys_each_of_them_opens(
    tmp_path: Path, identity: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = pyrage.x25519.Identity.generate()
    monkeypatch.setenv("BACKUP_RECIPIENT", f"{os.environ['BACKUP_RECIPIENT']} {other.to_public()}")
    path = sealed(tmp_path / "it")
    (tmp_path / "other.txt").write_text(str(other))
    assert opened(path, identity) == opened(path, tmp_path / "other.txt") == CONTENT


def test_a_passphrase_opens_what_it_sealed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BACKUP_PASSPHRASE", WORDS)
    path = sealed(tmp_path / "it")
    assert opened(path) == CONTENT
    monkeypatch.setenv("BACKUP_PASSPHRASE", "some other words altogether")
    with pytest.raises(BackupRefused, match="This passphrase does not open the backup"):
        opened(path)
    monkeypatch.delenv("BACKUP_PASSPHRASE")
    with pytest.raises(BackupRefused, match="opens with a passphrase"):
        opened(path)
    (tmp_path / "words").write_text(f"{WORDS}\n")
    monkeypatch.setenv("BACKUP_PASSPHRASE_FILE", str(tmp_path / "words"))
    assert opened(path) == CONTENT
    first, _, rest = path.read_bytes().partition(b"\n")
    path.write_bytes(first[:60] + b"\n" + rest)
    with pytest.raises(BackupRefused, match="its key can't be read"):
        opened(path)


def test_another_key_or_none_is_refused(tmp_path: Path, identity: Path) -> None:
    path = sealed(tmp_path / "it")
    with pytest.raises(BackupRefused, match="name the file of its private half"):
        opened(path)
    (tmp_path / "other.txt").write_text(str(pyrage.x25519.Identity.generate()))
    with pytest.raises(BackupRefused, match="This key does not open the backup"):
        opened(path, tmp_path / "other.txt")
    for wrong in (tmp_path / "nowhere", path):
        with pytest.raises(BackupRefused, match="no private key of age to be read"):
            opened(path, wrong)


@pytest.mark.parametrize("at", [0.02, 0.3, 0.5, 0.7])
def test_one_changed_byte_is_noticed(tmp_path: Path, identity: Path, at: float) -> None:
    path = sealed(tmp_path / "it")
    raw = bytearray(path.read_bytes())
    raw[int(len(raw) * at)] ^= 1
    path.write_bytes(raw)
    with pytest.raises(BackupRefused, match=r"This backup is damaged: .* Take another copy\.$"):
        opened(path, identity)


@pytest.mark.parametrize("left", [0.3, 0.7, 0.9999])
def test_a_file_cut_short_is_noticed(tmp_path: Path, identity: Path, left: float) -> None:
    path = sealed(tmp_path / "it")
    path.write_bytes(path.read_bytes()[: int(path.stat().st_size * left)])
    with pytest.raises(BackupRefused, match=r"^This backup was cut short, or its end is damaged"):
        opened(path, identity)


def test_what_stands_after_its_end_is_noticed(tmp_path: Path, identity: Path) -> None:
    path = sealed(tmp_path / "it")
    with path.open("ab") as file:
        file.write(b"more")
    with pytest.raises(BackupRefused):
        opened(path, identity)


@pytest.mark.parametrize(
    "junk",
    [b"", b"age", b"PK\x03\x04 a zip", b"x" * 100, b"age-encryption.org/v1\n", b"coproduction-"],
)
def test_what_is_no_backup_is_refused(tmp_path: Path, identity: Path, junk: bytes) -> None:
    path = tmp_path / "junk"
    path.write_bytes(junk)
    with pytest.raises(BackupRefused, match=r"^This is not a backup\.$"):
        opened(path, identity)
    with pytest.raises(BackupRefused, match="no file to read here"):
        opened(tmp_path / "nothing", identity)


def test_nothing_is_written_unencrypted_nor_with_two_ways_to_open(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    with pytest.raises(BackupRefused, match="never written unencrypted"):
        lock_of_environment()
    monkeypatch.setenv("BACKUP_RECIPIENT", "age1nothing")
    with pytest.raises(BackupRefused, match="it begins with age1"):
        lock_of_environment()
    monkeypatch.setenv("BACKUP_PASSPHRASE", WORDS)
    with pytest.raises(BackupRefused, match="not both"):
        lock_of_environment()
    monkeypatch.setenv("BACKUP_PASSPHRASE_FILE", str(tmp_path / "words"))
    with pytest.raises(BackupRefused, match="can't be read: Set BACKUP_PASSPHRASE or"):
        lock_of_environment()


class Full(io.RawIOBase):
    """A disk that is full after so many bytes."""

    def writable(self) -> bool:
        return True

    def write(self, piece: object) -> int:
        raise OSError(28, "No space left on device")


def test_a_disk_that_is_full_is_told_as_the_system_told_it(identity: Path) -> None:
    lock = RecipientLock(os.environ["BACKUP_RECIPIENT"])
    with pytest.raises(OSError, match="No space left") as told, Sealing(Full(), lock) as plain:
        for _turn in range(100):
            plain.write(CONTENT)
    assert told.value.errno == 28


def test_a_reader_that_gives_up_is_not_waited_for(tmp_path: Path, identity: Path) -> None:
    path = sealed(tmp_path / "it", CONTENT * 20)
    with pytest.raises(ValueError, match="enough"), Opening(path, identity) as plain:
        plain.read(10)
        raise ValueError("enough")
