"""Changes to the minutes of a meeting: what was said and who came, and sealing these."""

from collections.abc import Iterable, Sequence

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from coproduction.projects.audit import recorded
from coproduction.projects.models import User
from coproduction.projects.refusals import Refusal
from steering.models import Meeting, Round, Seat
from steering.services.meeting import check_seated, unsealed_meeting


class NotHeldYet(Refusal):
    """A meeting to come has no minutes."""

    sentence = _("This meeting is still to come. Write its minutes when it has been held.")


class NothingToSeal(Refusal):
    """Without minutes there is nothing to agree."""

    sentence = _("There are no minutes yet. Write them first, then seal them.")


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
    *, meeting: Meeting, minutes: str, attended: Sequence[Seat], by: User
) -> Meeting:
    """Keep what was said and who came. Raises MeetingSealed, NotHeldYet and NotSeatedThen."""
    with recorded(project=meeting.project, by=by) as ledger:
        kept = unsealed_meeting(meeting)
        if not kept.is_held:
            raise NotHeldYet
        check_seated(kept, attended, kept.date)
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
    """Close a meeting's record for good. Raises MeetingSealed, NothingToSeal and StillUndecided."""
    with recorded(project=meeting.project, by=by) as ledger:
        kept = unsealed_meeting(meeting)
        if not kept.minutes:
            raise NothingToSeal
        waiting = Round.objects.undecided().filter(meeting=kept).order_by("wording__action__number")
        if numbers := list(waiting.values_list("wording__action__number", flat=True)):
            raise StillUndecided(numbers)
        kept.sealed_at = timezone.now()
        kept.save(update_fields=["sealed_at"])
        ledger.record("steering.meeting_sealed", subject=kept, now={"sealed_at": kept.sealed_at})
    return kept
