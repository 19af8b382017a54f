"""How the first rows of a file would come in, or why not, before anything does."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from engagements.mapping import Columns, Drafter, RowRefused
from engagements.models import Question
from engagements.reading import Row
from engagements.reasons import Reason


@dataclass(frozen=True)
class Shown:
    """One row as it would come in: its comments by the name of their question, or why not."""

    number: int
    comments: tuple[tuple[str, str], ...] = ()
    descriptor: str = ""
    quote_consent: bool = False
    language: str = ""
    why: str = ""


def shown(
    rows: Iterable[Row],
    *,
    headings: Sequence[str],
    columns: Columns,
    questions: Sequence[Question],
    question: Question | None,
    language: str,
) -> Iterator[Shown]:
    """Draft each row as an import would, and keep nothing."""
    names = {each.pk: Question.Kind(each.kind).label for each in questions}
    drafter = Drafter(
        headings=headings,
        columns=columns,
        questions=questions,
        question=question,
        language=language,
    )
    for row in rows:
        try:
            draft = drafter.draft(row)
        except RowRefused as refusal:
            yield Shown(row.number, why=str(Reason(refusal.reason).label))
            continue
        yield Shown(
            row.number,
            tuple((str(names[key]), text) for key, text in draft.comments),
            draft.descriptor,
            draft.quote_consent,
            draft.language,
        )
