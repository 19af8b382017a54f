"""Whoever forges what was decided, with the whole database at hand, is found out; it is counted."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.core.files.base import ContentFile
from django.db import models

from coproduction.projects.models import Attested, AuditEntry, AuditHead, Project, TrailHead
from coproduction.projects.trail.verification import attested_models, verify
from plan.models import CitedComment, Edition, Rendering
from steering.models import Decision
from tests.overview.tampering import Forger, make_decided, other_value

pytestmark = pytest.mark.django_db


@pytest.fixture
def forger(project: Project, files: Any) -> Forger:
    """A forger in a project where everything was decided that the trail attests."""
    make_decided(project)
    verdict = verify(project)
    assert verdict.faults == ()
    assert verdict.rows > 40
    assert verdict.files == 6
    # Two editions, two sealed meetings.
    assert verdict.heads == 4
    return Forger(project)


def update(row: models.Model, **values: Any) -> Callable[[], Any]:
    """Return what changes a row behind the services."""
    return lambda: type(row)._base_manager.filter(pk=row.pk).update(**values)


def test_every_column_of_every_row_counts(forger: Forger, say: Callable[[str], None]) -> None:
    kinds = 0
    for model, rows in forger.rows():
        assert len(rows) >= 2, model
        kinds += 1
        for name in model.attested[-1]:
            row = rows[0]
            if model._meta.get_field(name).many_to_many:
                forge = _set_many(row, name)
            elif (other := other_value(row, name)) is not None:
                forge = update(row, **{name: other})
            else:
                continue
            words = f"{row._meta.verbose_name} {row.name_in_trail.partition(':')[2]}"
            # Under another name it is one deleted and one put in.
            forger.try_out(f"{model.__name__} changed", forge, words)
    assert kinds == len(attested_models()) == 12
    say(f"changed: {forger.tried}, refused by the database: {forger.refused}")
    assert sum(forger.tried.values()) > 80


def _set_many(row: Attested, name: str) -> Callable[[], Any]:
    """Return what puts one more, or one less, into a set of rows."""

    def forge() -> None:
        there = getattr(row, name)
        first = there.first()
        if first is not None:
            there.remove(first)
        else:
            there.add(there.model._base_manager.first())

    return forge


def test_rows_put_in_taken_out_and_exchanged_are_named(
    forger: Forger, say: Callable[[str], None]
) -> None:
    for model, rows in forger.rows():
        first, last = rows[0], rows[-1]
        kind, name = model.__name__, f"{first._meta.verbose_name} "
        named = name + first.name_in_trail.partition(":")[2]
        forger.try_out(f"{kind} deleted", _deleted(first), f"{named} was deleted")
        forger.try_out(f"{kind} inserted", _copied(last), "and no entry tells of it")
        forger.try_out(f"{kind} exchanged", _exchanged(first, last), name)
    say(f"in, out, exchanged: {forger.tried}, refused by the database: {forger.refused}")
    for what in ("deleted", "inserted", "exchanged"):
        tried = {kind for kind in forger.tried if kind.endswith(what)}
        assert len(tried) == 12, (what, tried, forger.refused)


def _deleted(row: models.Model) -> Callable[[], Any]:
    """Return what takes a row out, whatever points to it."""

    def forge() -> None:
        rows = type(row)._base_manager.filter(pk=row.pk)
        rows._raw_delete(rows.db)

    return forge


def _copied(row: models.Model) -> Callable[[], Any]:
    """Return what puts in another row like one, differing where the database demands it."""

    def forge() -> None:
        kind = type(row)
        copy = kind._base_manager.get(pk=row.pk)
        copy.pk = None
        for field in kind._meta.concrete_fields:
            if field.name == "uuid":
                copy.uuid = field.get_default()
            elif field.one_to_one:
                used = kind._base_manager.values(field.attname)
                free = field.related_model._base_manager.exclude(pk__in=used)
                setattr(copy, field.name, free.first())
            elif field.name in {"number", "committed_on"}:
                step = 50 if field.name == "number" else timedelta(days=1)
                setattr(copy, field.name, getattr(copy, field.name) + step)
            elif field.name == "wording" and kind.__name__ == "Commitment":
                copy.wording = field.related_model._base_manager.exclude(
                    pk__in=kind._base_manager.values("wording")
                ).first()
            elif field.name == "words_uuid":
                copy.words_uuid = None
        kind._base_manager.bulk_create([copy])

    return forge


def _exchanged(one: models.Model, other: models.Model) -> Callable[[], Any]:
    """Return what puts two rows in each other's place."""

    def forge() -> None:
        rows = type(one)._base_manager
        rows.filter(pk=one.pk).update(id=10**6)
        rows.filter(pk=other.pk).update(id=one.pk)
        rows.filter(pk=10**6).update(id=other.pk)

    return forge


def test_what_an_edition_rested_on_counts(forger: Forger) -> None:
    edition = Edition.objects.order_by("number").first()
    assert edition is not None
    cited = CitedComment.objects.filter(edition=edition)
    assert cited.count() >= 1
    forger.try_out("cited", cited.delete, f"edition {edition.uuid} was changed")
    forger.try_out("head", update(edition, head=None), f"edition {edition.uuid} prints no head")
    later = TrailHead.objects.latest("number")
    forger.try_out("head", update(edition, head=later), "prints a head that is not its own")
    assert forger.tried == {"cited": 1, "head": 2}


def test_files_changed_exchanged_and_deleted_are_named(
    forger: Forger, say: Callable[[str], None]
) -> None:
    tried = 0
    for _model, rows in forger.rows():
        with_file = [row for row in rows if row.file_to_check is not None]
        if not with_file:
            continue
        first, last = with_file[0].file_to_check, with_file[-1].file_to_check
        assert first is not None
        assert last is not None
        storage = first.storage
        kept = {each.name: storage.open(each.name).read() for each in (first, last)}
        for content, said in (
            (b"forged", "was changed"),
            (kept[last.name], "was changed"),
            (kept[first.name] + b" ", "was changed"),
            (None, "is gone"),
        ):
            storage.delete(first.name)
            if content is not None:
                storage.save(first.name, ContentFile(content))
            faults = verify(forger.project).faults
            name = with_file[0].name_in_trail.partition(":")[2]
            assert [fault for fault in faults if name in fault and said in fault], faults
            tried += 1
        storage.delete(first.name)
        storage.save(first.name, ContentFile(kept[first.name]))
        assert verify(forger.project).faults == ()
    say(f"files: {tried} forged")
    assert tried == 8


ENTRY = ("at", "by", "verb", "subject_kind", "subject_id", "was", "now", "digests", "salt", "form")


def test_entries_changed_deleted_inserted_and_reordered_are_named(
    forger: Forger, say: Callable[[str], None]
) -> None:
    entries = list(AuditEntry.objects.filter(project=forger.project).order_by("number"))
    last = len(entries)
    for place in (1, last // 2, last):
        entry = entries[place - 1]
        for name in (*ENTRY, "previous", "digest"):
            other = 1 if name == "form" else other_value(entry, name)
            if name == "digest":
                other = "0" * 64
            forger.try_out("entry changed", update(entry, **{name: other}), f"entry {place} ")
        forger.try_out("entry deleted", _deleted(entry), "missing" if place < last else "ends at")
        if place < last:
            forger.try_out(
                "entry reordered", _renumbered(entry, entries[place]), f"entry {place} is out of"
            )
            forger.try_out("entry reordered", _renumbered(entry, entries[-1]), f"entry {last} ")
    salted = next(entry for entry in entries if entry.digests)
    forger.try_out("entry's salt", update(salted, digests_salt="0" * 32), "was changed since")
    forger.try_out("entry inserted", _appended(entries[-1]), "the chain ends at")
    forger.try_out("entries deleted", _cut(forger, 3), "the chain ends at")
    say(f"entries: {forger.tried}, refused by the database: {forger.refused}")
    assert sum(forger.tried.values()) > 40


def _renumbered(one: AuditEntry, other: AuditEntry) -> Callable[[], Any]:
    """Return what gives two entries each other's number."""

    def forge() -> None:
        update(one, number=10**6)()
        update(other, number=one.number)()
        update(one, number=other.number)()

    return forge


def _appended(last: AuditEntry) -> Callable[[], Any]:
    """Return what puts another entry at the end."""

    def forge() -> None:
        copy = AuditEntry.objects.get(pk=last.pk)
        copy.pk, copy.number, copy.previous = None, last.number + 1, last.digest
        AuditEntry.objects.bulk_create([copy])

    return forge


def _cut(forger: Forger, count: int) -> Callable[[], Any]:
    """Return what takes the last entries out."""
    number = AuditHead.objects.get(project=forger.project).number - count

    def forge() -> None:
        rows = AuditEntry.objects.filter(project=forger.project, number__gt=number)
        rows._raw_delete(rows.db)

    return forge


def test_a_chain_written_anew_is_found_by_its_signed_heads(
    forger: Forger, say: Callable[[str], None]
) -> None:
    """The forger knows all that the database holds, the salts too, but not the key."""
    decision = Decision.objects.filter(outcome="agreed").first()
    assert decision is not None
    entry = AuditEntry.objects.filter(subject_id=str(decision.uuid)).latest("number")

    def rewrite() -> None:
        update(decision, outcome="not_taken_forward")()
        decided = Decision.rows_to_attest().get(pk=decision.pk)
        entries = list(
            AuditEntry.objects.filter(project=forger.project, number__gte=entry.number)
            .select_related("by", "given_pass")
            .order_by("number")
        )
        entries[0].digests = entries[0].digests | {
            decided.name_in_trail: decided.digest(entry.digests_salt)
        }
        forger.rechain(entries)

    verdict = forger.try_out(
        "old signatures",
        rewrite,
        "the end of the chain, at entry",
        "written anew",
        "the head given out at entry",
    )
    # The rows and the chain agree, so that nothing but the heads tells.
    assert verdict is not None
    assert all("head given out" in fault or "end of the" in fault for fault in verdict.faults)

    heads = TrailHead.objects.filter(project=forger.project)

    def without_signatures() -> None:
        rewrite()
        AuditHead.objects.filter(project=forger.project).update(key="", signature="")
        for head in heads:
            now = AuditEntry.objects.get(project=forger.project, number=head.number)
            heads.filter(pk=head.pk).update(digest=now.digest, key="", signature="")

    forger.try_out("no signatures", without_signatures, "is not signed")

    def with_own_key() -> None:
        rewrite()
        forger.sign_anew(Ed25519PrivateKey.generate())

    forger.try_out("own key", with_own_key, "signed with a key that is not on file")

    def cut_back() -> None:
        """Take the last entries out, and put an old end with its signature back."""
        head = heads.first()
        assert head is not None
        rows = AuditEntry.objects.filter(project=forger.project, number__gt=head.number)
        rows._raw_delete(rows.db)
        AuditHead.objects.filter(project=forger.project).update(
            number=head.number, digest=head.digest, key=head.key, signature=head.signature
        )

    forger.try_out("cut back", cut_back, "and a head of entry", "no entry tells of it")
    say(f"written anew: {forger.tried}")
    assert len(forger.tried) == 4


def test_the_columns_that_count_are_all_but_those_named_here() -> None:
    """A new column has to be decided about: whether it is part of what was decided."""
    apart = {
        # The project is the chain's own; the version counts saves.
        *("id", "project", "version"),
    }
    named = {
        "Edition": {"head"},
        "Rendering": {"job"},
        "ImportBatch": {
            *("mapping", "layout", "rows", "rows_done", "question", "language", "job", "imported"),
            *("skipped", "refused", "finished_at", "file_removed_at"),
        },
    }
    seen = 0
    for model in attested_models():
        fields = {field.name for field in (*model._meta.fields, *model._meta.many_to_many)}
        left = fields - apart - set(model.attested[-1])
        assert left == named.get(model.__name__, set()), model
        seen += 1
    assert seen == 12
    assert Rendering in attested_models()
