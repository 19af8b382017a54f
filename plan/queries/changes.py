"""What became of published actions since: changed, or not agreed any more."""

from coproduction.projects.models import Project
from plan.edition.snapshot import Snapshot
from steering.queries.agreement import ActionAgreement, Agreement, agreements_of

PROPOSED, AGREED, TAKEN_BACK = "proposed", "agreed", "taken_back"


def changes_since(project: Project, snapshot: Snapshot) -> dict[str, str]:
    """Say of an edition's actions, by uuid, what has changed where anything has. One query.

    The newer words stay out of sight until they are published.
    """
    agreements = agreements_of(project)
    found = {
        action.uuid: _change(agreements[action.uuid], action.wording)
        for action in snapshot.actions
        if action.uuid in agreements
    }
    return {uuid: change for uuid, change in found.items() if change}


def _change(now: ActionAgreement, published: int) -> str:
    """Say what has changed of an action since its wording of this number was published."""
    if now.agreed is None:
        return TAKEN_BACK
    if now.agreed > published:
        return AGREED
    return PROPOSED if now.state == Agreement.CHANGE_PROPOSED else ""
