"""What residents and workshops read of the listening in numbers: none that tells on anybody."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from coproduction.projects.models import Project
from engagements.disclosure.small_numbers import (
    PublicCount,
    disclose_count,
    disclose_overlapping,
    disclose_parts,
)
from engagements.models import Question
from engagements.queries.counts import listening_totals
from themes.models import Theme
from themes.queries.counts import CommentCounts


@dataclass(frozen=True)
class PublicTotals:
    """What was heard in a project, as the public reads it."""

    engagements: int
    people_heard: PublicCount
    comments: PublicCount


def public_totals(project: Project) -> PublicTotals:
    """Count what was heard; three people or three comments are few even in all."""
    counted = listening_totals(project)
    return PublicTotals(
        engagements=counted.engagements,
        people_heard=disclose_count(counted.people_heard, project.small_number),
        comments=disclose_count(counted.comments, project.small_number),
    )


def public_question_counts(
    counts: Mapping[int, int], questions: Sequence[Question], smallest: int
) -> list[tuple[Question, PublicCount]]:
    """Return comments by question as the public reads them, wherever it reads them.

    ``questions`` are all of the project's, ``counts`` go by their ids. A question without an answer
    is left out where that may be said.
    """
    every = disclose_parts([counts.get(each.pk, 0) for each in questions], smallest)
    return [(each, told) for each, told in zip(questions, every, strict=True) if told.value != 0]


def public_code_counts(
    tally: CommentCounts,
    of_codes: Mapping[int, CommentCounts],
    codes: Sequence[Theme],
    smallest: int,
) -> list[tuple[Theme, PublicCount]]:
    """Return a theme's codes with their comments as the public reads them, the most used first.

    Those kept back come last in the codebook's order, which tells nothing of their size.
    """
    counts = [of_codes[code.pk].total if code.pk in of_codes else 0 for code in codes]
    told = zip(codes, disclose_overlapping(counts, tally.total, smallest), strict=True)
    return sorted(told, key=lambda row: (row[1].value is None, -(row[1].value or 0)))
