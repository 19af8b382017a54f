"""Which meeting comes next."""

from datetime import time

from django.utils import timezone

from steering.queries.meeting import next_meeting
from steering.services.meeting import call_meeting
from steering.services.minutes import record_minutes, seal_meeting
from tests.steering.group import in_days


def test_the_next_meeting_is_neither_over_nor_sealed(project, seats, chair) -> None:
    today = timezone.localdate()
    over = call_meeting(project=project, date=today, starts=time(0), ends=time(0, 1), by=chair)
    sealed = call_meeting(project=project, date=today, by=chair)
    record_minutes(meeting=sealed, minutes="We talked.", attended=[], by=chair)
    seal_meeting(meeting=sealed, by=chair)
    assert over.is_over_at < timezone.now()
    assert next_meeting(project) is None
    coming = call_meeting(project=project, date=in_days(2).date(), by=chair)
    assert next_meeting(project) == coming
