"""Fingerprints stay what they were: many are kept in the database."""

import hashlib
from uuid import UUID

from django.test import override_settings

from coproduction.fingerprints import RunningFingerprint, fingerprint, secret_fingerprint

WORDS = "Trwsio'r siglenni ŵ"


def test_a_text_and_its_bytes_have_the_same() -> None:
    assert fingerprint(WORDS) == hashlib.sha256(WORDS.encode()).hexdigest()
    assert fingerprint(WORDS.encode()) == fingerprint(WORDS)
    assert fingerprint(WORDS, length=16) == fingerprint(WORDS)[:16]


def test_anything_else_has_that_of_its_json() -> None:
    uuid = UUID(int=7)
    said = [uuid, "ŵ", 3, None, {"a": [True]}]
    told = f'["{uuid}", "\\u0175", 3, null, {{"a": [true]}}]'
    assert fingerprint(said) == fingerprint(told)
    assert fingerprint(tuple(said)) == fingerprint(said)
    assert fingerprint(said) != fingerprint([*said, None])


def test_what_comes_in_pieces_has_the_same_as_the_whole() -> None:
    running = RunningFingerprint()
    for piece in (WORDS[:4], WORDS[4:9].encode(), WORDS[9:]):
        running.add(piece)
    assert running.value == fingerprint(WORDS)


def test_a_secret_one_needs_the_installations_key() -> None:
    here = secret_fingerprint("192.0.2.1", length=32)
    assert (len(here), here) == (32, secret_fingerprint("192.0.2.1")[:32])
    with override_settings(SECRET_KEY="another"):
        assert secret_fingerprint("192.0.2.1", length=32) != here
