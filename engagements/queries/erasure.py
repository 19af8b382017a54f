"""What somebody reads before a comment is erased for good: who else said the same."""

from engagements.models import Comment
from engagements.queries.twins import twins_of


def count_others_saying_the_same(comment: Comment) -> int:
    """Count the comments of other sittings, still in sight, with the very same words.

    They are other people's, and stay. Of words that very many said, the newest are counted.
    """
    return twins_of(comment).exclude(submission=comment.submission_id).count()
