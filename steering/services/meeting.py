"""Changes to meetings: calling one, when and where it is, and its agenda."""

from collections.abc import Iterable, Sequence
from datetime import date, time

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from coproduction.projects.audit import recorded
from coproduction.projects.models import Project, User
from coproduction.projects.refusals import Refusal
from coproduction.projects.seen import Seen, SentForm
from steering.models import Meeting, Seat
from steering.services.notifications import notify_of_meeting


class MeetingSealed(Refusal):
    """What a meeting has agreed as its minutes stays as it is."""

    sentence = _("The minutes of this meeting are sealed. Say what is wrong at the next meeting.")


class MeetingCalledOff(Refusal):
    """Something is to be done with a meeting that does not take place."""

    sentence = _("This meeting was called off. Call another one.")


class HeldAlready(Refusal):
    """A meeting with a record of what happened has happened."""

    sentence = _("This meeting has minutes, so it has been held. Give the day it was held.")


class MeetingWasHeld(Refusal):
    """What is written down of a meeting would be called off with it."""

    sentence = _(
        "Minutes or names are written down for this meeting, so it was held. If it was not, take "
        "them out of its minutes first."
    )


class EndsBeforeItStarts(Refusal):
    """A meeting's hours are the wrong way round."""

    sentence = _("The meeting ends before it starts. Check the times.")


class NotSeatedThen(Refusal):
    """Somebody is said to have come who held no seat on the day."""

    sentence = _("Someone on the list held no seat on that day. Choose people from the list.")


def tidy_agenda(agenda: Iterable[str]) -> list[str]:
    """Drop empty points and the spaces around the others."""
    return [point.strip() for point in agenda if point.strip()]


def call_meeting(
    *,
    project: Project,
    date: date,
    by: User,
    starts: time | None = None,
    ends: time | None = None,
    place: str = "",
    agenda: Sequence[str] = (),
    sending: SentForm | None = None,
) -> Meeting:
    """Call a meeting of the group; one ``sending`` of a form calls one. ``agenda`` is a list.

    Of one still to come, members are told by e-mail. Raises EndsBeforeItStarts and MadeAlready.
    """
    with recorded(project=project, by=by) as ledger:
        if (made := ledger.made_before(sending, Meeting)) is not None:
            return made
        _check_hours(starts, ends)
        meeting = Meeting(
            project=project,
            date=date,
            starts=starts,
            ends=ends,
            place=place.strip(),
            agenda=tidy_agenda(agenda),
        )
        meeting.full_clean(exclude=["agenda"])
        meeting.save()
        ledger.record(
            "steering.meeting_called", subject=meeting, now=_facts(meeting), sending=sending
        )
        if date >= timezone.localdate():
            notify_of_meeting(meeting=meeting, what="called")
    return meeting


def change_meeting(
    *,
    meeting: Meeting,
    date: date,
    place: str,
    agenda: Sequence[str],
    by: User,
    starts: time | None = None,
    ends: time | None = None,
    seen: Seen | None = None,
) -> Meeting:
    """Change when and where, or what is to be talked about.

    What is written down of it must still hold on the new day. Members are told of another day,
    time or place, unless the meeting is past. Raises MeetingSealed, MeetingCalledOff,
    EndsBeforeItStarts, HeldAlready, NotSeatedThen and ChangedMeanwhile.
    """
    with recorded(project=meeting.project, by=by) as ledger:
        kept = unsealed_meeting(meeting)
        was, before = _facts(kept), _where(kept)
        hours = {"date": date, "starts": starts, "ends": ends}
        ledger.change(
            kept,
            seen=seen,
            together=[hours],
            place=place.strip(),
            agenda=tidy_agenda(agenda),
            **hours,
        )
        _check_hours(kept.starts, kept.ends)
        came = list(kept.attended.all())
        if (kept.minutes or came) and kept.date > timezone.localdate():
            raise HeldAlready
        check_seated(kept, came, kept.date)
        kept.full_clean(exclude=["agenda"])
        kept.save()
        ledger.record("steering.meeting_changed", subject=kept, was=was, now=_facts(kept))
        if _where(kept) != before and kept.date >= timezone.localdate():
            notify_of_meeting(meeting=kept, what="moved")
    return kept


def call_off_meeting(*, meeting: Meeting, why: str, by: User) -> Meeting:
    """Call a meeting off: it stays on the list, with the reason, and what it asked stays open.

    Members are told, unless its day is past. Raises MeetingSealed, MeetingCalledOff and
    MeetingWasHeld.
    """
    with recorded(project=meeting.project, by=by) as ledger:
        kept = unsealed_meeting(meeting)
        if kept.minutes or kept.attended.exists():
            raise MeetingWasHeld
        kept.called_off_at, kept.called_off_why = ledger.at, why.strip()
        kept.save(update_fields=["called_off_at", "called_off_why"])
        ledger.record("steering.meeting_called_off", subject=kept, was=_facts(kept))
        if kept.date >= timezone.localdate():
            notify_of_meeting(meeting=kept, what="called_off")
    return kept


def _check_hours(starts: time | None, ends: time | None) -> None:
    """Refuse a meeting that ends before it starts."""
    if starts is not None and ends is not None and ends <= starts:
        raise EndsBeforeItStarts


def _where(meeting: Meeting) -> tuple[object, ...]:
    """Return what somebody needs to know to be there."""
    return (meeting.date, meeting.starts, meeting.ends, meeting.place)


def check_seated(meeting: Meeting, attended: Iterable[Seat], day: date) -> None:
    """Raise NotSeatedThen where somebody is said to have come who held no seat on the day."""
    seated = set(Seat.objects.of(meeting.project).held_on(day).values_list("pk", flat=True))
    if not {seat.pk for seat in attended} <= seated:
        raise NotSeatedThen


def unsealed_meeting(meeting: Meeting) -> Meeting:
    """Read a meeting again, now that the chain is locked.

    Raises MeetingSealed and MeetingCalledOff.
    """
    kept = Meeting.objects.get(pk=meeting.pk)
    if kept.sealed_at is not None:
        raise MeetingSealed
    if kept.called_off_at is not None:
        raise MeetingCalledOff
    return kept


def _facts(meeting: Meeting) -> dict[str, object]:
    """What the audit trail keeps of a meeting."""
    return {
        "date": meeting.date,
        "starts": meeting.starts,
        "ends": meeting.ends,
        "points": len(meeting.agenda),
    }
