"""Letters that were asked for before letters were rows; nothing asks so any more."""

from coproduction.jobs.running import Progress, background
from steering.models import Meeting, Response, Round
from steering.services import notifications


@background("steering.tell_members")
def notify_of_rounds(progress: Progress, *, rounds: list[str]) -> dict[str, int]:
    """Write to the electorate of rounds just opened."""
    found = list(Round.objects.filter(uuid__in=rounds))
    return {"written": notifications.notify_of_rounds(rounds=found)}


@background("steering.tell_replaced")
def notify_of_written_down_answer(progress: Progress, *, response: int) -> dict[str, int]:
    """Write to a member for whom somebody wrote down an answer."""
    found = Response.objects.select_related(
        "seat__user", "recorded_by", "round__project", "round__wording__action"
    ).get(pk=response)
    return {"written": notifications.notify_of_written_down_answer(response=found)}


@background("steering.tell_moved")
def notify_of_round_change(progress: Progress, *, round: str, what: str) -> dict[str, int]:
    """Write to those a round asked that it closed, closes later, or was taken back."""
    found = Round.every.select_related("project", "wording__action").get(uuid=round)
    return {"written": notifications.notify_of_round_change(round=found, what=what)}


@background("steering.tell_of_meeting")
def notify_of_meeting(progress: Progress, *, meeting: str, what: str) -> dict[str, int]:
    """Write to the group that a meeting is called, moved or called off, or its minutes ready."""
    found = Meeting.objects.select_related("project").get(uuid=meeting)
    return {"written": notifications.notify_of_meeting(meeting=found, what=what)}
