"""What has been said of published actions since: a change proposed, or agreed for next time."""

from django.db.models import Exists, OuterRef

from coproduction.projects.models import Project
from plan.models import Edition
from steering.models import Decision
from workshops.models import Wording

PROPOSED, AGREED = "proposed", "agreed"


def changes_since(project: Project, edition: Edition) -> dict[str, str]:
    """Say which of an edition's actions have a newer wording, by uuid: proposed, or agreed.

    The newer words stay out of sight until they are published. One query.
    """
    decided = Decision.objects.filter(round__wording=OuterRef("pk"))
    newest = (
        Wording.objects.of(project)
        .newest()
        .filter(number__gt=1)
        .annotate(
            agreed=Exists(decided.filter(outcome=Decision.Outcome.AGREED)),
            turned_down=Exists(decided.filter(outcome=Decision.Outcome.NOT_TAKEN_FORWARD)),
        )
        .filter(turned_down=False)
        .values_list("action__uuid", "number", "agreed")
    )
    published = {row["uuid"]: row["wording"] for row in edition.snapshot["actions"]}
    return {
        str(uuid): AGREED if agreed else PROPOSED
        for uuid, number, agreed in newest
        if number > published.get(str(uuid), number)
    }
