"""What is decided about answers on hold: let in or set aside, many at once, and taken back."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from coproduction.projects.audit import recorded
from coproduction.projects.models import Project, User
from coproduction.projects.refusals import Refusal
from coproduction.projects.seen import ChangedSince
from engagements.models import Comment, Hold, HoldDecision, HoldQuerySet, Submission, Withheld

Outcome = HoldDecision.Outcome


class DecidedMeanwhile(Refusal):
    """Somebody else was quicker, with all of them."""

    sentence = _(
        "Somebody else has decided about these answers since you opened the page. Nothing of yours "
        "was done. Look at what stands there now."
    )


@dataclass(frozen=True)
class HoldsShown:
    """What a page showed of answers on hold, when somebody pressed a button on it.

    How many, of those up to which hold, with which decision as the newest; of one ``group``, or
    those ticked, where either is named. ``were_aside`` says that they had been set aside.
    """

    number: int
    last_hold: int
    last_decision: int
    group: UUID | None = None
    ticked: Iterable[UUID] = ()
    were_aside: bool = False

    @property
    def is_about(self) -> Q:
        """The condition that a hold is one of those that the button was about."""
        about = Q(pk__lte=self.last_hold)
        if self.group:
            about &= Q(group=self.group)
        return about & Q(uuid__in=list(self.ticked)) if self.ticked else about

    @property
    def stands(self) -> Q:
        """The condition that what the page showed of a hold is still so."""
        if not self.were_aside:
            return Q(decision__isnull=True)
        return Q(decision__outcome=Outcome.SET_ASIDE, decision__lte=self.last_decision)


@dataclass(frozen=True)
class Decided:
    """What was decided, how many somebody else had decided about meanwhile, and who that was."""

    decision: HoldDecision
    overtaken: int = 0
    others: tuple[str, ...] = ()


def decide_holds(*, project: Project, shown: HoldsShown, outcome: str, by: User) -> Decided:
    """Let in or set aside the answers that a button was about.

    Those about which somebody else has decided since the page was drawn stay as they are. Raises
    DecidedMeanwhile where that is all of them, ChangedSince where there are others by now that the
    person has not seen, and ValueError for another outcome.
    """
    outcome = Outcome(outcome)
    with recorded(project=project, by=by) as ledger:
        rows: HoldQuerySet = Hold.objects.of(project).filter(shown.is_about)
        standing, later = rows.filter(shown.stands), rows.filter(decision__gt=shown.last_decision)
        number = standing.count()
        if number + later.count() > shown.number:
            raise ChangedSince
        if not number:
            raise DecidedMeanwhile
        others = tuple(_names(later)) if number < shown.number else ()
        decision = HoldDecision.objects.create(
            project=project, outcome=outcome, answers=number, at=ledger.at, by=by
        )
        standing.update(decision=decision)
        if outcome == Outcome.LET_IN:
            _show(decision)
        ledger.record(f"engagements.answers_{outcome}", subject=decision, now={"answers": number})
    return Decided(decision, shown.number - number, others)


def _names(holds: Any) -> list[str]:
    """Return who decided about some holds."""
    keys = holds.values("decision__by")
    return [each.display_name for each in User.objects.filter(pk__in=keys).order_by("name", "pk")]


def _show(decision: HoldDecision) -> None:
    """Count the answers of a decision; what something else withholds stays withheld."""
    let_in = Submission.objects.filter(hold__decision=decision)
    held = Comment.objects.on_hold().filter(submission__hold__decision=decision)
    held.filter(submission__undone_at__isnull=False).update(withheld=Withheld.UNDONE)
    held.update(withheld=Withheld.NOTHING)
    let_in.update(on_hold=False)


def undo_hold_decision(*, decision: HoldDecision, by: User) -> int:
    """Have the answers of a decision wait again; return how many.

    However long ago it was. Those about which something else was decided since stay as they are,
    and one undone before, or that nothing goes by any more, is left as it is.
    """
    with recorded(project=decision.project, by=by) as ledger:
        if ledger.refresh(decision).is_undone or not decision.holds.exists():
            return 0
        again = Submission.objects.filter(hold__decision=decision)
        visible = Comment.objects.visible().filter(submission__hold__decision=decision)
        visible.update(withheld=Withheld.ON_HOLD)
        again.update(on_hold=True)
        number = decision.holds.update(decision=None)
        decision.undone_at, decision.undone_by = ledger.at, by
        decision.save(update_fields=["undone_at", "undone_by"])
        ledger.record(
            "engagements.hold_decision_undone",
            subject=decision,
            was={"outcome": decision.outcome, "answers": number},
        )
    return number
