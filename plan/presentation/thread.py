"""The golden thread of one action, back from its commitment to what people said."""

from collections.abc import Sequence
from dataclasses import dataclass

from coproduction.languages.templatetags.languages import in_language, in_language_lines
from engagements.disclosure.small_numbers import PublicCount
from plan.edition.snapshot import FrozenQuestion, FrozenRound
from plan.presentation.chapters import Chapter, PublishedAction
from plan.presentation.events import PublishedEvent, engagements_of, workshops_of
from plan.presentation.plan import Plan
from plan.presentation.text import Words
from steering.models import Answer, DecisionMethod
from workshops.models import Note


@dataclass(frozen=True)
class RoundBehind:
    """One time the group looked at the action: when, what came of it and by what numbers."""

    frozen: FrozenRound
    method: str
    title: Words
    is_reworded: bool
    reason: Words
    # The words for each answer that was given, and how many gave it; and how many gave none. Where
    # few were asked, nothing of it.
    answers: Sequence[tuple[str, int]]
    silent: int


@dataclass(frozen=True)
class ActionThread:
    """Everything an action rests on, from the latest to the first."""

    rounds: Sequence[RoundBehind]
    workshops: Sequence[PublishedEvent]
    engagements: Sequence[PublishedEvent]
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
    behind = [note for note in notes if str(note.uuid) in thread.notes]
    return ActionThread(
        rounds=[_round(row, action) for row in reversed(action.frozen.rounds)],
        workshops=[
            one for one in workshops_of(plan, behind) if one.frozen.uuid in thread.workshops
        ],
        engagements=[one for one in engagements_of(plan) if one.frozen.uuid in thread.engagements],
        questions=[
            (question, count)
            for question in plan.questions
            if (count := thread.by_question[question.kind])
        ],
        findings=[chapter for chapter in plan.chapters if chapter.uuid in thread.findings],
    )


def _round(row: FrozenRound, action: PublishedAction) -> RoundBehind:
    """Put a round into the active language."""
    tally, title = row.tally, in_language(row.title)
    answers = [(str(answer.label), getattr(tally, answer).value or 0) for answer in Answer]
    return RoundBehind(
        frozen=row,
        method=str(DecisionMethod(tally.method).label),
        title=title,
        is_reworded=str(title) != str(action.title),
        reason=in_language_lines(row.reason),
        answers=[(label, number) for label, number in answers if number],
        silent=tally.seats - sum(number for _label, number in answers) if tally.is_told else 0,
    )
