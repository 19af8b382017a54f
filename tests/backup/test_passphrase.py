"""What is locked with a passphrase: any age program opens it, nobody without the words does."""

import re

import pyrage
import pytest

from coproduction.backup.passphrase import checked_passphrase, lock, unlock
from coproduction.backup.refusing import BackupRefused

WORDS = "afon bara cwm draig eira"


def test_another_program_of_the_format_opens_it_and_the_work_is_what_it_says() -> None:
    locked = lock(b"a short secret", WORDS)
    assert pyrage.passphrase.decrypt(locked, WORDS) == b"a short secret"
    assert re.match(rb"age-encryption\.org/v1\n-> scrypt \S{22} 17\n\S{43}\n--- \S{43}\n", locked)


def test_it_opens_with_the_same_words_alone() -> None:
    locked = lock(b"a short secret", WORDS)
    assert unlock(locked, WORDS) == b"a short secret"
    with pytest.raises(BackupRefused, match=r"^This passphrase does not open the backup\.$"):
        unlock(locked, "afon bara cwm draig eire")


def test_the_same_secret_is_never_locked_the_same_twice() -> None:
    assert lock(b"a short secret", WORDS) != lock(b"a short secret", WORDS)


@pytest.mark.parametrize(
    "locked",
    [
        b"",
        b"nothing of age",
        # One that asks for 16 gigabytes of memory is not even tried.
        b"age-encryption.org/v1\n-> scrypt AAAAAAAAAAAAAAAAAAAAAA 24\n",
    ],
)
def test_what_was_not_locked_here_is_refused_before_any_work(locked: bytes) -> None:
    with pytest.raises(BackupRefused, match="its key can't be read"):
        unlock(locked, WORDS)


def test_words_are_the_same_however_their_accents_were_typed() -> None:
    assert checked_passphrase(" tŷ ar y bryn uchel\n") == checked_passphrase(
        "ty\N{COMBINING CIRCUMFLEX ACCENT} ar y bryn uchel"
    )


def test_a_short_one_is_refused() -> None:
    with pytest.raises(BackupRefused, match="too short"):
        checked_passphrase("fifteen letters")
