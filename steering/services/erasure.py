"""What a round kept of the words of a comment that was erased for good."""

from collections.abc import Iterable

from coproduction.projects.audit import recorded
from coproduction.projects.models import Project
from steering.models import Round


def erase_from_rounds(*, project: Project, comments: Iterable[int]) -> None:
    """Take the digests of erased comments, by their keys, out of what rounds kept as evidence.

    That the comment was before the group stays true, and stays.
    """
    erased = set(comments)
    with recorded(project=project, by=None) as ledger:
        for round in Round.every.of(project).filter(evidence__isnull=False):
            kept = [
                [kind, key, "" if kind == "comment" and key in erased else digest]
                for kind, key, digest in round.evidence
            ]
            if kept != round.evidence:
                ledger.refresh(round)
                round.evidence = kept
                round.save(update_fields=["evidence"])
                ledger.record("steering.words_erased", subject=round, follow_up=False)
