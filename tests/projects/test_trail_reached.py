"""How far a chain came is kept beside the keys, and never in the way of a change."""

from pathlib import Path
from typing import Any

import pytest

from coproduction.projects.audit import recorded
from coproduction.projects.models import AuditEntry, AuditHead, Project, User
from coproduction.projects.trail.appending import record_here
from coproduction.projects.trail.chaining import name_of_chain
from coproduction.projects.trail.reached import (
    Reached,
    end_reached,
    heads_given_out,
    note_end,
    note_given_out,
)
from coproduction.projects.trail.verification import verify


@pytest.fixture(autouse=True)
def ends(settings: Any, tmp_path: Path) -> Path:
    """A folder of ends for this test."""
    settings.TRAIL_KEYS = str(tmp_path / "keys")
    return tmp_path / "keys" / "ends"


def test_an_end_goes_on_and_back_only_when_it_is_signed_again() -> None:
    assert end_reached("chain") is None
    for number in (9, 10, 2):
        note_end("chain", Reached(number, "a" * 64, is_signed=True))
    assert end_reached("chain") == Reached(10, "a" * 64, is_signed=True)
    again = Reached(2, "b" * 64, is_signed=False)
    note_end("chain", again, again=True)
    assert end_reached("chain") == again
    assert end_reached("other") is None


def test_each_head_that_was_given_out_is_kept() -> None:
    heads = [Reached(number, "c" * 64, is_signed=number > 3) for number in (3, 5)]
    for head in heads:
        note_given_out("chain", head)
    assert heads_given_out("chain") == heads


@pytest.mark.django_db(transaction=True)
def test_what_was_committed_is_kept_and_nothing_else(project: Project, coordinator: User) -> None:
    chain = name_of_chain(project)
    with recorded(project=project, by=coordinator) as ledger:
        ledger.record("test.changed", subject=project, follow_up=False)
        given = ledger.give_out_head()
        ledger.record("test.changed", subject=project, follow_up=False)
    end = AuditHead.objects.get(project=project)
    assert end_reached(chain) == Reached(end.number, end.digest, is_signed=True)
    assert heads_given_out(chain) == [Reached(given.number, given.digest, is_signed=True)]
    with (
        pytest.raises(ZeroDivisionError),
        recorded(project=project, by=coordinator) as ledger,
    ):
        ledger.record("test.changed", subject=project, follow_up=False)
        ledger.give_out_head()
        raise ZeroDivisionError
    assert end_reached(chain) == Reached(end.number, end.digest, is_signed=True)
    assert len(heads_given_out(chain)) == 1


@pytest.mark.django_db(transaction=True)
def test_a_chain_that_is_gone_altogether_is_named() -> None:
    for _time in range(2):
        record_here("projects.signed_in", by=None)
    assert verify(None).faults == ()
    entries, heads = AuditEntry.objects.filter(project=None), AuditHead.objects.filter(project=None)
    entries._raw_delete(entries.db)
    heads.delete()
    assert verify(None).faults == ("entries after 0 were taken out: there were 2",)
    # One begun anew is not signed, however long it gets.
    for _time in range(3):
        record_here("projects.signed_in", by=None)
    faults = verify(None).faults
    assert "entry 2 is not the one that there was: entries were written anew" in faults
    assert "the end of the chain, at entry 3, is not signed" in faults


@pytest.mark.django_db(transaction=True)
def test_files_that_cannot_be_read_or_written_hold_up_no_change(
    project: Project, coordinator: User, ends: Path
) -> None:
    chain = name_of_chain(project)
    for name in (chain, f"{chain}.given"):
        (ends / name).mkdir(parents=True)
    before = AuditHead.objects.get(project=project).number
    with recorded(project=project, by=coordinator) as ledger:
        ledger.record("test.changed", subject=project, follow_up=False)
        ledger.give_out_head()
    assert AuditHead.objects.get(project=project).number == before + 1
    assert "how far the chain came can't be read" in str(verify(project).faults)
