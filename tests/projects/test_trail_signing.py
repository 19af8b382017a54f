"""The keys of the trail: made once, kept outside the database, replaced, and lost."""

import shutil
import stat
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from coproduction.projects.audit import recorded
from coproduction.projects.models import AuditHead, Project, User
from coproduction.projects.trail.signing import (
    is_signed,
    key_in_force,
    public_keys,
    replace_key,
    signature_of,
)
from coproduction.projects.trail.verification import verify


@pytest.fixture(autouse=True)
def keys(settings: Any, tmp_path: Path) -> Path:
    """A folder of keys for this test."""
    settings.TRAIL_KEYS = str(tmp_path / "keys")
    return tmp_path / "keys"


def change(project: Project, by: User) -> None:
    """Make one change."""
    with recorded(project=project, by=by) as ledger:
        ledger.record("test.changed", subject=project)


def test_a_key_is_made_once_and_only_its_owner_reads_it(keys: Path) -> None:
    first, second = signature_of("one"), signature_of("two")
    assert first.key == second.key == public_keys()[0].key
    assert len(public_keys()) == 1
    assert stat.S_IMODE((keys / "signing-key").stat().st_mode) == 0o600
    assert stat.S_IMODE(keys.stat().st_mode) == 0o700
    assert sorted(path.name for path in keys.iterdir()) == ["public-keys", "signing-key"]


def test_a_signature_is_of_one_text_and_one_key() -> None:
    signed = signature_of("entry 12")
    assert is_signed("entry 12", key=signed.key, signature=signed.signature)
    assert not is_signed("entry 13", key=signed.key, signature=signed.signature)
    # The very last sixteenth of it, whatever that was.
    other = "0" if signed.signature[-1] != "0" else "1"
    assert not is_signed("entry 12", key=signed.key, signature=signed.signature[:-1] + other)
    assert not is_signed("entry 12", key="no key", signature=signed.signature)
    assert not is_signed("entry 12", key=replace_key().key, signature=signed.signature)


@pytest.mark.django_db
def test_a_key_is_replaced_and_the_old_one_stays_on_file(
    project: Project, coordinator: User
) -> None:
    change(project, coordinator)
    before = AuditHead.objects.get(project=project)
    with recorded(project=project, by=coordinator) as ledger:
        ledger.give_out_head()
    told = StringIO()
    call_command("replace_trail_key", stdout=told)
    assert public_keys()[1].key in told.getvalue()
    change(project, coordinator)
    after = AuditHead.objects.get(project=project)
    assert [before.key, after.key] == [each.key for each in public_keys()]
    assert verify(project).faults == ()
    assert verify(project).heads == 1


@pytest.mark.django_db
def test_checking_makes_no_key_where_all_of_them_are_lost(
    project: Project, coordinator: User, keys: Path
) -> None:
    change(project, coordinator)
    assert verify(project).faults == ()
    shutil.rmtree(keys)
    (fault,) = verify(project).faults
    assert fault.startswith("the keys are gone, and the chain was signed")
    assert not keys.exists()


@pytest.mark.django_db
def test_losing_the_key_ends_signing_and_not_checking(
    project: Project, coordinator: User, keys: Path
) -> None:
    change(project, coordinator)
    with recorded(project=project, by=coordinator) as ledger:
        ledger.give_out_head()
    (keys / "signing-key").unlink()
    assert key_in_force() == ""
    change(project, coordinator)
    assert AuditHead.objects.get(project=project).signature == ""
    verdict = verify(project)
    number = AuditHead.objects.get(project=project).number
    assert verdict.faults == (
        "the key to sign with is gone, or can't be read: nothing is signed any more",
        f"the end of the chain, at entry {number}, is not signed",
    )
    # All the rest is checked as before.
    assert (verdict.heads, verdict.entries) == (1, number)
    # None is made by itself: that would hide the loss.
    assert len(public_keys()) == 1
    with pytest.raises(CommandError, match="is gone"):
        call_command("verify_audit", project.slug, stderr=StringIO())
    call_command("replace_trail_key", stdout=StringIO())
    assert verify(project).faults == ()


@pytest.mark.django_db
def test_a_new_key_signs_every_end_and_the_old_one_none_after_it(
    project: Project, coordinator: User
) -> None:
    change(project, coordinator)
    before = AuditHead.objects.get(project=project)
    call_command("replace_trail_key", stdout=StringIO())
    after = AuditHead.objects.get(project=project)
    assert (after.number, after.key) == (before.number, public_keys()[1].key)
    assert verify(project).faults == ()
    # Somebody who has the old key puts its signature back, or one of their own making.
    heads = AuditHead.objects.filter(project=project)
    heads.update(key=before.key, signature=before.signature)
    assert "is signed with another key" in str(verify(project).faults)


@pytest.mark.django_db
def test_an_end_that_is_not_as_it_was_left_is_signed_by_nobody_unasked(
    project: Project, coordinator: User
) -> None:
    change(project, coordinator)
    AuditHead.objects.filter(project=project).update(signature="0" * 128)
    # Neither by the next change, which would vouch for all before it,
    change(project, coordinator)
    assert AuditHead.objects.get(project=project).signature == ""
    assert "is not signed" in str(verify(project).faults)
    AuditHead.objects.filter(project=project).update(signature="0" * 128)
    # nor with a new key, unless somebody says so.
    told = StringIO()
    call_command("replace_trail_key", stdout=StringIO(), stderr=told)
    assert "bryn: the end of its trail is not as it was left" in told.getvalue()
    assert "does not bear its signature" in str(verify(project).faults)
    call_command("replace_trail_key", "--as-they-stand", stdout=StringIO())
    assert verify(project).faults == ()


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["public-keys", "signing-key"])
def test_a_key_that_cannot_be_read_holds_up_nothing_and_is_named(
    project: Project, coordinator: User, client: Client, keys: Path, name: str, caplog: Any
) -> None:
    change(project, coordinator)
    (keys / name).unlink()
    # Nobody can read a folder as a file, whoever runs the tests.
    (keys / name).mkdir()
    change(project, coordinator)
    assert client.get("/bryn/trail/").status_code == 200
    assert client.get("/bryn/trail/keys.json").status_code == 200
    assert "can't be read" in str(verify(project).faults)
    # Once, however many changes there are.
    troubles = [each.getMessage() for each in caplog.records if each.levelname == "ERROR"]
    assert len(troubles) == len(set(troubles)) >= 1
    (keys / "signing-key").unlink() if name == "public-keys" else None
    change(project, coordinator)
    assert AuditHead.objects.get(project=project).signature == ""
    assert "is not signed" in str(verify(project).faults)


@pytest.mark.django_db
def test_a_folder_that_cannot_be_written_holds_up_no_change(
    project: Project, coordinator: User, settings: Any, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("in the way")
    settings.TRAIL_KEYS = str(tmp_path / "file" / "keys")
    change(project, coordinator)
    assert AuditHead.objects.get(project=project).signature == ""
