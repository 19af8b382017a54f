"""Emptying a comment of its words for good: what that does to its own row, and nowhere else."""

from datetime import datetime

from coproduction.languages.models import Translated
from coproduction.projects.models import User
from engagements.models import (
    BulkChangedComment,
    Comment,
    ErasedComment,
    Hold,
    Look,
    fingerprint_of_source_id,
)

# The places that words are gone from at once: the comment, what it said before something was taken
# out of it, and what waits to be sent.
AT_ONCE = ("words", "earlier", "waiting")


def empty_comment(
    comment: Comment, *, words: str, withheld: str, at: datetime, by: User | None
) -> ErasedComment:
    """Take a comment's words out of its row, what it said before included; keep that it was done.

    Part of the caller's change, which also lets go what waits to be sent with them. ``words`` is
    their fingerprint as they came in, ``withheld`` what withholds what is left. Of the last of a
    sitting who spoke goes too, and from which network.
    """
    comment.text, comment.translation = "", Translated()
    comment.withheld, comment.erased_at, comment.look = withheld, at, Look.DONE
    comment.save(update_fields=[*Comment.WORDS, "withheld", "erased_at", "look"])
    comment.redactions.all().delete()
    comment.hints.all().delete()
    BulkChangedComment.objects.filter(comment=comment).update(was_translation=Translated())
    submission = comment.submission
    if not submission.comments.filter(erased_at__isnull=True).exists():
        submission.descriptor = submission.age_band = submission.area = ""
        if submission.source_id and not submission.source_id.startswith("erased:"):
            # Still known by it: the next export of the same table has the words again.
            submission.source_id = fingerprint_of_source_id(submission.source_id)
        submission.save(update_fields=["descriptor", "age_band", "area", "source_id"])
        Hold.objects.filter(submission=submission).update(network="")
    return ErasedComment.objects.create(
        project_id=comment.project_id,
        comment=comment,
        at=at,
        by=by,
        words=words,
        gone_from=list(AT_ONCE),
    )
