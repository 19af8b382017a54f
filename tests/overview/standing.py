"""How a check of the installation stands."""

from overview.queries.installation.check import Check, Standing

WRONG, LOOK, RIGHT = Standing.WRONG, Standing.LOOK, Standing.RIGHT


def stands(check: Check) -> Standing:
    """Return how a thing stands; whatever is not right says what to do, and only that does."""
    assert check.name
    assert check.fact.endswith((".", ")"))
    assert bool(check.do) == (check.standing is not RIGHT)
    return check.standing
