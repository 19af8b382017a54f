"""Where each action stands: agreed, proposed, sent back, not taken forward; committed or not."""

from collections import defaultdict
from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _

from coproduction.projects.models import Project
from steering.models import Commitment, Decision, Round
from steering.queries.answer import AnswerCounts, answer_counts_of
from workshops.models import Action, Wording


class Agreement(models.TextChoices):
    """Where an action stands, as pages name it."""

    PROPOSED = "proposed", _("Draft, not agreed")
    WITH_THE_GROUP = "with_the_group", _("With the steering group, not agreed")
    SENT_BACK = "sent_back", _("Sent back to be reworded, not agreed")
    NOT_TAKEN_FORWARD = "not_taken_forward", _("Not taken forward")
    AGREED = "agreed", _("Agreed")
    CHANGE_PROPOSED = "change_proposed", _("Agreed before; a change is proposed, not agreed")
    CHANGE_NOT_TAKEN = "change_not_taken", _("Agreed; a change was not taken forward")

    @property
    def mark(self) -> str:
        """The status component's name for it: its icon and colour."""
        return _MARKS[self]


_MARKS = {
    Agreement.PROPOSED: "draft",
    Agreement.WITH_THE_GROUP: "waiting",
    Agreement.SENT_BACK: "draft",
    Agreement.NOT_TAKEN_FORWARD: "declined",
    Agreement.AGREED: "agreed",
    Agreement.CHANGE_PROPOSED: "changed",
    Agreement.CHANGE_NOT_TAKEN: "agreed",
}


@dataclass(frozen=True)
class ActionStatus:
    """What the steering group has made of one action so far.

    A publication uses ``agreed``, the last wording the group agreed, and says so when there is a
    ``proposed`` one after it. Agreed and committed are two facts: ``commitment`` is the lead
    partner's word on the agreed wording.
    """

    action: Action
    latest: Wording
    agreed: Wording | None = None
    decision: Decision | None = None
    tally: AnswerCounts | None = None
    commitment: Commitment | None = None
    # The newest round and decision on the latest wording, where there are any.
    round: Round | None = None
    last_decision: Decision | None = None

    @property
    def state(self) -> Agreement:
        """Where it stands, in one word."""
        last = self.last_decision.outcome if self.last_decision else None
        if self.agreed is not None and self.agreed.pk == self.latest.pk:
            return Agreement.AGREED
        if self.agreed is not None:
            refused = last == Decision.Outcome.NOT_TAKEN_FORWARD and not self.with_the_group
            return Agreement.CHANGE_NOT_TAKEN if refused else Agreement.CHANGE_PROPOSED
        if self.with_the_group:
            return Agreement.WITH_THE_GROUP
        if last == Decision.Outcome.NOT_TAKEN_FORWARD:
            return Agreement.NOT_TAKEN_FORWARD
        return Agreement.SENT_BACK if last == Decision.Outcome.SENT_BACK else Agreement.PROPOSED

    @property
    def with_the_group(self) -> bool:
        """Whether the group has the latest wording in front of it, undecided."""
        return self.round is not None and self.last_decision is None

    @property
    def looked_at_again(self) -> bool:
        """Whether the group has what it agreed in front of it again: agreed until it says."""
        return self.state == Agreement.AGREED and self.with_the_group

    @property
    def is_agreed(self) -> bool:
        """Whether the action, as it reads now, is agreed. A change proposed makes it not so."""
        return self.state == Agreement.AGREED

    @property
    def proposed(self) -> Wording | None:
        """The newer wording that the group has not agreed, nor turned down; None when none."""
        settled = {Agreement.AGREED, Agreement.NOT_TAKEN_FORWARD, Agreement.CHANGE_NOT_TAKEN}
        return None if self.state in settled else self.latest

    @property
    def change_proposed(self) -> bool:
        """Whether an agreed action has a newer wording that is not agreed."""
        return self.state == Agreement.CHANGE_PROPOSED

    @property
    def not_taken_forward(self) -> Decision | None:
        """The decision not to take the action forward, where nothing was ever agreed."""
        return self.last_decision if self.state == Agreement.NOT_TAKEN_FORWARD else None


def statuses_of_actions(project: Project) -> dict[int, ActionStatus]:
    """Say where every action of a project stands, by its primary key. Six queries, however many."""
    return statuses_among(project, Action.objects.of(project))


def status_of_action(action: Action) -> ActionStatus:
    """Say where one action stands."""
    return statuses_among(action.project, Action.objects.filter(pk=action.pk))[action.pk]


def statuses_among(project: Project, actions: "models.QuerySet[Action]") -> dict[int, ActionStatus]:
    """Say where some actions of a project stand, in number order. Six queries, however many."""
    wordings: dict[int, list[Wording]] = defaultdict(list)
    for wording in (
        Wording.objects.filter(action__in=actions)
        .select_related("action__theme", "lead")
        .prefetch_related("supporting")
        .order_by("action__number", "number")
    ):
        wordings[wording.action_id].append(wording)
    rounds: dict[int, list[Round]] = defaultdict(list)
    for round in (
        Round.objects.of(project)
        .filter(wording__action__in=actions)
        .select_related("decision")
        .order_by("opened_at", "pk")
    ):
        rounds[round.wording_id].append(round)
    agreed = {
        action: found
        for action, versions in wordings.items()
        if (found := _last_agreed(versions, rounds)) is not None
    }
    numbers = answer_counts_of(agreed.values())
    commitments = {
        (commitment.wording_id, commitment.organisation_id): commitment
        for commitment in Commitment.objects.filter(
            wording__in=[round.wording_id for round in agreed.values()]
        )
    }
    return {
        action: _one(versions, rounds[versions[-1].pk], agreed.get(action), numbers, commitments)
        for action, versions in wordings.items()
    }


def _last_agreed(versions: list[Wording], rounds: dict[int, list[Round]]) -> Round | None:
    """Return the round that last agreed the action, unless the group has taken that back.

    The last decision on a wording decides its standing. One on a newer wording that was not agreed
    leaves the older in force; one on the agreed wording itself, looked at again, does not.
    """
    agreed: Round | None = None
    for version in versions:
        for round in rounds[version.pk]:
            decision: Decision | None = getattr(round, "decision", None)
            if decision is None:
                continue
            if decision.outcome == Decision.Outcome.AGREED:
                agreed = round
            elif agreed is not None and agreed.wording_id == version.pk:
                agreed = None
    return agreed


def _one(
    versions: list[Wording],
    rounds: list[Round],
    agreed: Round | None,
    numbers: dict[int, AnswerCounts],
    commitments: dict[tuple[int, int], Commitment],
) -> ActionStatus:
    """Put one action's standing together from its wordings and the latest one's rounds."""
    latest = versions[-1]
    last_round = rounds[-1] if rounds else None
    known = ActionStatus(
        action=latest.action,
        latest=latest,
        round=last_round,
        last_decision=getattr(last_round, "decision", None),
    )
    if agreed is None:
        return known
    wording = next(version for version in versions if version.pk == agreed.wording_id)
    return ActionStatus(
        action=known.action,
        latest=latest,
        round=last_round,
        last_decision=known.last_decision,
        agreed=wording,
        decision=agreed.decision,
        tally=numbers[agreed.pk],
        commitment=commitments.get((wording.pk, wording.lead_id or 0)),
    )
