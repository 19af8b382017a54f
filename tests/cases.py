"""How many cases a test that makes its own goes through: a few each day, many in a long run."""

import os

from hypothesis import settings

# Set by bin/test long.
IS_LONG = bool(os.environ.get("TEST_LONG"))


def cases(few: int) -> int:
    """Return how many cases to try: ``few``, or fifty times as many in a long run."""
    return few * 50 if IS_LONG else few


settings.register_profile("ours", max_examples=cases(100), deadline=None)
settings.load_profile("ours")
