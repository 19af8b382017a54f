"""One of each object of overview, and what its addresses take."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.utils import timezone

from coproduction.languages.models import Translated
from coproduction.projects.models import Blueprint, RetentionNotice, TextTemplate


def make(world: Any) -> dict[str, dict[str, Any]]:
    """Make one of each through the services; return {URL name: what it takes}."""
    day = timezone.localdate() + timedelta(days=14)
    RetentionNotice.objects.create(
        project=world.project, as_of=day, due_on=day, counts={"imports": 3, "letters": 1}
    )
    Blueprint.objects.create(
        project=world.project, origin=uuid4(), origin_place="Elsewhere", groups=["questions"]
    )
    template = TextTemplate.objects.create(
        project=world.project,
        kind="engagements.Survey",
        name=Translated.of("en", en=f"{world.key} elsewhere", cy=f"{world.key} mewn man arall"),
        boxes={"slug": "elsewhere"},
    )
    return {"overview:text_template_remove": {"uuid": template.uuid}}
