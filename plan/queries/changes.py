"""What became of published actions since: changed, or not agreed any more."""

from django.db.models import Exists, OuterRef, Q

from coproduction.projects.models import Project
from plan.models import Edition
from steering.models import Decision
from steering.queries.standing import standing
from workshops.models import Wording

PROPOSED, AGREED, TAKEN_BACK = "proposed", "agreed", "taken_back"


def changes_since(project: Project, edition: Edition) -> dict[str, str]:
    """Say of an edition's actions, by uuid, what has changed where anything has.

    The newer words stay out of sight until they are published. Where each action stands is what the
    group's own pages say. One query, and those of ``standing`` where there is something to say.
    """
    published = {row["uuid"]: row["wording"] for row in edition.snapshot["actions"]}
    if not _anything_since(project, published):
        return {}
    changes = {}
    for one in standing(project).values():
        uuid = str(one.action.uuid)
        if uuid not in published:
            continue
        if one.agreed is None:
            changes[uuid] = TAKEN_BACK
        elif one.agreed.number > published[uuid]:
            changes[uuid] = AGREED
        elif one.change_proposed:
            changes[uuid] = PROPOSED
    return changes


def _anything_since(project: Project, published: dict[str, int]) -> bool:
    """Whether a published action has a newer wording, or the group decided against its own."""
    refused = Decision.objects.standing().exclude(outcome=Decision.Outcome.AGREED)
    wordings = (
        Wording.objects.of(project)
        .annotate(is_refused=Exists(refused.filter(round__wording=OuterRef("pk"))))
        .filter(Q(number__gt=1) | Q(is_refused=True))
    )
    return any(
        number > published[str(uuid)] or (number == published[str(uuid)] and is_refused)
        for uuid, number, is_refused in wordings.values_list("action__uuid", "number", "is_refused")
        if str(uuid) in published
    )
