"""Whether an action is agreed: the one place that says where it stands with the steering group."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, NamedTuple

from django.db.models import Exists, OuterRef, QuerySet, Subquery, TextChoices
from django.utils.translation import gettext_lazy as _

from coproduction.projects.models import Project
from steering.models import Commitment, Decision, Round
from steering.queries.answer import AnswerCounts, answer_counts_of
from workshops.models import Action, Wording


class Agreement(TextChoices):
    """Where an action stands with the group, as pages name it."""

    PROPOSED = "proposed", _("Draft, not agreed")
    WITH_THE_GROUP = "with_the_group", _("With the steering group, not agreed")
    SENT_BACK = "sent_back", _("Sent back to be reworded, not agreed")
    NOT_TAKEN_FORWARD = "not_taken_forward", _("Not taken forward")
    AGREED = "agreed", _("Agreed")
    CHANGE_PROPOSED = "change_proposed", _("Agreed before; a change is proposed, not agreed")
    CHANGE_NOT_TAKEN = "change_not_taken", _("Agreed; a change was not taken forward")
    WITHDRAWN = "withdrawn", _("Withdrawn before the group was asked")

    @property
    def icon(self) -> str:
        """The status component's name for it: its icon and colour."""
        return _ICONS[self]


_ICONS = {
    Agreement.PROPOSED: "pen",
    Agreement.WITH_THE_GROUP: "waiting",
    Agreement.SENT_BACK: "pen",
    Agreement.NOT_TAKEN_FORWARD: "bar",
    Agreement.AGREED: "tick",
    Agreement.CHANGE_PROPOSED: "notice",
    Agreement.CHANGE_NOT_TAKEN: "tick",
    Agreement.WITHDRAWN: "bar",
}

_AGREED, _REFUSED = Decision.Outcome.AGREED, Decision.Outcome.NOT_TAKEN_FORWARD


class _History(NamedTuple):
    """What the group has said to one wording of an action."""

    number: int
    # The last decision on it, if there is one, and the day to look at it again.
    outcome: str | None
    review_on: date | None
    ever_agreed: bool
    undecided: bool


@dataclass(frozen=True)
class ActionAgreement:
    """Which wording of an action is agreed, by its number, and how far the newest one has got."""

    state: Agreement
    agreed: int | None
    latest: int
    # Whether the group was ever asked about the newest wording, and whether it is being asked about
    # any of them now.
    ever_asked: bool
    with_the_group: bool
    review_on: date | None

    @property
    def is_agreed(self) -> bool:
        """Whether the action, as it reads now, is agreed. A change proposed makes it not so."""
        return self.state == Agreement.AGREED

    @property
    def can_be_asked_first(self) -> bool:
        """Whether its newest wording was never put to the group, and could be."""
        asked = self.ever_asked or self.with_the_group
        return not asked and self.state != Agreement.WITHDRAWN

    @property
    def can_be_asked_again(self) -> bool:
        """Whether its newest wording was put to the group, not agreed, and could be put again."""
        return self.ever_asked and not self.with_the_group and not self.is_agreed

    def is_due_for_review(self, day: date) -> bool:
        """Whether it is agreed as it reads now, and the day to look at it again has come."""
        day_has_come = self.review_on is not None and self.review_on <= day
        return self.is_agreed and day_has_come and not self.with_the_group


@dataclass(frozen=True)
class ActionStatus:
    """What the steering group has made of one action so far, with the records that say so.

    A publication uses ``agreed``, the last wording the group agreed, and says so when there is a
    ``proposed`` one after it. Agreed and committed are two facts: ``commitment`` is the lead
    partner's word on the agreed wording. ``decision`` and ``tally`` are those that agreed it.
    """

    action: Action
    agreement: ActionAgreement
    latest: Wording
    # The newest round and decision on the latest wording, where there are any.
    round: Round | None
    last_decision: Decision | None
    agreed: Wording | None = None
    decision: Decision | None = None
    tally: AnswerCounts | None = None
    commitment: Commitment | None = None
    # Where the lead has not given its word on the agreed wording: its last on an earlier one.
    earlier_commitment: Commitment | None = None

    @property
    def state(self) -> Agreement:
        """Where it stands, in one word."""
        return self.agreement.state

    @property
    def with_the_group(self) -> bool:
        """Whether the group has the latest wording in front of it, undecided."""
        return self.round is not None and self.last_decision is None

    @property
    def is_under_review(self) -> bool:
        """Whether the group has what it agreed in front of it again: agreed until it says."""
        return self.agreement.is_agreed and self.with_the_group

    @property
    def proposed(self) -> Wording | None:
        """The newer wording that the group has not agreed, nor turned down; None when none."""
        decided = {Agreement.AGREED, Agreement.NOT_TAKEN_FORWARD, Agreement.CHANGE_NOT_TAKEN}
        return None if self.state in {*decided, Agreement.WITHDRAWN} else self.latest

    @property
    def deciding_round(self) -> Round | None:
        """The round whose decision holds: it agreed the action, or turned it down."""
        refused = self.last_decision if self.state == Agreement.NOT_TAKEN_FORWARD else None
        decision = self.decision or refused
        return decision.round if decision else None

    @property
    def change_proposed(self) -> bool:
        """Whether an agreed action has a newer wording that is not agreed."""
        return self.state == Agreement.CHANGE_PROPOSED


def agreements_of(project: Project) -> dict[str, ActionAgreement]:
    """Say of every action that stands, by uuid, which wording is agreed. One query.

    For pages that ask no more than that; ``statuses_of_actions`` gives the records too.
    """
    standing = Wording.objects.of(project).filter(action__withdrawn_at__isnull=True)
    found = _agreements(standing, "action__uuid")
    return {str(uuid): agreement for uuid, agreement in found.items()}


def agreements_among(actions: Sequence[int]) -> dict[int, ActionAgreement]:
    """Say of some actions, by primary key, which wording is agreed. One query."""
    return _agreements(Wording.objects.filter(action__in=actions), "action")


def is_reworded(wording: Wording) -> bool:
    """Whether the action has a newer wording."""
    newer = Wording.objects.filter(action=wording.action_id, number__gt=wording.number)
    return newer.exists()


def is_agreed(wording: Wording) -> bool:
    """Whether the last decision on a wording agreed it: it stays so while it is looked at again.

    A newer wording may have been agreed in its place since.
    """
    found = _with_history(Wording.objects.filter(pk=wording.pk)).get()
    return _history_of(found).outcome == _AGREED


def is_draft(round: Round) -> bool:
    """Whether a round's wording is to be called a draft where no decision on it says otherwise."""
    outcome = round.decision.outcome if hasattr(round, "decision") else _AGREED
    asked = round.taken_back_at is None and outcome == _AGREED
    return asked and not is_agreed(round.wording)


def first_agreed_on(wording: Wording) -> date:
    """Return the day the group first agreed a wording; it may have agreed it again since.

    Raises Decision.DoesNotExist where it never did.
    """
    agreed = Decision.objects.filter(round__wording=wording, outcome=_AGREED)
    return agreed.earliest("decided_on").decided_on


def statuses_of_actions(project: Project) -> dict[int, ActionStatus]:
    """Say where every action of a project stands, by its primary key. Six queries, however many.

    Those that were withdrawn are left out.
    """
    return statuses_among(project, Action.objects.of(project).standing())


def status_of_action(action: Action) -> ActionStatus:
    """Say where one action stands. Six queries."""
    return statuses_among(action.project, Action.objects.filter(pk=action.pk))[action.pk]


def statuses_among(project: Project, actions: "QuerySet[Action]") -> dict[int, ActionStatus]:
    """Say where some actions of a project stand, in number order. Six queries, however many."""
    return _statuses(project, actions, every_round=False)[0]


class DecidedRound(NamedTuple):
    """A round that was decided, with what its answers came to."""

    round: Round
    counts: AnswerCounts


def statuses_and_rounds(
    project: Project,
) -> tuple[dict[int, ActionStatus], dict[int, list[DecidedRound]]]:
    """Say where every action stands, and give all that was decided of it, the oldest first.

    By its primary key, those withdrawn left out; the same six queries.
    """
    standing = Action.objects.of(project).standing()
    statuses, rounds, counts = _statuses(project, standing, every_round=True)
    decided: dict[int, list[DecidedRound]] = defaultdict(list)
    for round in rounds:
        if round.pk in counts:
            decided[round.wording.action_id].append(DecidedRound(round, counts[round.pk]))
    return statuses, decided


def _versions(project: Project, actions: "QuerySet[Action]") -> dict[int, list[Wording]]:
    """Return the wordings of some actions, by action, the oldest first. Two queries."""
    versions: dict[int, list[Wording]] = defaultdict(list)
    for wording in (
        _with_history(Wording.objects.of(project).filter(action__in=actions))
        .select_related("action__theme", "lead")
        .prefetch_related("supporting")
    ):
        versions[wording.action_id].append(wording)
    return versions


def _statuses(
    project: Project, actions: "QuerySet[Action]", *, every_round: bool
) -> tuple[dict[int, ActionStatus], list[Round], Mapping[int, AnswerCounts]]:
    """Return where actions stand, and rounds with the answers counted in those decided.

    Those that agreed them; or with ``every_round`` all of every wording.
    """
    versions = _versions(project, actions)
    agreements = {
        action: _agreement([_history_of(each) for each in wordings])
        for action, wordings in versions.items()
    }
    for action, wordings in versions.items():
        if wordings[0].action.withdrawn_at is not None:
            agreements[action] = replace(agreements[action], state=Agreement.WITHDRAWN)
    agreed = {
        action: wording
        for action, wordings in versions.items()
        for wording in wordings
        if wording.number == agreements[action].agreed
    }
    latest = {action: wordings[-1] for action, wordings in versions.items()}
    rounds = list(
        Round.objects.filter(
            wording__in=[each for wordings in versions.values() for each in wordings]
            if every_round
            else {*agreed.values(), *latest.values()}
        )
        .select_related("decision", "wording")
        .order_by("opened_at", "pk")
    )
    newest = {round.wording_id: round for round in rounds}
    statuses = {
        action: ActionStatus(
            action=wording.action,
            agreement=agreements[action],
            latest=wording,
            round=newest.get(wording.pk),
            last_decision=getattr(newest.get(wording.pk), "decision", None),
        )
        for action, wording in latest.items()
    }
    decided = {round.wording_id: round for round in rounds if hasattr(round, "decision")}
    counts = answer_counts_of(
        [round for round in rounds if hasattr(round, "decision")]
        if every_round
        else [decided[wording.pk] for wording in agreed.values()]
    )
    return statuses | _with_agreed(statuses, agreed, decided, counts), rounds, counts


def _with_agreed(
    statuses: Mapping[int, ActionStatus],
    agreed: Mapping[int, Wording],
    decided: Mapping[int, Round],
    counts: Mapping[int, AnswerCounts],
) -> dict[int, ActionStatus]:
    """Add to the statuses of agreed actions what agreed them, and the lead partner's word.

    ``decided`` are the last decided rounds, by wording.
    """
    given: dict[tuple[int, int], list[Commitment]] = defaultdict(list)
    words = Commitment.objects.filter(wording__action__in=agreed).select_related("wording")
    for each in words.order_by("wording__number"):
        given[each.wording.action_id, each.organisation_id].append(each)
    return {
        action: replace(
            statuses[action],
            agreed=wording,
            decision=decided[wording.pk].decision,
            tally=counts[decided[wording.pk].pk],
            commitment=_word_on(wording, given[action, wording.lead_id or 0]),
            earlier_commitment=_earlier_word(wording, given[action, wording.lead_id or 0]),
        )
        for action, wording in agreed.items()
    }


def _word_on(wording: Wording, given: Sequence[Commitment]) -> Commitment | None:
    """Return which of a lead's words was given to a wording."""
    return next((each for each in given if each.wording_id == wording.pk), None)


def _earlier_word(wording: Wording, given: Sequence[Commitment]) -> Commitment | None:
    """Return a lead's last word on an earlier wording, where it gave none to this: it stands."""
    earlier = [each for each in given if each.wording.number < wording.number]
    return earlier[-1] if earlier and _word_on(wording, given) is None else None


def _with_history(wordings: "QuerySet[Wording]") -> "QuerySet[Wording]":
    """Add what the group has said to each wording, as the fields of ``_History``."""
    decisions = Decision.objects.filter(round__wording=OuterRef("pk"))
    last = decisions.order_by("-round__opened_at", "-round")
    return wordings.order_by("action__number", "number").annotate(
        outcome=Subquery(last.values("outcome")[:1]),
        review_on=Subquery(last.values("review_on")[:1]),
        ever_agreed=Exists(decisions.filter(outcome=_AGREED)),
        undecided=Exists(Round.objects.undecided().filter(wording=OuterRef("pk"))),
    )


def _history_of(wording: Wording) -> _History:
    """Read what ``_with_history`` added to a wording."""
    return _History._make(getattr(wording, field) for field in _History._fields)


def _agreements(wordings: "QuerySet[Wording]", action: str) -> dict[Any, ActionAgreement]:
    """Work out the agreement of each action from its wordings, by a field that names it."""
    histories: dict[Any, list[_History]] = defaultdict(list)
    for key, *history in _with_history(wordings).values_list(action, *_History._fields):
        histories[key].append(_History._make(history))
    return {key: _agreement(history) for key, history in histories.items()}


def _agreement(history: Sequence[_History]) -> ActionAgreement:
    """Work out where an action stands from what was said to its wordings, the oldest first.

    The last decision on a wording is the one that holds. One on a newer wording that was not agreed
    leaves the older in force; one on the agreed wording itself, looked at again, does not: then no
    older wording comes back in its place.
    """
    agreed: _History | None = None
    for each in history:
        if each.outcome == _AGREED:
            agreed = each
        elif each.ever_agreed:
            agreed = None
    latest = history[-1]
    refused = latest.outcome == _REFUSED and not latest.undecided
    if agreed is latest:
        state = Agreement.AGREED
    elif agreed is not None:
        state = Agreement.CHANGE_NOT_TAKEN if refused else Agreement.CHANGE_PROPOSED
    elif latest.undecided:
        state = Agreement.WITH_THE_GROUP
    elif refused:
        state = Agreement.NOT_TAKEN_FORWARD
    else:
        state = Agreement.SENT_BACK if latest.outcome else Agreement.PROPOSED
    return ActionAgreement(
        state=state,
        agreed=agreed.number if agreed else None,
        latest=latest.number,
        ever_asked=latest.outcome is not None or latest.undecided,
        with_the_group=any(each.undecided for each in history),
        review_on=latest.review_on,
    )
