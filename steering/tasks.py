"""Work done later and elsewhere: telling members that they are asked."""

from coproduction.jobs.running import Progress, background
from steering.services import telling


@background("steering.tell_members")
def tell_members(progress: Progress, *, rounds: list[str]) -> dict[str, int]:
    """Write to the electorate of rounds just opened."""
    return {"told": telling.tell_members(rounds=rounds)}
