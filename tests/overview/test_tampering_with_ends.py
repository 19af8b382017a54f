"""Whoever forges the ends of a chain, or its form, with the database at hand, is found out."""

import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.db import models

from coproduction.projects.audit import recorded
from coproduction.projects.models import AuditEntry, AuditHead, Project, TrailHead, User
from coproduction.projects.trail.chaining import (
    digest_of,
    head_to_sign,
    name_of_chain,
    new_salt,
)
from coproduction.projects.trail.signing import signature_of
from coproduction.projects.trail.verification import verify
from plan.models import Edition
from steering.models import Response
from tests.overview.tampering import Forger, make_decided

pytestmark = pytest.mark.django_db


@pytest.fixture
def forger(
    project: Project, files: Any, django_capture_on_commit_callbacks: Callable[..., Any]
) -> Forger:
    """A forger in a project where everything was decided, and what is kept beside the keys is."""
    with django_capture_on_commit_callbacks(execute=True):
        make_decided(project)
    assert verify(project).faults == ()
    return Forger(project)


@pytest.fixture
def unnoted_forger(project: Project, files: Any) -> Forger:
    """A forger in a project of which nothing is kept beside the keys."""
    make_decided(project)
    assert verify(project).faults == ()
    return Forger(project)


def entries_of(project: Project) -> list[AuditEntry]:
    """Return the whole chain."""
    rows = AuditEntry.objects.filter(project=project).select_related("by", "given_pass")
    return list(rows.order_by("number"))


def change_answer(project: Project) -> Response:
    """Change an answer behind the services."""
    row = Response.objects.filter(round__project=project).earliest("pk")
    other = "block" if row.answer != "block" else "agree"
    Response.objects.filter(pk=row.pk).update(answer=other)
    return Response.rows_to_attest().get(pk=row.pk)


def write_anew(project: Project, *, old: Callable[[AuditEntry], bool], signed: bool) -> None:
    """Write a chain that fits what stands in the answers, with some entries in the old form."""
    chain, previous = name_of_chain(project), ""
    row = change_answer(project) if not signed else None
    for entry in entries_of(project):
        if row is not None and row.name_in_trail in entry.digests:
            entry.digests[row.name_in_trail] = row.digest(entry.digests_salt)
        if old(entry):
            entry.form, entry.salt = 1, ""
        entry.previous = previous
        entry.digest = previous = digest_of(entry, chain)
        fields = ("form", "salt", "previous", "digest", "digests")
        AuditEntry.objects.filter(pk=entry.pk).update(
            **{name: getattr(entry, name) for name in fields}
        )
        for kind in (TrailHead, AuditHead):
            sign = signature_of(head_to_sign(chain, entry.number, previous)) if signed else None
            kind.objects.filter(project=project, number=entry.number).update(
                digest=previous,
                key=sign.key if sign else "",
                signature=sign.signature if sign else "",
            )


def test_no_form_of_entries_makes_an_unsigned_chain_pass(unnoted_forger: Forger) -> None:
    project = unnoted_forger.project
    last = AuditHead.objects.get(project=project).number
    forms: dict[str, Callable[[AuditEntry], bool]] = {
        "all": lambda _entry: True,
        "last": lambda entry: entry.number == last,
        "none": lambda _entry: False,
    }
    for name, old in forms.items():
        unnoted_forger.try_out(
            name,
            lambda old=old: write_anew(project, old=old, signed=False),
            f"the end of the chain, at entry {last}, is not signed",
            "the head given out at entry",
            *(["is of an older form than the one before it"] if name == "last" else []),
        )
    assert unnoted_forger.tried == {"all": 1, "last": 1, "none": 1}


def test_one_head_without_its_signature_is_named(forger: Forger) -> None:
    heads = TrailHead.objects.filter(project=forger.project)
    for head in heads:
        forger.try_out(
            "emptied",
            lambda pk=head.pk: heads.filter(pk=pk).update(key="", signature=""),
            f"the head given out at entry {head.number} is not signed",
        )
    assert forger.tried == {"emptied": 4}


def test_an_entry_of_the_first_form_attests_nothing(unnoted_forger: Forger) -> None:
    """Its hash is not made of digests, so that anybody could add some."""
    project = unnoted_forger.project
    first = next(entry for entry in entries_of(project) if not entry.digests)
    write_anew(project, old=lambda entry: entry.number <= first.number, signed=True)
    assert verify(project).faults == ()

    def put_in() -> None:
        copy = Response.objects.filter(round__project=project).latest("pk")
        copy.pk, copy.uuid, copy.reason = 0, uuid.uuid4(), "forged"
        copy._state.adding = True
        models.Model.save_base(copy, force_insert=True)
        forged, salt = Response.rows_to_attest().get(uuid=copy.uuid), new_salt()
        AuditEntry.objects.filter(pk=first.pk).update(
            digests={forged.name_in_trail: forged.digest(salt)}, digests_salt=salt
        )

    unnoted_forger.try_out(
        "put in", put_in, f"entry {first.number} was changed", "and no entry tells of it"
    )
    assert unnoted_forger.tried == {"put in": 1}


def cut_back(project: Project, place: int) -> TrailHead:
    """Go back to a head that was given out, with its signature: no key is needed for it."""
    head = TrailHead.objects.filter(project=project).order_by("number")[place]
    TrailHead.objects.filter(project=project, number__gt=head.number).delete()
    rows = AuditEntry.objects.filter(project=project, number__gt=head.number)
    rows._raw_delete(rows.db)
    AuditHead.objects.filter(project=project).update(
        number=head.number, digest=head.digest, key=head.key, signature=head.signature
    )
    return head


def test_a_chain_that_was_cut_back_is_shorter_than_what_is_kept_beside_the_keys(
    forger: Forger,
) -> None:
    project = forger.project
    end = AuditHead.objects.get(project=project).number
    # The last but one: the minutes print theirs in a letter alone.
    head = TrailHead.objects.filter(project=project).order_by("number")[2]
    last = TrailHead.objects.filter(project=project).latest("number")
    forger.try_out(
        "cut back",
        lambda: cut_back(project, 2),
        f"entries after {head.number} were taken out: there were {end}",
        f"the head given out at entry {last.number} was taken out",
    )
    assert forger.tried == {"cut back": 1}


def test_the_next_change_vouches_for_no_chain_that_was_cut_back(
    forger: Forger, coordinator: User, django_capture_on_commit_callbacks: Callable[..., Any]
) -> None:
    project = forger.project
    end = AuditHead.objects.get(project=project).number
    cut_back(project, 2)
    written = 0
    with django_capture_on_commit_callbacks(execute=True):
        while AuditHead.objects.get(project=project).number <= end + 1:
            with recorded(project=project, by=coordinator) as ledger:
                ledger.record("test.changed", subject=project, follow_up=False)
            written += 1
    assert written > 2
    faults = verify(project).faults
    assert f"entry {end} is not the one that there was: entries were written anew" in faults
    assert any("is not signed" in fault for fault in faults)


def test_heads_that_were_given_out_and_are_gone_are_named(forger: Forger) -> None:
    heads = TrailHead.objects.filter(project=forger.project)
    printed = Edition.objects.exclude(head=None).earliest("number")
    named = [f"the head given out at entry {head.number} was taken out" for head in heads]
    assert len(named) == 4
    forger.try_out(
        "all",
        lambda: heads._raw_delete(heads.db),
        *named,
        f"the head that edition {printed.uuid} prints was taken out",
    )
    for each in heads:
        gone = heads.filter(pk=each.pk)
        forger.try_out(
            "one",
            lambda gone=gone: gone._raw_delete(gone.db),
            f"the head given out at entry {each.number} was taken out",
        )
    assert forger.tried == {"all": 1, "one": 4}
