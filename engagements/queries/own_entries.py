"""What somebody may know who only types: where she can, and what she entered there herself."""

from django.db.models import QuerySet

from coproduction.projects.models import Project, User
from engagements.models import Comment, Engagement, Submission


def engagements_to_enter(project: Project) -> QuerySet[Engagement]:
    """Return the engagements at which somebody may have spoken, as the diary has them."""
    found: QuerySet[Engagement] = (
        Engagement.objects.of(project).in_diary_order().exclude(status=Engagement.Status.CANCELLED)
    )
    return found


def comments_entered(engagement: Engagement, by: User) -> QuerySet[Comment]:
    """Return what one person typed or pasted at an engagement and still stands, newest first."""
    entered = (Submission.Channel.TYPED, Submission.Channel.PASTED)
    found: QuerySet[Comment] = (
        Comment.objects.visible()
        .filter(engagement=engagement, submission__by=by, submission__channel__in=entered)
        .select_related("question", "submission")
        .order_by("-pk")
    )
    return found
