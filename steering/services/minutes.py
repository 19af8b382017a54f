"""Changes to the minutes of a meeting: what was said, who came; reading, sealing, correcting."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from coproduction.fingerprints import fingerprint
from coproduction.projects.audit import recorded
from coproduction.projects.models import User
from coproduction.projects.refusals import Refusal
from coproduction.projects.seen import Seen
from steering.models import Meeting, MinutesCorrection, Round, Seat
from steering.queries.meeting import was_time_to_read
from steering.services.meeting import check_seated, unsealed_meeting
from steering.services.notifications import notify_of_meeting, notify_of_sealed_minutes


class NotHeldYet(Refusal):
    """A meeting to come has no minutes."""

    sentence = _("This meeting is still to come. Write its minutes when it has been held.")


class NothingToSeal(Refusal):
    """Without minutes there is nothing to agree."""

    sentence = _("There are no minutes yet. Write them first, then seal them.")


class NothingToRead(Refusal):
    """Without minutes there is nothing to tell the group of."""

    sentence = _("There are no minutes yet. Write them first, then tell the group.")


class NotOverYet(Refusal):
    """What is still going on has no final record."""

    sentence = _("This meeting is not over yet. Seal its minutes once the group has agreed them.")


class NotReadYet(Refusal):
    """The group agrees its minutes; so it has to have had the time to read them."""

    sentence = _(
        "The group has not had the time to read these minutes. Tell the members that they are "
        "ready. Seven days later, or once the group has met again, they can be sealed."
    )


class NotSealedYet(Refusal):
    """Minutes that can still be changed are changed."""

    sentence = _("These minutes are not sealed, so change the minutes themselves.")


class StillUndecided(Refusal):
    """A sealed meeting's record is finished, so all that was put to the group for it is decided."""

    def __init__(self, numbers: Iterable[int]) -> None:
        """Name the actions that wait, by number."""
        about = {"numbers": ", ".join(str(number) for number in numbers)}
        super().__init__(
            _(
                "Not decided yet for this meeting: %(numbers)s. "
                "Record those decisions, or take the questions back. Then seal."
            )
            % about
        )


def record_minutes(
    *,
    meeting: Meeting,
    minutes: str,
    attended: Sequence[Seat],
    by: User,
    seen: Seen | None = None,
) -> Meeting:
    """Keep what was said and who came; either may be empty still.

    Minutes that are changed after the group was told of them are a draft again. Raises
    MeetingSealed, MeetingCalledOff, NotHeldYet, NotSeatedThen and ChangedMeanwhile.
    """
    with recorded(project=meeting.project, by=by) as ledger:
        kept = unsealed_meeting(meeting)
        if not kept.is_held:
            raise NotHeldYet
        was = {"attended": kept.attended.count(), "length": len(kept.minutes)}
        if ledger.change(kept, seen=seen, minutes=minutes.strip(), attended=attended):
            kept.circulated_at = None
        came = list(kept.attended.all())
        check_seated(kept, came, kept.date)
        kept.full_clean(exclude=["agenda"])
        kept.save(update_fields=["minutes", "circulated_at"])
        ledger.record(
            "steering.minutes_recorded",
            subject=kept,
            was=was,
            now={"attended": [seat.uuid for seat in came], "length": len(kept.minutes)},
        )
    return kept


def circulate_minutes(
    *, meeting: Meeting, by: User, at: datetime | None = None, version: int | None = None
) -> Meeting:
    """Tell the group that it can read the minutes; members get a letter. Twice changes nothing.

    ``version`` is the meeting's as the page showed it. ``at`` is for records of the past, of which
    nobody is told. Raises MeetingSealed, MeetingCalledOff, NothingToRead and ChangedSince.
    """
    with recorded(project=meeting.project, by=by) as ledger:
        kept = unsealed_meeting(meeting)
        if kept.circulated_at is None:
            ledger.refresh(kept, version=version)
        if not kept.minutes:
            raise NothingToRead
        if kept.circulated_at is not None:
            return kept
        kept.circulated_at = at or ledger.at
        kept.save(update_fields=["circulated_at"])
        ledger.record(
            "steering.minutes_circulated",
            subject=kept,
            now={"minutes": fingerprint(kept.minutes, length=16)},
        )
        if at is None:
            notify_of_meeting(meeting=kept, what="minutes")
    return kept


def seal_meeting(*, meeting: Meeting, by: User) -> Meeting:
    """Close a meeting's record for good, with the names and sectors of those who came.

    Chair and co-ordinator get a letter that holds the end of the trail.

    Raises MeetingSealed, MeetingCalledOff, NothingToSeal, NotOverYet, NotReadYet and
    StillUndecided.
    """
    with recorded(project=meeting.project, by=by) as ledger:
        kept = unsealed_meeting(meeting)
        if not kept.minutes:
            raise NothingToSeal
        if kept.is_over_at > ledger.at:
            raise NotOverYet
        if not was_time_to_read(kept, ledger.at):
            raise NotReadYet
        waiting = Round.objects.undecided().filter(meeting=kept).order_by("wording__action__number")
        if numbers := list(waiting.values_list("wording__action__number", flat=True)):
            raise StillUndecided(numbers)
        came = list(kept.attended.order_by("name"))
        kept.sealed_at = ledger.at
        kept.sealed_attendance = [
            {"seat": str(seat.uuid), "name": seat.name, "sector": seat.sector} for seat in came
        ]
        kept.save(update_fields=["sealed_at", "sealed_attendance"])
        ledger.record(
            "steering.meeting_sealed",
            subject=kept,
            now={"sealed_at": kept.sealed_at},
        )
        notify_of_sealed_minutes(meeting=kept, head=ledger.give_out_head())
    return kept


def correct_minutes(*, meeting: Meeting, text: str, by: User) -> MinutesCorrection:
    """Say what is wrong in sealed minutes, in a dated note beside them; the same is said once.

    Raises NotSealedYet, and ValidationError for an empty one.
    """
    with recorded(project=meeting.project, by=by) as ledger:
        kept = Meeting.objects.get(pk=meeting.pk)
        if kept.sealed_at is None:
            raise NotSealedYet
        if (there := kept.corrections.filter(text=text.strip()).first()) is not None:
            return there
        correction = MinutesCorrection(meeting=kept, text=text.strip(), by=by, at=ledger.at)
        correction.full_clean()
        correction.save()
        ledger.record(
            "steering.minutes_corrected",
            subject=kept,
            now={"correction": correction.pk},
            attests=[correction],
        )
    return correction
