"""What a round kept of the evidence that the group had before it, and what became of it since."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import ngettext

from coproduction.fingerprints import secret_fingerprint
from steering.models import Round
from steering.queries.agreement import ActionStatus
from steering.queries.evidence import (
    EvidenceForMembers,
    Piece,
    evidence_for_members,
)
from workshops.models import Evidence


@dataclass(frozen=True)
class EvidenceSince:
    """What became of the evidence that the group had before it in a round."""

    shown: int
    taken_off: int = 0
    added: int = 0
    reworded: int = 0

    @property
    def in_words(self) -> str:
        """Say what became of it, a sentence for each; nothing where all of it stands."""
        counted = [
            (
                self.taken_off,
                ngettext(
                    "%(number)s was taken off since.",
                    "%(number)s were taken off since.",
                    self.taken_off,
                ),
            ),
            (
                self.added,
                ngettext("%(number)s was added since.", "%(number)s were added since.", self.added),
            ),
            (
                self.reworded,
                ngettext(
                    "%(number)s reads differently now.",
                    "%(number)s read differently now.",
                    self.reworded,
                ),
            ),
        ]
        return " ".join(words % {"number": number} for number, words in counted if number)


@dataclass(frozen=True)
class EvidenceOfRound:
    """What the group had before it in a round, and apart from that what is cited since."""

    # Cited still, and not any more: both were before the group.
    cited: EvidenceForMembers
    taken_off: EvidenceForMembers
    added: EvidenceForMembers
    since: EvidenceSince


def evidence_of_round(round: Round) -> EvidenceOfRound:
    """Return what a round rested on when the group was asked, with what became of it since.

    Its words are read afresh, so that what was taken back or redacted since is not shown. A round
    that kept nothing shows what is cited now. Eight queries.
    """
    action = round.wording.action_id
    cited_since = digests_of_evidence([action])[action]
    now = set(cited_since)
    then = now if round.evidence is None else pieces_of(round)
    cited, taken_off, added = evidence_for_members(
        round.project, [then & now, then - now, now - then]
    )
    return EvidenceOfRound(cited, taken_off, added, _since(round, cited_since))


def evidence_behind(
    statuses: Iterable[ActionStatus], cited: Mapping[int, set[Piece]]
) -> dict[int, set[Piece]]:
    """Return what each action's decision rests on, by action; ``cited`` is what each rests on now.

    That is what the group had before it in the round that agreed the action, or turned it down,
    whatever was cited or taken off since. Of an action not decided it is what is cited now.
    """
    found = {}
    for one in statuses:
        found[one.action.pk] = set(cited[one.action.pk])
        if (decided := one.deciding_round) is not None and decided.evidence is not None:
            found[one.action.pk] = pieces_of(decided)
    return found


def pieces_of(round: Round) -> set[Piece]:
    """Return what a round kept of its evidence, without the digests."""
    return {(kind, key) for kind, key, _digest in round.evidence or []}


def evidence_to_freeze(actions: Iterable[int]) -> dict[int, list[list[Any]]]:
    """Return what some actions rest on now, by action, as a round keeps it. One query.

    Each as its kind, its key and a digest of its words, from which nobody can read them.
    """
    return {
        action: [[kind, key, digest] for (kind, key), digest in pieces.items() if digest]
        for action, pieces in digests_of_evidence(actions).items()
    }


def evidence_since(
    rounds: Iterable[Round], now: Mapping[int, Mapping[Piece, str]]
) -> dict[int, EvidenceSince]:
    """Say of each round how much of what it rested on was taken off since, or reads otherwise, and
    how much was added. By round; ``now`` are the digests of what actions rest on now.

    What a resident took back is not taken off.
    """
    return {round.pk: _since(round, now[round.wording.action_id]) for round in rounds}


def digests_of_evidence(actions: Iterable[int]) -> dict[int, dict[Piece, str]]:
    """Return a digest of the words of each piece of evidence, by action. One query.

    Of what is out of sight there is none.
    """
    found: dict[int, dict[Piece, str]] = defaultdict(dict)
    rows = Evidence.objects.filter(action__in=actions)
    for each in rows.select_related("comment", "note", "finding").order_by("pk"):
        kind, key, digest = piece_with_digest(each)
        in_sight = each.comment is None or each.comment.is_visible
        found[each.action_id][kind, key] = digest if in_sight else ""
    return found


def _since(round: Round, now: Mapping[Piece, str]) -> EvidenceSince:
    """Compare what a round kept with what is cited now, and how that reads."""
    if round.evidence is None:
        return EvidenceSince(0)
    then = {(kind, key): digest for kind, key, digest in round.evidence}
    return EvidenceSince(
        shown=len(then),
        taken_off=len(then.keys() - now.keys()),
        added=sum(bool(digest) for piece, digest in now.items() if piece not in then),
        # What was kept without a digest is from before there were any.
        reworded=sum(
            bool(digest and now.get(piece)) and now[piece] != digest
            for piece, digest in then.items()
        ),
    )


def piece_with_digest(each: Evidence) -> tuple[str, int, str]:
    """Return the kind of one piece of evidence, its key, and a digest of its words."""
    kind, key, words = _what_it_is(each)
    return kind, key, secret_fingerprint(words, length=16)


def _what_it_is(each: Evidence) -> tuple[str, int, str]:
    """Return the kind of one piece of evidence, its key, and its words."""
    if each.comment is not None:
        return "comment", each.comment.pk, each.comment.text
    if each.note is not None:
        return "note", each.note.pk, each.note.text
    finding = each.finding
    assert finding is not None  # One of the three it is: a constraint says so.
    return "finding", finding.pk, str(sorted(finding.text.entries.items()))
