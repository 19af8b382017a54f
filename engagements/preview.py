"""How a file would come in, before anything does: its first rows, and who may be quoted."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from engagements.mapping import YES, Columns, Drafter, RowRefused, is_yes
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


# The rest are told as a number: a column of words was chosen by mistake.
_MOST_SAID = 10
_LONGEST_SAID = 40


@dataclass(frozen=True)
class Consents:
    """What stands in a consent column: how many rows say yes, what the others say, how often."""

    agreed: int
    others: tuple[tuple[str, int], ...]
    rest: int
    yes: str = ", ".join(YES)


def consents(rows: Iterable[Row], *, headings: Sequence[str], columns: Columns) -> Consents | None:
    """Count what every row says of consent, so that nothing is guessed; None without a column."""
    if not columns.consent:
        return None
    place = headings.index(columns.consent)
    agreed, said = 0, Counter[str]()
    for row in rows:
        cell = row.cells[place].strip() if len(row.cells) > place else ""
        if is_yes(cell):
            agreed += 1
        else:
            said[cell[:_LONGEST_SAID]] += 1
    common = said.most_common(_MOST_SAID)
    shown = tuple((_printable(cell), number) for cell, number in common)
    return Consents(agreed, shown, said.total() - sum(number for _cell, number in common))


def _printable(cell: str) -> str:
    """Return a cell as any page takes it."""
    return cell.replace("\x00", "�").encode("utf-8", "replace").decode()
