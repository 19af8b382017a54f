"""Which meeting comes next."""

from django.utils import timezone

from steering.queries.meeting import next_meeting
from steering.services.meeting import call_meeting, call_off_meeting
from steering.services.minutes import seal_meeting
from tests.steering.group import end_at_midnight, in_days, make_sealable


def test_the_next_meeting_is_neither_over_nor_sealed_nor_called_off(project, seats, chair) -> None:
    today = timezone.localdate()
    over = call_meeting(project=project, date=today, by=chair)
    sealed = call_meeting(project=project, date=today, by=chair)
    end_at_midnight(over, sealed)
    seal_meeting(meeting=make_sealable(sealed, chair), by=chair)
    off = call_meeting(project=project, date=today, by=chair)
    call_off_meeting(meeting=off, why="Snow.", by=chair)
    assert over.is_over_at < timezone.now()
    assert next_meeting(project) is None
    coming = call_meeting(project=project, date=in_days(2).date(), by=chair)
    assert next_meeting(project) == coming
