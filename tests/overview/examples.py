"""One of each object of overview, and what its addresses take."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from coproduction.projects.models import RetentionNotice


def make(world: Any) -> dict[str, dict[str, Any]]:
    """Make one of each through the services; return {URL name: what it takes}."""
    day = timezone.localdate() + timedelta(days=14)
    RetentionNotice.objects.create(
        project=world.project, as_of=day, due_on=day, counts={"imports": 3, "letters": 1}
    )
    return {}
