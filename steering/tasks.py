"""Work done later and elsewhere: telling members what they should know."""

from coproduction.jobs.running import Progress, background
from steering.services import telling


@background("steering.tell_members")
def tell_members(progress: Progress, *, rounds: list[str]) -> dict[str, int]:
    """Write to the electorate of rounds just opened."""
    return {"told": telling.tell_members(rounds=rounds)}


@background("steering.tell_replaced")
def tell_replaced(progress: Progress, *, response: int) -> dict[str, int]:
    """Write to a member whose own answer somebody replaced."""
    return {"told": telling.tell_replaced(response=response)}


@background("steering.tell_moved")
def tell_moved(progress: Progress, *, round: str, what: str) -> dict[str, int]:
    """Write to those a round asked that it closed, closes later, or was taken back."""
    return {"told": telling.tell_moved(round=round, what=what)}


@background("steering.tell_of_meeting")
def tell_of_meeting(progress: Progress, *, meeting: str, what: str) -> dict[str, int]:
    """Write to the group that a meeting is called, or moved."""
    return {"told": telling.tell_of_meeting(meeting=meeting, what=what)}
