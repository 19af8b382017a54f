"""Which complaints about data wait for somebody to do something."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Min, Q
from django.utils import timezone

from coproduction.projects.models import DataComplaint, Project
from coproduction.projects.models.complaint import ACKNOWLEDGED_WITHIN


@dataclass(frozen=True)
class ComplaintsWaiting:
    """How many are not answered, and when the first came whose writer was told nothing yet."""

    number: int
    untold_since: datetime | None

    @property
    def say_by(self) -> date | None:
        """The last day on which to say that it came; None where everybody was told."""
        if self.untold_since is None:
            return None
        return timezone.localdate(self.untold_since) + ACKNOWLEDGED_WITHIN

    @property
    def is_late(self) -> bool:
        """Whether that day is over."""
        return self.say_by is not None and self.say_by < timezone.localdate()


def complaints_waiting(project: Project) -> ComplaintsWaiting:
    """Return what waits of a project's complaints. One query."""
    found = (
        DataComplaint.objects.of(project)
        .filter(answered_at__isnull=True)
        .aggregate(
            number=Count("pk"),
            untold_since=Min("received_at", filter=Q(acknowledged_at__isnull=True)),
        )
    )
    return ComplaintsWaiting(found["number"], found["untold_since"])
