"""Which meeting of the group comes next."""

from django.db.models import F
from django.utils import timezone

from coproduction.projects.models import Project
from steering.models import Meeting


def next_meeting(project: Project) -> Meeting | None:
    """Return the next meeting that is not over: today's until its end, and never a sealed one."""
    coming = Meeting.objects.of(project).filter(
        date__gte=timezone.localdate(), sealed_at__isnull=True
    )
    now = timezone.now()
    found = coming.order_by("date", F("starts").asc(nulls_last=True), "pk")
    return next((meeting for meeting in found[:5] if meeting.is_over_at > now), None)
