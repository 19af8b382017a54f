"""What a cell means: yes or no, a question, a method, or nothing; and which cells ask for that."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date as Date

from django.utils.translation import override

from coproduction.languages.codes import language_codes
from coproduction.languages.folding import fold
from coproduction.languages.typed_text import clean_typed
from engagements.imports.columns import LEAVE_OUT, YEAR, YES, Columns
from engagements.imports.dates import read_date
from engagements.imports.table import Row
from engagements.models import GIVEN, Method, Question

# Only a plain yes is consent; anything else is not. A cross is not: on paper it may mean no.
PLAIN_YES = ("yes", "y", "true", "t", "1", "on", "ok", "ie", "ydw", "ydy", "oes", "iawn", "✓")
_YES = frozenset(PLAIN_YES)
_NO = frozenset(("", "no", "n", "false", "f", "0", "off", "na", "nac ydw", "nac ydy", "nac oes"))
# What begins or means a yes to a person, and is asked about: "Yes, you may quote me".
_LIKE_YES = (
    "yes",
    "ie",
    "ydw",
    "cewch",
    "iawn",
    "i agree",
    "agree",
    "ok",
    "rwy'n cytuno",
    "✔",
    "☑",
)
# What people write where they have nothing to say; offered to be left out, never taken unasked.
_NOTHING = frozenset(
    (
        *("n/a", "na", "n.a.", "n.a", "none", "nothing", "nil", "no comment", "no comments", "?"),
        *("-", "--", ".", "x", "not applicable", "nothing to add", "amh", "amherthnasol"),
        *("dim", "dim byd", "dim sylw", "dim sylwadau"),
    )
)
# Uses of a column that is chosen as something else.
_STANDS_IN = {"year": "date"}
# A page asks about so many cells of a column: the rest are one number.
MOST_ASKED = 30
# Of which 29 February is a day.
_LEAP_YEAR = "2024"
# Longer ones are sentences.
_LONGEST_ASKED = 60


def plain(name: str) -> str:
    """Return a question's name without case and without what often stands at its end."""
    return fold(name).rstrip("?:. ")


def question_names(questions: Iterable[Question]) -> dict[str, int]:
    """Return the key of each question by all that a file may call it, as ``plain`` writes it."""
    return {plain(name): question.pk for question in questions for name in question.names}


def kinds_by_name(questions: Iterable[Question]) -> dict[str, str]:
    """Return the kind of each question by all that a cell may call it.

    Beside its own names these are the wordings that we give it, in every language of the
    installation, and short words such as "have" and "angen"; a project's own names come first.
    """
    questions = list(questions)
    own = {plain(name): each.kind for each in questions for name in each.names if name}
    given: dict[str, str] = {}
    for each in questions:
        if each.kind not in GIVEN:
            continue
        for language in language_codes():
            with override(language):
                given[plain(str(GIVEN[each.kind].name))] = each.kind
                given[plain(str(GIVEN[each.kind].wording))] = each.kind
        given |= dict.fromkeys(GIVEN[each.kind].short, each.kind)
    return given | own


def methods_by_name() -> dict[str, str]:
    """Return each method by its code and by its name in every language of the installation."""
    names = {method.value: method.value for method in Method}
    for language in language_codes():
        with override(language):
            names |= {fold(str(method.label)): method.value for method in Method}
    return names


def is_yes(cell: str) -> bool:
    """Say whether a cell plainly agrees, in English or Welsh."""
    return fold(cell) in _YES


def seems_yes(cell: str) -> bool:
    """Say whether a cell may well mean yes, so that somebody should be asked."""
    folded = fold(cell)
    # "Yes, but not my name" is a yes with a condition: whoever is asked reads it.
    return folded.startswith(_LIKE_YES) and " not " not in f" {folded} "


def seems_nothing(cell: str) -> bool:
    """Say whether a cell seems to say nothing, as "n/a" does, so that somebody should be asked."""
    return fold(cell).strip(" .!") in _NOTHING or fold(cell) in _NOTHING


@dataclass(frozen=True)
class AskedCell:
    """One cell that asks what it means: as it stands there, how often, what it seems to mean."""

    cell: str
    rows: int
    offered: str = ""


@dataclass(frozen=True)
class AskedColumn:
    """A column with cells to be asked about.

    ``use`` is text, question, quote, method, filter; date for cells that no day can be read from,
    and year for days that say none.
    """

    column: str
    use: str
    cells: tuple[AskedCell, ...]
    # How many other cells there are, too many to ask about.
    rest: int = 0


class CellReader:
    """Counts, as rows go by, the cells that ask for a meaning; told of every row, once."""

    def __init__(
        self,
        headings: Sequence[str],
        columns: Columns,
        questions: Iterable[Question],
        filters: Iterable[str] = (),
    ) -> None:
        """Know which columns are asked about, and what their cells are known to mean.

        ``filters`` are columns that say which rows come in.
        """
        known_questions, methods = kinds_by_name(questions), methods_by_name()
        self._asked = [
            (headings.index(column), column, use, is_asked)
            for use, is_asked in (
                ("question", lambda cell: bool(cell) and plain(cell) not in known_questions),
                ("quote", lambda cell: fold(cell) not in _YES and fold(cell) not in _NO),
                ("method", lambda cell: bool(cell) and fold(cell) not in methods),
                ("date", lambda cell: bool(cell) and not read_date(cell) and not lacks_year(cell)),
                ("year", lacks_year),
            )
            if (column := columns.column(_STANDS_IN.get(use, use)))
        ]
        self._asked += [
            (headings.index(column), column, "text", seems_nothing)
            for column, _kind in columns.texts
        ]
        self._asked += [
            (headings.index(column), column, "filter", lambda _cell: True) for column in filters
        ]
        self._counts = {(column, use): Counter[str]() for _place, column, use, _is in self._asked}
        self._shown: dict[tuple[str, str], str] = {}
        self._texts = [headings.index(column) for column, _kind in columns.texts]
        self._blank = 0

    def note(self, row: Row) -> None:
        """Count a row's cells; one that could not be cut into cells says nothing."""
        if row.fault:
            return
        cells = row.cells
        for place, column, use, is_asked in self._asked:
            if place < len(cells) and len(cells[place]) <= _LONGEST_ASKED:
                cell = clean_typed(cells[place]).strip()
                if is_asked(cell):
                    folded = fold(cell)
                    self._counts[column, use][folded] += 1
                    self._shown.setdefault((column, folded), cell)
        if not any(place < len(cells) and cells[place].strip() for place in self._texts):
            self._blank += 1

    def asked(self) -> list[AskedColumn]:
        """Return the columns with something to ask, the most frequent cells of each first."""
        found = []
        for _place, column, use, _is_asked in self._asked:
            counts = self._counts[column, use]
            common = counts.most_common(MOST_ASKED)
            cells = [
                AskedCell(self._shown[column, folded], rows, offered(use, folded))
                for folded, rows in common
            ]
            if use == "text" and self._blank and column == self._first_text:
                cells.append(AskedCell("", self._blank, LEAVE_OUT))
            if cells:
                rest = counts.total() - sum(rows for _cell, rows in common)
                found.append(AskedColumn(column, use, tuple(cells), rest))
        return found

    @property
    def _first_text(self) -> str:
        """The first column of words."""
        return next((column for _place, column, use, _is in self._asked if use == "text"), "")


def offered(use: str, cell: str) -> str:
    """Return what a cell seems to mean in a column of some use; empty where nobody can say."""
    if use == "text":
        return LEAVE_OUT if seems_nothing(cell) or not cell else ""
    if use == "quote":
        return YES if seems_yes(cell) else ""
    return ""


def lacks_year(cell: str) -> bool:
    """Whether a cell is a day of which only the year is missing: "Sat 2nd May", "2/5"."""
    return bool(cell) and read_date(cell) is None and _with_year(cell, _LEAP_YEAR) is not None


def _with_year(cell: str, year: str) -> Date | None:
    """Return the day that a cell says, in a year that it does not; None where it is no day."""
    return read_date(f"{cell} {year}")


def day_meant(cell: str, meanings: Mapping[str, str]) -> Date | None:
    """Return the day that a cell says, or that somebody said it means; None for neither."""
    if meant := meanings.get(fold(cell)):
        try:
            return Date.fromisoformat(meant)
        except ValueError:
            return None
    year = meanings.get(YEAR, "")
    return read_date(cell) or (_with_year(cell, year) if year else None)


def method_meant(cell: str, meanings: Mapping[str, str], names: Mapping[str, str]) -> str:
    """Return the method that a cell means; empty for one that nobody knows."""
    folded = fold(cell)
    meant = meanings.get(folded, "")
    return meant if meant in Method.values else names.get(folded, "")
