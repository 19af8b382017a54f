"""How a file would come in, before anything does: its first rows, refusals, who may be quoted."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple, Protocol

from engagements.imports.drafting import Drafter, RowLeftOut, RowRefused
from engagements.imports.meanings import PLAIN_YES
from engagements.imports.occasions import Key, NamedEngagements
from engagements.imports.table import Row
from engagements.models.import_refusal import RefusalReason


class RowReader(Protocol):
    """What takes in rows as they go by, once each."""

    def note(self, row: Row) -> None:
        """Look at the next row of the file; each is shown once, in order."""


@dataclass(frozen=True)
class PreviewRow:
    """One row as it would come in: its comments by the name of their question, or why not."""

    number: int
    comments: tuple[tuple[str, str], ...] = ()
    descriptor: str = ""
    quote_consent: bool = False
    language: str = ""
    why: str = ""
    is_left_out: bool = False
    engagement: str = ""
    age: str = ""
    area: str = ""
    codes: tuple[str, ...] = ()
    translations: tuple[str, ...] = ()


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
        except RowLeftOut:
            yield PreviewRow(row.number, is_left_out=True)
            continue
        told = dict(zip(drafter.told, draft.told, strict=True))
        yield PreviewRow(
            row.number,
            tuple((names[key], text) for key, text in draft.comments),
            told.get("descriptor", ""),
            draft.quote_consent,
            draft.language,
            engagement=draft.occasion.title if draft.occasion else "",
            age=told.get("age_band", ""),
            area=told.get("area", ""),
            codes=tuple(code or theme for theme, code in draft.labels),
            translations=tuple(draft.translations),
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
    yes: str = ", ".join(PLAIN_YES)


class DraftedRow(NamedTuple):
    """What of a row that would come in is compared with what is here."""

    # The engagement it names; None for the file's own.
    engagement: Key | None
    # (primary key of the question, words)
    comments: list[tuple[int, str]]
    source_id: str
    # Whose row it is, in a file of ours.
    person: tuple[str, ...] = ()


@dataclass
class FilePreview:
    """A file as it would come in: what would be refused and why, and who may be quoted.

    The ``rows`` looked at are all, unless it ``goes_on`` after them.
    """

    rows: int = 0
    refusals: Counter[str] = field(default_factory=Counter)
    consents: ConsentCounts | None = None
    goes_on: bool = False
    left_out: int = 0
    # The cells of words, and the comments they become.
    cells: int = 0
    comments: int = 0
    drafted: list[DraftedRow] = field(default_factory=list)
    engagements: NamedEngagements = field(default_factory=NamedEngagements)

    @property
    def reasons(self) -> tuple[tuple[str, int], ...]:
        """Why rows would be refused, in sentences, and how many."""
        common = self.refusals.most_common()
        return tuple((str(RefusalReason(key).label), number) for key, number in common if number)

    @property
    def refused(self) -> int:
        """How many rows would be refused."""
        return self.refusals.total()

    def refuse(self, row: DraftedRow, reason: str) -> None:
        """Count a row that would have come in as refused."""
        self.refusals[reason] += 1
        self.comments -= len(row.comments)


def preview_file(
    rows: Iterable[Row], drafter: Drafter, *, has_consent: bool, beside: Iterable[RowReader] = ()
) -> FilePreview:
    """Draft the rows of a file and count: nothing is guessed, and nothing kept.

    Of a file with more than 20,000, the first 20,000. What stands ``beside`` is shown each row
    too. Raises TooManyEngagements.
    """
    preview, agreed, answers = FilePreview(), 0, Counter[str]()
    at = drafter.told.index("source_id") if "source_id" in drafter.told else None
    for row in rows:
        if preview.rows == MOST_PREVIEWED:
            preview.goes_on = True
            break
        preview.rows += 1
        for reader in beside:
            reader.note(row)
        try:
            draft = drafter.draft(row)
        except RowRefused as refusal:
            preview.refusals[refusal.reason] += 1
            continue
        except RowLeftOut:
            preview.left_out += 1
            continue
        preview.comments += len(draft.comments)
        preview.cells += drafter.count_cells(row)
        preview.engagements.note(draft.occasion)
        key = draft.occasion.key if draft.occasion else None
        source_id = "" if at is None else draft.told[at]
        preview.drafted.append(DraftedRow(key, draft.comments, source_id, draft.person))
        yes, cell = drafter.says_yes(row)
        if yes:
            agreed += 1
        else:
            answers[cell[:_LONGEST_ANSWER]] += 1
    preview.consents = _consents(agreed, answers) if has_consent else None
    return preview


def _consents(agreed: int, answers: Counter[str]) -> ConsentCounts:
    """Sum up what a consent column says."""
    common = answers.most_common(_MOST_ANSWERS)
    others = tuple((printable(cell), number) for cell, number in common)
    return ConsentCounts(agreed, others, answers.total() - sum(number for _cell, number in common))


def printable(cell: str) -> str:
    """Return a cell as any page takes it."""
    return cell.replace("\x00", "�").encode("utf-8", "replace").decode()
