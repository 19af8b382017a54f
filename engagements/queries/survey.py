"""When surveys open and close: what the clock changes without anybody's doing."""

from datetime import datetime

from django.db.models import Min, Q
from django.utils import timezone

from coproduction.projects.models import Project
from engagements.models import Survey


def next_opening_or_closing(project: Project) -> datetime | None:
    """Return the next moment at which a survey opens or closes; None where none will. One query."""
    now = timezone.now()
    found = Survey.objects.of(project).aggregate(
        opens=Min("opens_at", filter=Q(opens_at__gt=now)),
        closes=Min("closes_at", filter=Q(closes_at__gt=now)),
    )
    return min(filter(None, found.values()), default=None)
