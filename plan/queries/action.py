"""What was agreed and what was not, as an edition freezes it, each with the thread behind it."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from coproduction.languages.models import Translated
from coproduction.projects.models import Project
from engagements.disclosure.over_time import Line
from engagements.models import Comment
from plan.edition.disclosed_counts import disclose_answers, thread_line
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
from steering.queries.evidence import Piece, cited_now
from steering.queries.round_evidence import evidence_behind, pieces_of
from themes.models import Finding, Quote
from themes.queries.codebook import Codebook
from themes.queries.public_counts import QUESTIONS, lines_published, lines_to_publish
from workshops.models import Action, Note, Partner, Wording

# What to do with an action, by where it stands.
PUBLISHED = frozenset({Agreement.AGREED, Agreement.CHANGE_PROPOSED, Agreement.CHANGE_NOT_TAKEN})
UNDECIDED = frozenset({Agreement.PROPOSED, Agreement.WITH_THE_GROUP, Agreement.SENT_BACK})


@dataclass
class Thread:
    """What one action rests on, counted exactly."""

    by_event: Counter[str] = field(default_factory=Counter)
    by_question: Counter[str] = field(default_factory=Counter)
    findings: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    workshops: list[str] = field(default_factory=list)
    quotes: list[str] = field(default_factory=list)

    def freeze(self, line: Line, asked: Sequence[str]) -> FrozenThread:
        """Freeze it; ``line`` is what may be told of its comments."""
        return FrozenThread(
            comments=line.whole,
            by_question={kind: line.of(kind) for kind in asked},
            engagements=tuple(self.by_event),
            findings=tuple(dict.fromkeys(self.findings)),
            notes=tuple(self.notes),
            workshops=tuple(dict.fromkeys(self.workshops)),
            quotes=tuple(self.quotes),
        )


@dataclass(frozen=True)
class EditionCounts:
    """All that an edition would tell of how much was heard, and what each action rests on."""

    lines: Mapping[str, Line]
    threads: Mapping[int, Thread]

    @property
    def asked(self) -> list[str]:
        """The kinds of the questions that anybody answered."""
        return [kind for kind, count in self.lines[QUESTIONS].told.items() if count]

    def thread(self, action: Action) -> FrozenThread:
        """Freeze what an action rests on."""
        line = self.lines.get(action_line(action.number), Line())
        return self.threads[action.pk].freeze(line, self.asked)


def action_line(number: int) -> str:
    """Name the line of an action's comments, by question."""
    return f"action:{number}"


def counts_for_edition(
    project: Project, codebook: Codebook, known: Iterable[ActionStatus], held: Iterable[Any]
) -> EditionCounts:
    """Count for the next edition, after what the last one told.

    ``known`` are its actions, ``held`` the engagements held.
    """
    known = list(known)
    before = lines_published(project)
    lines = lines_to_publish(project, before, codebook, held)
    threads, asked = threads_of(project, codebook, known), lines[QUESTIONS]
    for one in known:
        thread, name = threads[one.action.pk], action_line(one.action.number)
        lines[name] = thread_line(
            thread.by_event.values(),
            {kind: thread.by_question[kind] for kind in asked.counted},
            before.get(name),
            project.small_number,
            asked=asked,
        )
    return EditionCounts(lines, threads)


def freeze_actions(
    project: Project,
    known: Iterable[ActionStatus],
    codebook: Codebook,
    *,
    counts: EditionCounts,
    draft: bool,
) -> tuple[tuple[FrozenAction, ...], tuple[FrozenIdea, ...]]:
    """Freeze the agreed actions, and the ideas not taken forward, in number order.

    ``known`` says where each action stands. With ``draft`` the undecided ones stand among the
    agreed, in their newest wording, marked. ``counts`` is what may be told of what they rest on.
    """
    rounds = _rounds(project)
    agreed: list[FrozenAction] = []
    turned_down: list[FrozenIdea] = []
    for one in sorted(known, key=lambda one: one.action.number):
        behind: dict[str, Any] = {
            "theme": current_theme_uuid(codebook, one.action.theme_id),
            "thread": counts.thread(one.action),
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
    answers = {str(kind): number for kind, number in counts.counts.items()}
    return FrozenTally(
        seats=counts.seats,
        method=counts.decision_method,
        **disclose_answers({"agreeing": counts.agreeing} | answers, counts.seats),
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


def comments_behind(statuses: Iterable[ActionStatus]) -> list[tuple[int, int]]:
    """Pair the numbers of actions with the comments they rest on that nothing withholds.

    What a decision rests on is what the group had before it, whatever was cited since.
    """
    known = list(statuses)
    behind = evidence_behind(known)
    keys = {pk for pieces in behind.values() for kind, pk in pieces if kind == "comment"}
    in_sight = set(Comment.objects.filter(pk__in=keys).visible().values_list("pk", flat=True))
    return [
        (one.action.number, pk)
        for one in known
        for kind, pk in sorted(behind[one.action.pk])
        if kind == "comment" and pk in in_sight
    ]


def threads_of(
    project: Project, codebook: Codebook, known: Iterable[ActionStatus]
) -> Mapping[int, Thread]:
    """Gather what each action was decided on, by the action's key. Nine queries."""
    behind = evidence_behind(known)
    _add_taken_back(project, behind)
    actions_of: dict[str, dict[int, list[int]]] = {"comment": {}, "note": {}, "finding": {}}
    for action in sorted(behind):
        for kind, key in behind[action]:
            actions_of[kind].setdefault(key, []).append(action)
    threads: dict[int, Thread] = defaultdict(Thread)
    _add_comments(project, threads, actions_of["comment"])
    notes = Note.objects.of(project).not_undone().filter(pk__in=actions_of["note"])
    for key, note, workshop in notes.order_by("pk").values_list("pk", "uuid", "workshop__uuid"):
        for action in actions_of["note"][key]:
            threads[action].notes.append(str(note))
            threads[action].workshops.append(str(workshop))
    designed = Action.objects.of(project).filter(workshop__isnull=False)
    for action, workshop in designed.values_list("pk", "workshop__uuid"):
        threads[action].workshops.append(str(workshop))
    findings = Finding.objects.of(project).filter(pk__in=actions_of["finding"])
    for key, theme in findings.order_by("theme__position", "pk").values_list("pk", "theme"):
        for action in actions_of["finding"][key]:
            threads[action].findings.append(current_theme_uuid(codebook, theme))
    return threads


def _add_taken_back(project: Project, behind: dict[int, set[Piece]]) -> None:
    """Add to what actions rest on what the group had before it once, and would have had again.

    A new decision rests on what was in sight then. That an event is named no more, and one comment
    less is counted, would tell who had taken theirs back. Three queries at most.
    """
    out_of_sight = Comment.objects.of(project).withheld().said()
    if not (taken_back := {("comment", key) for key in out_of_sight.values_list("pk", flat=True)}):
        return
    rounds = Round.objects.of(project).filter(decision__isnull=False).select_related("wording")
    cited = cited_now(behind)
    for round in rounds:
        action = round.wording.action_id
        if action in behind:
            behind[action] |= pieces_of(round) & cited[action] & taken_back


def _add_comments(
    project: Project, threads: dict[int, Thread], actions_of: Mapping[int, Sequence[int]]
) -> None:
    """Count the comments that each action rests on, by event and by question; name their quotes.

    ``actions_of`` are the actions by the comments they rest on. What was taken back since counts.
    """
    publishable = Quote.objects.of(project).publishable().filter(comment__in=actions_of)
    for comment, quote in publishable.order_by("theme", "position", "pk").values_list(
        "comment", "uuid"
    ):
        for action in actions_of[comment]:
            threads[action].quotes.append(str(quote))
    for key, engagement, kind in (
        Comment.objects.of(project)
        .said()
        .filter(pk__in=actions_of)
        .values_list("pk", "engagement__uuid", "question__kind")
        .order_by("engagement__date", "engagement", "pk")
    ):
        for action in actions_of[key]:
            threads[action].by_event[str(engagement)] += 1
            threads[action].by_question[kind] += 1
