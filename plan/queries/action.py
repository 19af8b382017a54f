"""What was agreed and what was not, as an edition freezes it, each with the thread behind it."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Q, QuerySet

from coproduction.languages.models import Translated
from coproduction.projects.models import Project
from engagements.models import is_quotable, is_visible
from plan.edition.disclosed_counts import thread_counts
from plan.edition.snapshot import (
    FrozenAction,
    FrozenCommitment,
    FrozenIdea,
    FrozenOrganisation,
    FrozenRound,
    FrozenTally,
    FrozenThread,
)
from plan.queries.listening import current_theme_uuid
from steering.models import Commitment, Decision, Round
from steering.queries.agreement import ActionStatus, Agreement
from steering.queries.answer import AnswerCounts, answer_counts_of
from themes.models import Quote
from themes.queries.codebook import Codebook
from workshops.models import Action, Evidence, Partner, Wording

# What to do with an action, by where it stands.
PUBLISHED = frozenset({Agreement.AGREED, Agreement.CHANGE_PROPOSED, Agreement.CHANGE_NOT_TAKEN})
UNDECIDED = frozenset({Agreement.PROPOSED, Agreement.WITH_THE_GROUP, Agreement.SENT_BACK})


@dataclass
class Thread:
    """What one action rests on, counted exactly."""

    by_event: Counter[str] = field(default_factory=Counter)
    by_question: Counter[str] = field(default_factory=Counter)
    # Of the comments it doesn't quote: those whose speaker would let us, and the others.
    quotable: Counter[bool] = field(default_factory=Counter)
    findings: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    workshops: list[str] = field(default_factory=list)
    quotes: list[str] = field(default_factory=list)

    def freeze(self, asked: Sequence[str], smallest: int) -> FrozenThread:
        """Freeze it; no count tells of fewer than ``smallest``."""
        comments, by_question, quotable = thread_counts(
            list(self.by_event.values()),
            {kind: self.by_question[kind] for kind in asked},
            [self.quotable[True], self.quotable[False]],
            smallest,
        )
        return FrozenThread(
            comments=comments,
            by_question=by_question,
            quotable=quotable,
            engagements=tuple(self.by_event),
            findings=tuple(dict.fromkeys(self.findings)),
            notes=tuple(self.notes),
            workshops=tuple(dict.fromkeys(self.workshops)),
            quotes=tuple(self.quotes),
        )


def freeze_actions(
    project: Project,
    known: Iterable[ActionStatus],
    codebook: Codebook,
    *,
    asked: Sequence[str],
    draft: bool,
) -> tuple[tuple[FrozenAction, ...], tuple[FrozenIdea, ...]]:
    """Freeze the agreed actions, and the ideas not taken forward, in number order.

    ``known`` says where each action stands. With ``draft`` the undecided ones stand among the
    agreed, in their newest wording, marked. ``asked`` are the kinds of question anybody answered.
    """
    threads = threads_of(project, codebook)
    rounds = _rounds(project)
    agreed: list[FrozenAction] = []
    turned_down: list[FrozenIdea] = []
    for one in sorted(known, key=lambda one: one.action.number):
        behind: dict[str, Any] = {
            "theme": current_theme_uuid(codebook, one.action.theme_id),
            "thread": threads[one.action.pk].freeze(asked, project.small_number),
            "rounds": tuple(rounds[one.action.pk]),
        }
        if one.state in PUBLISHED or (draft and one.state in UNDECIDED):
            agreed.append(_action(one, behind))
        elif one.state == Agreement.NOT_TAKEN_FORWARD:
            turned_down.append(
                FrozenIdea(**_wording(one.latest), **_decision(one.last_decision), **behind)
            )
    return tuple(agreed), tuple(turned_down)


def _action(one: ActionStatus, behind: Mapping[str, Any]) -> FrozenAction:
    """Freeze one action: the last wording the group agreed, or the newest of one undecided."""
    return FrozenAction(
        **_wording(one.agreed or one.latest),
        **_decision(one.decision),
        **behind,
        is_agreed=one.agreed is not None,
        change_proposed=one.change_proposed,
        review_on=one.decision.review_on if one.decision else None,
        tally=_tally(one.tally) if one.tally else None,
        commitment=_commitment(one.commitment),
        earlier_commitment=_commitment(one.earlier_commitment),
    )


def _commitment(given: Commitment | None) -> FrozenCommitment | None:
    """Freeze a lead's word, where it gave it."""
    return FrozenCommitment(on=given.committed_on, text=given.text) if given else None


def _wording(wording: Wording) -> dict[str, Any]:
    """Freeze what a wording says."""
    return {
        "uuid": str(wording.action.uuid),
        "number": wording.action.number,
        "wording": wording.number,
        "title": wording.title,
        "text": wording.text,
        "lead": _organisation(wording.lead_partner) if wording.lead_partner else None,
        "supporting": tuple(_organisation(each) for each in wording.supporting_partners),
        "timescale": wording.timescale,
        "timescale_note": wording.timescale_note,
    }


def _decision(decision: Decision | None) -> dict[str, Any]:
    """Freeze when the group decided, and why."""
    return {
        "decided_on": decision.decided_on if decision else None,
        "reason": decision.reason if decision else Translated(),
    }


def _organisation(partner: Partner) -> FrozenOrganisation:
    """Freeze a partner by the name that stood in the wording."""
    return FrozenOrganisation(uuid=str(partner.organisation.uuid), name=partner.name)


def _tally(counts: AnswerCounts) -> FrozenTally:
    """Freeze what the answers in a round came to."""
    return FrozenTally(
        agreeing=counts.agreeing,
        seats=counts.seats,
        method=counts.decision_method,
        **{str(kind): number for kind, number in counts.counts.items()},
    )


def _rounds(project: Project) -> dict[int, list[FrozenRound]]:
    """Freeze each action's decided rounds, oldest first: what came of them, by what numbers."""
    rounds = list(
        Round.objects.of(project)
        .filter(decision__isnull=False)
        .select_related("decision", "wording")
        .order_by("opened_at", "pk")
    )
    counts = answer_counts_of(rounds)
    frozen: dict[int, list[FrozenRound]] = defaultdict(list)
    for row in rounds:
        frozen[row.wording.action_id].append(
            FrozenRound(
                wording=row.wording.number,
                title=row.wording.title,
                outcome=row.decision.outcome,
                tally=_tally(counts[row.pk]),
                **_decision(row.decision),
            )
        )
    return frozen


def comments_behind(project: Project) -> "QuerySet[Evidence]":
    """Return the comments that actions rest on and nothing withholds, each as one row."""
    cited = Evidence.objects.filter(action__project=project, comment__isnull=False)
    return cited.filter(is_visible("comment__"))


def threads_of(project: Project, codebook: Codebook) -> Mapping[int, Thread]:
    """Gather what each action rests on, by the action's key. Six queries."""
    threads: dict[int, Thread] = defaultdict(Thread)
    evidence = Evidence.objects.filter(action__project=project)
    _add_comments(project, threads)
    for action, note, workshop in (
        evidence.filter(note__isnull=False, note__undone_at__isnull=True)
        .values_list("action", "note__uuid", "note__workshop__uuid")
        .order_by("note")
    ):
        threads[action].notes.append(str(note))
        threads[action].workshops.append(str(workshop))
    designed = Action.objects.of(project).filter(workshop__isnull=False)
    for action, workshop in designed.values_list("pk", "workshop__uuid"):
        threads[action].workshops.append(str(workshop))
    findings = evidence.filter(finding__isnull=False).order_by("finding__theme__position", "pk")
    for action, theme in findings.values_list("action", "finding__theme"):
        threads[action].findings.append(current_theme_uuid(codebook, theme))
    for action, quote in _quotes_behind(project):
        threads[action].quotes.append(str(quote))
    return threads


def _add_comments(project: Project, threads: dict[int, Thread]) -> None:
    """Count the comments that each action rests on, by event and by question."""
    quoted = Quote.objects.of(project).publishable().values("comment")
    agreed_to = is_quotable("comment__")
    for action, engagement, kind, number, quotable, silent in (
        comments_behind(project)
        .values_list("action", "comment__engagement__uuid", "comment__question__kind")
        .annotate(
            number=Count("comment"),
            quotable=Count("comment", filter=agreed_to & ~Q(comment__in=quoted)),
            silent=Count("comment", filter=~agreed_to),
        )
        .order_by("comment__engagement__date", "comment__engagement")
    ):
        threads[action].by_event[str(engagement)] += number
        threads[action].by_question[kind] += number
        threads[action].quotable += {True: quotable, False: silent}


def _quotes_behind(project: Project) -> list[tuple[int, Any]]:
    """Pair actions with the publishable quotes of comments they rest on, in the quotes' order."""
    of_comment = defaultdict(list)
    publishable = Quote.objects.of(project).publishable().order_by("theme", "position", "pk")
    for order, (comment, quote) in enumerate(publishable.values_list("comment", "uuid")):
        of_comment[comment].append((order, quote))
    cited = Evidence.objects.filter(action__project=project, comment__in=of_comment)
    found = [
        (action, order, quote)
        for action, comment in cited.values_list("action", "comment")
        for order, quote in of_comment[comment]
    ]
    return [(action, quote) for action, _order, quote in sorted(found, key=lambda row: row[:2])]
