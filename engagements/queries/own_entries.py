"""What somebody may know who only types: where she can, and what she entered there herself."""

from django.db.models import Case, F, Q, QuerySet, Value, When
from django.utils import timezone

from coproduction.projects.models import Project, User
from engagements.models import Comment, Engagement, Submission


def engagements_to_enter(project: Project) -> QuerySet[Engagement]:
    """Return the engagements at which somebody may have spoken: today's first.

    Then those before it, the latest first, and those to come, the soonest first.
    """
    is_past = Q(date__lte=timezone.localdate())
    found: QuerySet[Engagement] = (
        Engagement.objects.of(project)
        .exclude(status=Engagement.Status.CANCELLED)
        .order_by(
            Case(When(is_past, then=Value(0)), default=Value(1)),
            Case(When(is_past, then=F("date"))).desc(),
            "date",
            "pk",
        )
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
