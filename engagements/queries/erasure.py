"""What somebody reads before a comment is erased for good: who else said the same."""

from coproduction.languages.searching import LONGEST_SEARCH, Found
from engagements.models import Comment


def count_others_saying_the_same(comment: Comment) -> int:
    """Count the comments of other sittings, still in sight, with the very same words.

    They are other people's, and stay.
    """
    others = Comment.objects.of(comment.project).visible().filter(folded=comment.folded)
    typed = comment.text[:LONGEST_SEARCH].replace('"', " ")
    return Found(others.exclude(submission=comment.submission_id), typed).count
