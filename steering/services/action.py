"""Changes to actions that a later stage may allow or not: withdrawing one."""

from django.utils.translation import gettext_lazy as _

from coproduction.projects.audit import recorded
from coproduction.projects.models import User
from coproduction.projects.refusals import Refusal
from steering.queries.round import was_asked_about
from workshops.models import Action
from workshops.services.action import standing_action


class GroupWasAsked(Refusal):
    """What was put to the group is the group's to drop."""

    sentence = _(
        "The group was asked about this action, so only the group can drop it. Put it to the group "
        "again: it can decide not to take it forward. An agreed action can be put to it again from "
        "the day to look at it again."
    )


def withdraw_action(*, action: Action, why: str, by: User) -> Action:
    """Take an action off that was made by mistake, before the group was asked anything about it.

    Its number stays used, and it stays on the list with the reason. A question that was taken back
    was asked, too. Raises ActionWithdrawn and GroupWasAsked.
    """
    with recorded(project=action.project, by=by) as ledger:
        standing_action(ledger, action)
        if was_asked_about(action):
            raise GroupWasAsked
        action.withdrawn_at, action.withdrawn_why = ledger.at, why.strip()
        action.save(update_fields=["withdrawn_at", "withdrawn_why"])
        ledger.record("steering.action_withdrawn", subject=action, now={"number": action.number})
    return action
