"""The golden thread of one action, back from its commitment to what people said."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from coproduction.languages.templatetags.languages import in_language, in_language_lines, with_lang
from engagements.disclosure.small_numbers import PublicCount
from engagements.models import Method
from plan.edition.snapshot import FrozenEngagement, FrozenQuestion, FrozenRound, FrozenWorkshop
from plan.presentation.chapters import Chapter, PublishedAction
from plan.presentation.plan import Plan, event_url
from plan.presentation.text import Words
from steering.models import Answer, DecisionMethod
from workshops.models import Note


@dataclass(frozen=True)
class EngagementBehind:
    """An event at which comments behind an action were made. How many is not told."""

    title: Words
    method: str
    date: date
    url: str


@dataclass(frozen=True)
class WorkshopBehind:
    """A workshop that worked on an action, with the notes the action rests on."""

    title: Words
    url: str
    frozen: FrozenWorkshop
    notes: Sequence[Note]


@dataclass(frozen=True)
class RoundBehind:
    """One time the group looked at the action: when, what came of it and by what numbers."""

    frozen: FrozenRound
    method: str
    title: Words
    is_reworded: bool
    reason: Words
    # The words for each answer that was given, and how many gave it; and how many gave none.
    answers: Sequence[tuple[str, int]]
    silent: int


@dataclass(frozen=True)
class ActionThread:
    """Everything an action rests on, from the latest to the first."""

    rounds: Sequence[RoundBehind]
    workshops: Sequence[WorkshopBehind]
    engagements: Sequence[EngagementBehind]
    questions: Sequence[tuple[FrozenQuestion, PublicCount]]
    findings: Sequence[Chapter]

    @property
    def keeps_back(self) -> bool:
        """Whether a count by question is small, or not shown because of one."""
        return not all(count.is_number for _question, count in self.questions)

    @property
    def notes(self) -> int:
        """How many workshop notes it rests on."""
        return sum(len(workshop.notes) for workshop in self.workshops)


def thread_of_action(plan: Plan, action: PublishedAction, notes: Sequence[Note]) -> ActionThread:
    """Follow an action back, in what the edition froze; ``notes`` are read live."""
    thread = action.frozen.thread
    return ActionThread(
        rounds=[_round(row, action) for row in reversed(action.frozen.rounds)],
        workshops=[
            _workshop(plan, row, [note for note in notes if str(note.uuid) in thread.notes])
            for row in plan.snapshot.workshops
            if row.uuid in thread.workshops
        ],
        engagements=[
            _engagement(plan, row)
            for row in plan.snapshot.engagements
            if row.uuid in thread.engagements
        ],
        questions=[
            (question, count)
            for question in plan.questions
            if (count := thread.by_question[question.kind])
        ],
        findings=[chapter for chapter in plan.chapters if chapter.uuid in thread.findings],
    )


def _engagement(plan: Plan, row: FrozenEngagement) -> EngagementBehind:
    """Put an event into the active language."""
    return EngagementBehind(
        title=with_lang(row.title, plan.project.languages[0]),
        method=str(Method(row.method).label),
        date=row.date,
        url=event_url(plan, "event", row.uuid),
    )


def _workshop(plan: Plan, row: FrozenWorkshop, notes: Sequence[Note]) -> WorkshopBehind:
    """Put a workshop into the active language, with those of ``notes`` that were made there."""
    return WorkshopBehind(
        title=in_language(row.title),
        url=event_url(plan, "workshop", row.uuid),
        frozen=row,
        notes=[note for note in notes if str(note.workshop.uuid) == row.uuid],
    )


def _round(row: FrozenRound, action: PublishedAction) -> RoundBehind:
    """Put a round into the active language."""
    tally, title = row.tally, in_language(row.title)
    return RoundBehind(
        frozen=row,
        method=str(DecisionMethod(tally.method).label),
        title=title,
        is_reworded=str(title) != str(action.title),
        reason=in_language_lines(row.reason),
        answers=[
            (str(answer.label), number)
            for answer in Answer
            if (number := tally.answers.get(answer, 0))
        ],
        silent=tally.seats - sum(tally.answers.values()),
    )
