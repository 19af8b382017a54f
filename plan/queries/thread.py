"""The golden thread of one action, back from its commitment to what people said."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from coproduction.languages.models import Translated
from coproduction.languages.templatetags.languages import in_language_lines
from engagements.models import Method, Question
from plan.charts import COLOURS
from plan.counts import Count, count_of
from plan.reading import Chapter, Plan, Promise, Row, Words, page_in, words
from steering.models import Answer, Decision, DecisionMethod
from workshops.models import Note


@dataclass(frozen=True)
class Heard:
    """An occasion on which comments behind an action were made. How many there is not told."""

    title: str
    method: str
    date: date
    url: str


@dataclass(frozen=True)
class Designed:
    """A workshop that worked on an action, with the notes the action rests on."""

    title: Words
    url: str
    date: date
    place: str
    residents: int
    partners: int
    notes: Sequence[Note]


@dataclass(frozen=True)
class Decided:
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
class ThreadBack:
    """Everything an action rests on, from the latest to the first."""

    decided: Sequence[Decided]
    designed: Sequence[Designed]
    heard: Sequence[Heard]
    questions: Sequence[tuple[str, str, Count]]
    findings: Sequence[Chapter]

    @property
    def keeps_back(self) -> bool:
        """Whether a count by question is small, or not shown because of one."""
        return not all(count.is_shown for _colour, _label, count in self.questions)

    @property
    def notes(self) -> int:
        """How many workshop notes it rests on."""
        return sum(len(workshop.notes) for workshop in self.designed)


def thread_back(plan: Plan, promise: Promise, notes: Sequence[Note]) -> ThreadBack:
    """Follow an action back, in what the edition froze; ``notes`` are read live."""
    occasions = plan.snapshot["engagements"]
    return ThreadBack(
        decided=[_decided(row, promise) for row in reversed(promise.rounds)],
        designed=_designed(plan, promise, notes),
        heard=[_heard(plan, occasions[at]) for at in promise.thread["engagements"]],
        questions=[
            (COLOURS[kind], str(kind.label), count)
            for kind in Question.Kind
            if (count := count_of(promise.thread["by_question"].get(kind, 0)))
        ],
        findings=[
            chapter for chapter in plan.chapters if chapter.uuid in promise.thread["findings"]
        ],
    )


def _heard(plan: Plan, row: Row) -> Heard:
    """Read an occasion's row."""
    return Heard(
        title=row["title"],
        method=str(Method(row["method"]).label),
        date=date.fromisoformat(row["date"]),
        url=page_in(plan, "event", row["uuid"]),
    )


def _designed(plan: Plan, promise: Promise, notes: Sequence[Note]) -> list[Designed]:
    """Read the rows of the workshops on an action's thread, each with its notes."""
    named, cited = set(promise.thread["workshops"]), set(promise.thread["notes"])
    return [
        Designed(
            title=words(row["title"]),
            url=page_in(plan, "workshop", row["uuid"]),
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


def _decided(row: Row, promise: Promise) -> Decided:
    """Read a round's row."""
    tally = row["tally"]
    given = [(answer, tally[answer]) for answer in Answer]
    title = words(row["title"])
    return Decided(
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
