"""Finding comments by their words: the one way in, however it is done behind it."""

from typing import Any

from django.db.models import QuerySet

from engagements.folding import folded

# More than anyone types; each is a condition of its own.
_MOST_WORDS = 10


def search_comments(comments: QuerySet[Any], words: str) -> QuerySet[Any]:
    """Keep those comments that hold every one of the words, in any order, whatever their case."""
    for word in words.replace("\x00", " ").split()[:_MOST_WORDS]:
        comments = comments.filter(folded__contains=folded(word))
    return comments
