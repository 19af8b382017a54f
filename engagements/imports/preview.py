"""How a file would come in, before anything does: its first rows, refusals, who may be quoted."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from engagements.imports.columns import YES, Drafter, RowRefused
from engagements.imports.table import Row
from engagements.models.import_refusal import RefusalReason


@dataclass(frozen=True)
class PreviewRow:
    """One row as it would come in: its comments by the name of their question, or why not."""

    number: int
    comments: tuple[tuple[str, str], ...] = ()
    descriptor: str = ""
    quote_consent: bool = False
    language: str = ""
    why: str = ""


def preview_rows(
    rows: Iterable[Row], drafter: Drafter, names: Mapping[int, str]
) -> Iterator[PreviewRow]:
    """Draft each row as an import would, and keep nothing; ``names`` are the questions'."""
    for row in rows:
        try:
            draft = drafter.draft(row)
        except RowRefused as refusal:
            yield PreviewRow(row.number, why=str(RefusalReason(refusal.reason).label))
            continue
        yield PreviewRow(
            row.number,
            tuple((names[key], text) for key, text in draft.comments),
            draft.descriptor,
            draft.quote_consent,
            draft.language,
        )


# A page waits for it: of a bigger file, that many of its first rows are looked at.
MOST_PREVIEWED = 20_000
# The rest are one number: a column of words was chosen by mistake.
_MOST_ANSWERS = 10
_LONGEST_ANSWER = 40


@dataclass(frozen=True)
class ConsentCounts:
    """What stands in a consent column: how many rows say yes, what the others say, how often."""

    agreed: int
    others: tuple[tuple[str, int], ...]
    rest: int
    yes: str = ", ".join(YES)


@dataclass(frozen=True)
class FilePreview:
    """A file as it would come in: what would be refused and why, and who may be quoted.

    The ``rows`` looked at are all, unless it ``goes_on`` after them.
    """

    rows: int
    reasons: tuple[tuple[str, int], ...]
    consents: ConsentCounts | None
    goes_on: bool = False

    @property
    def refused(self) -> int:
        """How many rows would be refused."""
        return sum(number for _why, number in self.reasons)


def preview_file(rows: Iterable[Row], drafter: Drafter, *, has_consent: bool) -> FilePreview:
    """Draft the rows of a file and count: nothing is guessed, and nothing kept.

    Of a file with more than 20,000, the first 20,000.
    """
    number, agreed, goes_on = 0, 0, False
    refused, answers = Counter[str](), Counter[str]()
    for row in rows:
        if number == MOST_PREVIEWED:
            goes_on = True
            break
        number += 1
        try:
            drafter.draft(row)
        except RowRefused as refusal:
            refused[refusal.reason] += 1
        yes, cell = drafter.says_yes(row)
        if yes:
            agreed += 1
        else:
            answers[cell[:_LONGEST_ANSWER]] += 1
    reasons = tuple((str(RefusalReason(key).label), many) for key, many in refused.most_common())
    consents = _consents(agreed, answers) if has_consent else None
    return FilePreview(number, reasons, consents, goes_on)


def _consents(agreed: int, answers: Counter[str]) -> ConsentCounts:
    """Sum up what a consent column says."""
    common = answers.most_common(_MOST_ANSWERS)
    others = tuple((printable(cell), number) for cell, number in common)
    return ConsentCounts(agreed, others, answers.total() - sum(number for _cell, number in common))


def printable(cell: str) -> str:
    """Return a cell as any page takes it."""
    return cell.replace("\x00", "�").encode("utf-8", "replace").decode()
