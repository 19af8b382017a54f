"""The golden thread of one action, back from its commitment to what people said."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from coproduction.languages.models import Translated
from coproduction.languages.templatetags.languages import in_language_lines, with_lang
from engagements.disclosure.small_numbers import PublicCount
from engagements.models import Method, Question
from plan.infographics.charts import COLOURS
from plan.presentation.plan import Chapter, Plan, PublishedAction, Row, Words, event_url, words
from steering.models import Answer, Decision, DecisionMethod
from workshops.models import Note


@dataclass(frozen=True)
class EngagementBehind:
    """An occasion on which comments behind an action were made. How many there is not told."""

    title: Words
    method: str
    date: date
    url: str


@dataclass(frozen=True)
class WorkshopBehind:
    """A workshop that worked on an action, with the notes the action rests on."""

    title: Words
    url: str
    date: date
    place: str
    residents: int
    partners: int
    notes: Sequence[Note]


@dataclass(frozen=True)
class RoundBehind:
    """One time the group looked at the action: when, what came of it and by what numbers."""

    date: date
    outcome: str
    outcome_label: str
    method: str
    title: Words
    is_reworded: bool
    reason: Words
    seats: int
    agreeing: int
    answers: Sequence[tuple[str, str, int]]
    silent: int


@dataclass(frozen=True)
class ActionThread:
    """Everything an action rests on, from the latest to the first."""

    decided: Sequence[RoundBehind]
    designed: Sequence[WorkshopBehind]
    heard: Sequence[EngagementBehind]
    questions: Sequence[tuple[str, str, PublicCount]]
    findings: Sequence[Chapter]

    @property
    def keeps_back(self) -> bool:
        """Whether a count by question is small, or not shown because of one."""
        return not all(count.is_number for _colour, _label, count in self.questions)

    @property
    def notes(self) -> int:
        """How many workshop notes it rests on."""
        return sum(len(workshop.notes) for workshop in self.designed)


def thread_of_action(plan: Plan, promise: PublishedAction, notes: Sequence[Note]) -> ActionThread:
    """Follow an action back, in what the edition froze; ``notes`` are read live."""
    occasions = plan.snapshot["engagements"]
    return ActionThread(
        decided=[_decided(row, promise) for row in reversed(promise.rounds)],
        designed=_designed(plan, promise, notes),
        heard=[_heard(plan, occasions[at]) for at in promise.thread["engagements"]],
        questions=[
            (COLOURS[kind], str(kind.label), count)
            for kind in Question.Kind
            if (count := PublicCount.read(promise.thread["by_question"].get(kind, 0)))
        ],
        findings=[
            chapter for chapter in plan.chapters if chapter.uuid in promise.thread["findings"]
        ],
    )


def _heard(plan: Plan, row: Row) -> EngagementBehind:
    """Read an occasion's row."""
    return EngagementBehind(
        title=with_lang(row["title"], plan.project.languages[0]),
        method=str(Method(row["method"]).label),
        date=date.fromisoformat(row["date"]),
        url=event_url(plan, "event", row["uuid"]),
    )


def _designed(plan: Plan, promise: PublishedAction, notes: Sequence[Note]) -> list[WorkshopBehind]:
    """Read the rows of the workshops on an action's thread, each with its notes."""
    named, cited = set(promise.thread["workshops"]), set(promise.thread["notes"])
    return [
        WorkshopBehind(
            title=words(row["title"]),
            url=event_url(plan, "workshop", row["uuid"]),
            date=date.fromisoformat(row["date"]),
            place=row["place"],
            residents=row["residents"],
            partners=row["partners"],
            notes=[
                note
                for note in notes
                if str(note.workshop.uuid) == row["uuid"] and str(note.uuid) in cited
            ],
        )
        for row in plan.snapshot["workshops"]
        if row["uuid"] in named
    ]


def _decided(row: Row, promise: PublishedAction) -> RoundBehind:
    """Read a round's row."""
    tally = row["tally"]
    given = [(answer, tally[answer]) for answer in Answer]
    title = words(row["title"])
    return RoundBehind(
        date=date.fromisoformat(row["decided_on"]),
        outcome=row["outcome"],
        outcome_label=str(Decision.Outcome(row["outcome"]).label),
        method=str(DecisionMethod(tally["method"]).label),
        title=title,
        is_reworded=str(title) != str(promise.title),
        reason=in_language_lines(Translated(row["reason"])),
        seats=tally["seats"],
        agreeing=tally["agreeing"],
        answers=[(answer.value, str(answer.label), number) for answer, number in given if number],
        silent=tally["seats"] - sum(number for _answer, number in given),
    )
