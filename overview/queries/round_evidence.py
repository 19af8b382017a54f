"""What rounds keep of their evidence, on its way out of an installation and into another.

A round keeps the key of each piece and a digest made with the installation's own key: neither means
anything elsewhere. What leaves is the number of its row, and whether it read the same still.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from engagements.models import Comment
from overview.archive.refusals import ArchiveDamaged
from steering.queries.round_evidence import piece_with_digest
from themes.models import Finding
from workshops.models import Evidence, Note

SAME, OTHER, NONE = "same", "other", ""
_MODELS: Mapping[str, Any] = {"comment": Comment, "note": Note, "finding": Finding}


def evidence_as_written(
    evidence: Sequence[Sequence[Any]], number: Mapping[str, Callable[[int], int]]
) -> list[list[Any]]:
    """Return a round's evidence as it leaves: ``number`` gives those of rows by their keys."""
    now = _digests([(kind, key) for kind, key, _digest in evidence])
    found: list[list[Any]] = []
    for place, (kind, key, digest) in enumerate(evidence, start=1):
        state = NONE if not digest else SAME if now.get((kind, key)) == digest else OTHER
        # What is gone keeps a number that no row has: it counts as one that was taken off.
        found.append([kind, number[kind](key) or -place, state])
    return found


def evidence_as_read(evidence: Any, key: Callable[[str, int], int]) -> list[list[Any]]:
    """Return a round's evidence as it is kept here: ``key`` gives those of rows by their numbers.

    Raises ArchiveDamaged.
    """
    pieces = []
    for each in evidence if isinstance(evidence, list) else [None]:
        if not isinstance(each, list) or len(each) != 3 or each[0] not in _MODELS:
            raise ArchiveDamaged("steering.Round, evidence")
        kind, number, state = each
        if type(number) is not int or number < -(2**31) or state not in {SAME, OTHER, NONE}:
            raise ArchiveDamaged("steering.Round, evidence")
        pieces.append((kind, key(kind, number) if number > 0 else number, state))
    now = _digests([(kind, own) for kind, own, _state in pieces])
    return [
        [kind, own, now.get((kind, own), state) if state == SAME else state]
        for kind, own, state in pieces
    ]


def _digests(pieces: Sequence[tuple[str, int]]) -> dict[tuple[str, int], str]:
    """Return the digests of the words of some pieces. One query for each kind."""
    keys: dict[str, list[int]] = defaultdict(list)
    for kind, key in pieces:
        keys[kind].append(key)
    return {
        (kind, key): piece_with_digest(Evidence(**{kind: row}))[2]
        for kind, some in keys.items()
        for key, row in _MODELS[kind].objects.in_bulk(some).items()
    }
