"""Calling an engagement off at which people spoke: what they said is moved or withdrawn with it."""

from django.utils.translation import gettext_lazy as _

from coproduction.projects.audit import recorded
from coproduction.projects.models import User
from coproduction.projects.refusals import Refusal
from coproduction.projects.seen import ChangedSince
from engagements.models import Comment, Engagement
from engagements.queries.comment_selection import CommentSelection
from engagements.services.bulk_change import (
    MOST_AT_ONCE,
    CommentsShown,
    NewValue,
    change_comments,
)
from engagements.services.engagement import cancel_engagement, comments_in_the_way


class TooManyToCallOff(Refusal):
    """So many are changed by a job, which nobody waits for here."""

    sentence = _(
        "More than 2,000 comments were made at this engagement. Move or withdraw them in the list "
        "of comments first. Then call it off."
    )


class EngagementCalledOff(Refusal):
    """What became of the comments was said once: another answer is another change to many."""

    sentence = _("This engagement was called off already. Nothing more was done.")


def call_off_with_comments(
    *,
    engagement: Engagement,
    to: NewValue,
    number: int,
    by: User,
) -> Engagement:
    """Move or withdraw all that people said at an engagement, and call it off, in one change.

    Both can be taken back: put it in the diary again, then undo the change to its comments.
    ``number`` is how many comments the page said: raises ChangedSince where more came since; and
    EngagementCalledOff, TooManyToCallOff, ImportUnderWay, MoveUnderWay, AnotherProject,
    EngagementCancelled.
    """
    project = engagement.project
    with recorded(project=project, by=by) as ledger:
        if ledger.refresh(engagement).is_cancelled:
            raise EngagementCalledOff
        waiting = comments_in_the_way(engagement).count()
        if waiting > MOST_AT_ONCE:
            raise TooManyToCallOff
        if waiting > number:
            raise ChangedSince
        newest = Comment.objects.of(project).order_by("-pk").values_list("pk", flat=True).first()
        # All of them, whatever was changed of one meanwhile: it is the engagement that is meant.
        shown = CommentsShown(
            entry=ledger.head.number,
            newest=newest or 0,
            which=CommentSelection(engagements=[engagement.pk]),
            whatever=True,
        )
        if waiting:
            change_comments(project=project, shown=shown, to=to, by=by)
        return cancel_engagement(engagement=engagement, by=by)
