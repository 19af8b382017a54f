"""What the trail of a project says of its coming in: it goes on, or that of a copy begins."""

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F

from coproduction.projects.audit import recorded
from coproduction.projects.models import Attested, AuditHead, Project, TrailHead
from coproduction.projects.trail.appending import reached_by
from coproduction.projects.trail.came import CameWith, keep_came_with
from coproduction.projects.trail.chaining import name_of_chain
from coproduction.projects.trail.reached import note_given_out
from coproduction.projects.trail.signing import PublicKey
from coproduction.projects.trail.verification import attested_models, verify
from overview.archive.refusals import ArchiveDamaged
from plan.edition.format import Malformed
from plan.models import Edition
from plan.queries.edition import snapshot_of_edition
from plan.queries.fingerprints import (
    note_fingerprint,
    notes_that_may_be_shown,
    quote_fingerprint,
    quotes_that_may_be_shown,
)
from steering.models import Commitment, Round

# What was put right in records that came in, for them to mean the same here.
ADAPTED = "projects.records_adapted"


def continue_trail(
    project: Project,
    *,
    head: Mapping[str, Any],
    keys: tuple[PublicKey, ...],
    renamed: Mapping[str, str],
) -> None:
    """Go on with the chain that came in: its entries, its heads, and the keys that signed them."""
    chain = name_of_chain(project)
    keep_came_with(chain, CameWith(head["number"], keys))
    end = AuditHead.objects.create(project=project, **head)
    for given in TrailHead.objects.filter(project=project).order_by("number"):
        transaction.on_commit(partial(note_given_out, chain, reached_by(given)))
    with recorded(project=project, by=None) as ledger:
        now = {"entries": end.number, "head": end.digest, "renamed": dict(renamed)}
        ledger.record("projects.project_brought_in", subject=project, now=now)


def faults_of_trail(project: Project, *, without_address: Iterable[int]) -> tuple[str, ...]:
    """Return what is wrong in a trail that came, with the records that it attests.

    A commitment that came without its partner's address is not as it was attested, and is to be.
    """
    rows = Commitment.objects.filter(pk__in=list(without_address))
    expected = tuple(f"{row._meta.verbose_name} {row.uuid} was changed" for row in rows)
    found = verify(project).faults
    return tuple(fault for fault in found if not fault.startswith(expected or ("\0",)))


def note_adapted(
    project: Project, *, evidence: Mapping[int, Any], without_address: Iterable[int]
) -> None:
    """Put right what means something else here, and attest it anew; all else stays as attested."""
    rounds = _put_evidence(evidence)
    without = list(Commitment.objects.filter(pk__in=list(without_address)).order_by("pk"))
    if rounds or without:
        with recorded(project=project, by=None) as ledger:
            now = {"rounds": len(rounds), "commitments": len(without)}
            ledger.record(ADAPTED, subject=project, now=now, attests=[*rounds, *without])


def begin_trail(
    project: Project,
    *,
    origin: UUID,
    evidence: Mapping[int, Any],
    originals: Mapping[UUID, UUID],
) -> None:
    """Begin the trail of a copy: how everything stood when it was made."""
    AuditHead.objects.create(project=project)
    _put_evidence(evidence)
    _put_fingerprints(project, originals)
    rows: list[Attested] = []
    for model in attested_models():
        theirs = model.rows_to_attest().filter(**{model.path_to_project: project})
        rows += [row for row in theirs if row.is_attested]
    with recorded(project=project, by=None) as ledger:
        now = {"copy_of": str(origin), "from_before": len(rows)}
        ledger.record("projects.project_brought_in", subject=project, now=now, attests=rows)


def _put_evidence(evidence: Mapping[int, Any]) -> list[Round]:
    """Keep what rounds rested on by the keys that it has here."""
    for key, said in evidence.items():
        Round.every.filter(pk=key).update(evidence=said, version=F("version"))
    return list(Round.every.filter(pk__in=evidence).order_by("pk"))


def check_editions(project: Project) -> None:
    """Refuse editions that can't be read. Raises ArchiveDamaged."""
    for edition in Edition.objects.of(project):
        try:
            snapshot_of_edition(edition)
        except (Malformed, KeyError, TypeError, ValueError, AttributeError) as wrong:
            raise ArchiveDamaged(f"edition {edition.number} can't be read") from wrong


def _put_fingerprints(project: Project, originals: Mapping[UUID, UUID]) -> None:
    """Have the editions of a copy show what those show that it is a copy of.

    The fingerprints of their words are made with uuids, which are others in a copy. Of words that
    were changed since publication they stay as they are: they go on not being shown.
    """
    for edition in Edition.objects.of(project):
        words = edition.snapshot.get("words", {})
        quotes = quotes_that_may_be_shown(project, words.get("quotes", {}))
        notes = notes_that_may_be_shown(project, words.get("notes", {}))
        _put_new(words.get("quotes", {}), quotes, quote_fingerprint, originals)
        _put_new(words.get("notes", {}), notes, note_fingerprint, originals)
        Edition.objects.filter(pk=edition.pk).update(
            snapshot=edition.snapshot, version=F("version")
        )


def _put_new(
    frozen: dict[str, str],
    rows: Iterable[Any],
    make: Callable[[Any], str],
    originals: Mapping[UUID, UUID],
) -> None:
    """Put the fingerprint of each row by its new name in place of one by its old."""
    for row in rows:
        own = row.uuid
        row.uuid = originals.get(own, own)
        as_it_was = make(row)
        row.uuid = own
        if frozen[str(own)] == as_it_was:
            frozen[str(own)] = make(row)
