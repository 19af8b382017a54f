"""Which meeting of the group comes next, who came to one, and whether its minutes were read."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from operator import attrgetter, itemgetter

from django.db.models import F
from django.utils import timezone

from coproduction.languages.sorting import by_name
from coproduction.projects.models import Project, Sector
from steering.models import Meeting

# Members have this long to read minutes, unless the group meets sooner.
TIME_TO_READ = timedelta(days=7)


@dataclass(frozen=True)
class Presence:
    """Somebody who came to a meeting, by name, and the sector they spoke for."""

    name: str
    sector: str

    @property
    def sector_label(self) -> str:
        """The sector, in the reader's language."""
        return str(Sector(self.sector).label)


def next_meeting(project: Project) -> Meeting | None:
    """Return the next meeting that is not over: today's until its end.

    Never a sealed one, nor one that was called off.
    """
    coming = (
        Meeting.objects.of(project)
        .standing()
        .filter(date__gte=timezone.localdate(), sealed_at__isnull=True)
    )
    now = timezone.now()
    found = coming.order_by("date", F("starts").asc(nulls_last=True), "pk")
    return next((meeting for meeting in found[:5] if meeting.is_over_at > now), None)


def people_who_came(meeting: Meeting) -> Sequence[Presence]:
    """Return who came: of a sealed meeting as they were called then. At most one query."""
    if meeting.sealed_at is not None:
        there = by_name(meeting.sealed_attendance, itemgetter("name"))
        return [Presence(each["name"], each["sector"]) for each in there]
    seats = by_name(meeting.attended.all(), attrgetter("name"))
    return [Presence(seat.name, seat.sector) for seat in seats]


def was_time_to_read(meeting: Meeting, now: datetime) -> bool:
    """Say whether the group had the time to read the minutes since it was told of them.

    That is a week, or until it had met again. At most one query.
    """
    since = meeting.circulated_at
    if since is None:
        return False
    if since + TIME_TO_READ <= now:
        return True
    again = (
        Meeting.objects.of(meeting.project)
        .held()
        # One that was put in the diary since may never have been called.
        .filter(date__gte=timezone.localdate(since), created_at__lte=since)
        .exclude(pk=meeting.pk)
    )
    return any(since < each.is_over_at <= now for each in again)
