"""Changes to meetings: calling one, its agenda, who came, its minutes, and sealing these."""

from collections.abc import Iterable, Sequence
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from coproduction.projects.audit import recorded
from coproduction.projects.models import Project, User
from coproduction.projects.refusals import Refusal
from steering.models import Meeting, Seat


class MeetingSealed(Refusal):
    """What a meeting has agreed as its minutes stays as it is."""

    sentence = _("The minutes of this meeting are sealed. Say what is wrong at the next meeting.")


class NotHeldYet(Refusal):
    """A meeting to come has no minutes."""

    sentence = _("This meeting is still to come. Write its minutes when it has been held.")


class HeldAlready(Refusal):
    """A meeting with a record of what happened has happened."""

    sentence = _("This meeting has minutes, so it has been held. Give the day it was held.")


class NothingToSeal(Refusal):
    """Without minutes there is nothing to agree."""

    sentence = _("There are no minutes yet. Write them first, then seal them.")


class NotSeatedThen(Refusal):
    """Somebody is said to have come who held no seat on the day."""

    sentence = _("Someone on the list held no seat on that day. Choose people from the list.")


def tidy_agenda(agenda: Iterable[str]) -> list[str]:
    """Drop empty points and the spaces around the others."""
    return [point.strip() for point in agenda if point.strip()]


def call_meeting(
    *, project: Project, date: date, by: User, place: str = "", agenda: Sequence[str] = ()
) -> Meeting:
    """Call a meeting of the group. ``agenda`` is a list of points."""
    with recorded(project=project, by=by) as ledger:
        meeting = Meeting(
            project=project, date=date, place=place.strip(), agenda=tidy_agenda(agenda)
        )
        meeting.full_clean(exclude=["agenda"])
        meeting.save()
        ledger.record("steering.meeting_called", subject=meeting, now=_facts(meeting))
    return meeting


def change_meeting(
    *, meeting: Meeting, date: date, place: str, agenda: Sequence[str], by: User
) -> Meeting:
    """Change when and where, or what is to be talked about.

    What is written down of it must still hold on the new day. Raises MeetingSealed, HeldAlready
    and NotSeatedThen.
    """
    with recorded(project=meeting.project, by=by) as ledger:
        kept = _unsealed(meeting)
        came = list(kept.attended.all())
        if (kept.minutes or came) and date > timezone.localdate():
            raise HeldAlready
        _check_seated(kept, came, date)
        was = _facts(kept)
        kept.date, kept.place, kept.agenda = date, place.strip(), tidy_agenda(agenda)
        kept.full_clean(exclude=["agenda"])
        kept.save()
        ledger.record("steering.meeting_changed", subject=kept, was=was, now=_facts(kept))
    return kept


def record_minutes(
    *, meeting: Meeting, minutes: str, attended: Sequence[Seat], by: User
) -> Meeting:
    """Keep what was said and who came. Raises MeetingSealed, NotHeldYet and NotSeatedThen."""
    with recorded(project=meeting.project, by=by) as ledger:
        kept = _unsealed(meeting)
        if kept.date > timezone.localdate():
            raise NotHeldYet
        _check_seated(kept, attended, kept.date)
        was = {"attended": kept.attended.count(), "length": len(kept.minutes)}
        kept.minutes = minutes.strip()
        kept.full_clean(exclude=["agenda"])
        kept.save(update_fields=["minutes"])
        kept.attended.set(attended)
        ledger.record(
            "steering.minutes_recorded",
            subject=kept,
            was=was,
            now={"attended": [seat.uuid for seat in attended], "length": len(kept.minutes)},
        )
    return kept


def seal_meeting(*, meeting: Meeting, by: User) -> Meeting:
    """Close a meeting's record for good. Raises MeetingSealed and NothingToSeal."""
    with recorded(project=meeting.project, by=by) as ledger:
        kept = _unsealed(meeting)
        if not kept.minutes:
            raise NothingToSeal
        kept.sealed_at = timezone.now()
        kept.save(update_fields=["sealed_at"])
        ledger.record("steering.meeting_sealed", subject=kept, now={"sealed_at": kept.sealed_at})
    return kept


def _check_seated(meeting: Meeting, attended: Iterable[Seat], day: date) -> None:
    """Refuse somebody who is said to have come, and held no seat on the day."""
    seated = set(Seat.objects.of(meeting.project).held_on(day).values_list("pk", flat=True))
    if not {seat.pk for seat in attended} <= seated:
        raise NotSeatedThen


def _unsealed(meeting: Meeting) -> Meeting:
    """Read a meeting afresh, now that the chain is locked. Raises MeetingSealed."""
    kept = Meeting.objects.get(pk=meeting.pk)
    if kept.sealed_at is not None:
        raise MeetingSealed
    return kept


def _facts(meeting: Meeting) -> dict[str, object]:
    """What the audit trail keeps of a meeting."""
    return {"date": meeting.date, "points": len(meeting.agenda)}
