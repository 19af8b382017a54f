"""What has been said of published actions since: a change proposed, or agreed for next time."""

from coproduction.projects.models import Project
from plan.models import Edition
from steering.queries.standing import standing
from workshops.models import Wording

PROPOSED, AGREED = "proposed", "agreed"


def changes_since(project: Project, edition: Edition) -> dict[str, str]:
    """Say which of an edition's actions have a newer wording, by uuid: proposed, or agreed.

    The newer words stay out of sight until they are published. Where each action stands is what the
    group's own pages say. One query, and those of ``standing`` where there are newer wordings.
    """
    published = {row["uuid"]: row["wording"] for row in edition.snapshot["actions"]}
    newest = Wording.objects.of(project).newest().filter(number__gt=1)
    if not any(
        number > published.get(str(uuid), number)
        for uuid, number in newest.values_list("action__uuid", "number")
    ):
        return {}
    changes = {}
    for one in standing(project).values():
        number = published.get(str(one.action.uuid))
        if number is None:
            continue
        if one.agreed is not None and one.agreed.number > number:
            changes[str(one.action.uuid)] = AGREED
        elif one.change_proposed:
            changes[str(one.action.uuid)] = PROPOSED
    return changes
