"""One of each object of steering, and what its addresses take."""

from typing import Any


def make(world: Any) -> dict[str, dict[str, Any]]:
    """Make one of each through the services; return {URL name: what it takes}."""
    return {}
