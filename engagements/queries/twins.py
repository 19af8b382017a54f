"""The comments that say the same as another: somebody worried about one looks at the others too."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from coproduction.languages.searching import Found
from engagements.models import Comment

# The newest so many that have its words are compared; what so many say names nobody.
_COMPARED = 1_000
_SHOWN = 20


@dataclass(frozen=True)
class Twins:
    """What says the same as a comment: how much there is, and the first few."""

    number: int
    first: Sequence[Comment]


def twins_to_show(comment: Comment) -> Twins:
    """Return the twins of a comment for a page, with what is said beside each. Few queries."""
    every = list(twins_of(comment).select_related("submission", "question", "engagement"))
    return Twins(len(every), every[:_SHOWN])


def twins_of(comment: Comment) -> QuerySet[Comment]:
    """Return the other visible comments of a project with the same words, however they are typed.

    Their letters are looked for in the index first, since nothing else finds them quickly.
    """
    visible = Comment.objects.of(comment.project).visible()
    # As words alone: a dash or quote mark of theirs would be read as leaving out, or as a phrase.
    words = " ".join(word.strip('-"') for word in comment.folded.split())
    keys = Found(visible, words).keys(_COMPARED, newest_first=True)
    same: QuerySet[Comment] = Comment.objects.filter(pk__in=keys, folded=comment.folded)
    return same.exclude(pk=comment.pk).order_by("pk")
