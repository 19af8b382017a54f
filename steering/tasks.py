"""Work done later and elsewhere: telling members what they should know."""

from coproduction.jobs.running import Progress, background
from steering.services import notifications


@background("steering.tell_members")
def notify_of_rounds(progress: Progress, *, rounds: list[str]) -> dict[str, int]:
    """Write to the electorate of rounds just opened."""
    return {"sent": notifications.notify_of_rounds(rounds=rounds)}


@background("steering.tell_replaced")
def notify_of_replaced_answer(progress: Progress, *, response: int) -> dict[str, int]:
    """Write to a member whose own answer somebody replaced."""
    return {"sent": notifications.notify_of_replaced_answer(response=response)}


@background("steering.tell_moved")
def notify_of_round_change(progress: Progress, *, round: str, what: str) -> dict[str, int]:
    """Write to those a round asked that it closed, closes later, or was taken back."""
    return {"sent": notifications.notify_of_round_change(round=round, what=what)}


@background("steering.tell_of_meeting")
def notify_of_meeting(progress: Progress, *, meeting: str, what: str) -> dict[str, int]:
    """Write to the group that a meeting is called, moved or called off, or its minutes ready."""
    return {"sent": notifications.notify_of_meeting(meeting=meeting, what=what)}
