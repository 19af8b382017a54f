"""What was agreed and what was not, as an edition freezes it, each with the thread behind it."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from coproduction.languages.models import Translated
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
from plan.queries.basis import Basis
from plan.queries.listening import current_theme_uuid
from steering.models import Commitment, Decision
from steering.queries.agreement import ActionStatus, Agreement, DecidedRound
from steering.queries.answer import AnswerCounts
from steering.queries.evidence import Piece, cited_now
from steering.queries.round_evidence import evidence_behind, pieces_of
from themes.models import Quote
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
    # The workshop notes that are cited, by uuid.
    notes: Mapping[str, Note]

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


def counts_for_edition(basis: Basis) -> EditionCounts:
    """Count for the next edition, after what the last one told."""
    project = basis.project
    before = lines_published(project)
    lines = lines_to_publish(project, before, basis.codebook, basis.engagements, basis.said)
    threads, notes = threads_of(basis)
    asked = lines[QUESTIONS]
    for one in basis.statuses:
        thread, name = threads[one.action.pk], action_line(one.action.number)
        lines[name] = thread_line(
            thread.by_event.values(),
            {kind: thread.by_question[kind] for kind in asked.counted},
            before.get(name),
            project.small_number,
            asked=asked,
        )
    return EditionCounts(lines, threads, notes)


def freeze_actions(
    basis: Basis, *, counts: EditionCounts, draft: bool
) -> tuple[tuple[FrozenAction, ...], tuple[FrozenIdea, ...]]:
    """Freeze the agreed actions, and the ideas not taken forward, in number order.

    With ``draft`` the undecided ones stand among the agreed, in their newest wording, marked.
    ``counts`` is what may be told of what they rest on.
    """
    agreed: list[FrozenAction] = []
    turned_down: list[FrozenIdea] = []
    for one in basis.statuses:
        behind: dict[str, Any] = {
            "theme": current_theme_uuid(basis.codebook, one.action.theme_id),
            "thread": counts.thread(one.action),
            "rounds": tuple(_round(each) for each in basis.rounds.get(one.action.pk, ())),
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


def _round(decided: DecidedRound) -> FrozenRound:
    """Freeze a decided round: what came of it, by what numbers."""
    row = decided.round
    return FrozenRound(
        wording=row.wording.number,
        title=row.wording.title,
        outcome=row.decision.outcome,
        tally=_tally(decided.counts),
        **_decision(row.decision),
    )


def comments_behind(statuses: Iterable[ActionStatus]) -> list[tuple[int, int]]:
    """Pair the numbers of actions with the comments they rest on that nothing withholds.

    What a decision rests on is what the group had before it, whatever was cited since.
    """
    known = list(statuses)
    behind = evidence_behind(known, cited_now([one.action.pk for one in known]))
    keys = {pk for pieces in behind.values() for kind, pk in pieces if kind == "comment"}
    in_sight = set(Comment.objects.filter(pk__in=keys).visible().values_list("pk", flat=True))
    return [
        (one.action.number, pk)
        for one in known
        for kind, pk in sorted(behind[one.action.pk])
        if kind == "comment" and pk in in_sight
    ]


def threads_of(basis: Basis) -> tuple[Mapping[int, Thread], dict[str, Note]]:
    """Gather what each action was decided on, by the action's key, and the notes among it.

    Two queries beside those of the basis.
    """
    project = basis.project
    behind = evidence_behind(basis.statuses, basis.cited)
    said = _said_in(basis, behind)
    _add_taken_back(basis, behind, {key for key, *_of, withheld in said if withheld})
    actions_of: dict[str, dict[int, list[int]]] = {"comment": {}, "note": {}, "finding": {}}
    for action in sorted(behind):
        for kind, key in behind[action]:
            actions_of[kind].setdefault(key, []).append(action)
    threads: dict[int, Thread] = defaultdict(Thread)
    _add_comments(basis, threads, actions_of["comment"], said)
    cited = Note.objects.of(project).not_undone().filter(pk__in=actions_of["note"])
    notes = {str(note.uuid): note for note in cited.select_related("workshop").order_by("pk")}
    for uuid, note in notes.items():
        for action in actions_of["note"][note.pk]:
            threads[action].notes.append(uuid)
            threads[action].workshops.append(str(note.workshop.uuid))
    for one in basis.statuses:
        if (workshop := basis.workshop_of(one)) is not None:
            threads[one.action.pk].workshops.append(str(workshop.uuid))
    for finding in basis.findings:
        for action in actions_of["finding"].get(finding.pk, ()):
            theme = current_theme_uuid(basis.codebook, finding.theme_id)
            threads[action].findings.append(theme)
    return threads, notes


# A comment's key, its engagement and its question, and what hides it.
_Said = tuple[int, UUID, str, str]


def _said_in(basis: Basis, behind: Mapping[int, set[Piece]]) -> list[_Said]:
    """Return those comments that were said, of all that actions rest on or ever did. One query."""
    pieces = set().union(*behind.values(), *basis.cited.values())
    keys = [key for kind, key in pieces if kind == "comment"]
    # By their keys, in no order: asked for an order or the project, SQLite reads all comments.
    rows = Comment.objects.said().filter(pk__in=keys).order_by()
    said = ("pk", "engagement__uuid", "question__kind", "withheld")
    found = rows.values_list("engagement__date", "engagement", *said)
    return [tuple(each[2:]) for each in sorted(found)]


def _add_taken_back(
    basis: Basis, behind: dict[int, set[Piece]], out_of_sight: Collection[int]
) -> None:
    """Add to what actions rest on what the group had before it once, and would have had again.

    A new decision rests on what was in sight then. That an event is named no more, and one comment
    less is counted, would tell who had taken theirs back.
    """
    taken_back = {("comment", key) for key in out_of_sight}
    for action, rounds in basis.rounds.items():
        for decided in rounds:
            had = pieces_of(decided.round)
            behind[action] |= had & basis.cited[action] & taken_back


def _add_comments(
    basis: Basis,
    threads: dict[int, Thread],
    actions_of: Mapping[int, Sequence[int]],
    said: Iterable[_Said],
) -> None:
    """Count the comments that each action rests on, by event and by question; name their quotes.

    ``actions_of`` are the actions by the comments they rest on. What was taken back since counts.
    """
    quotes = sorted(basis.shown_quotes, key=_by_theme)
    for quote in quotes:
        for action in actions_of.get(quote.comment_id, ()):
            threads[action].quotes.append(str(quote.uuid))
    for key, engagement, kind, _withheld in said:
        for action in actions_of.get(key, ()):
            threads[action].by_event[str(engagement)] += 1
            threads[action].by_question[kind] += 1


def _by_theme(quote: Quote) -> tuple[int, ...]:
    """Order quotes by their themes, and each theme's as they stand there."""
    return quote.theme.position, quote.theme_id, quote.position, quote.pk
