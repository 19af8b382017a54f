"""Rows made ready to be kept, by what the columns of their file mean; or why they can't be."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date as Date
from typing import NamedTuple

from coproduction.fingerprints import secret_fingerprint
from coproduction.languages.codes import code_of_language
from coproduction.languages.folding import fold
from coproduction.languages.typed_text import clean_typed
from coproduction.ui.spreadsheets import unescape_formula
from engagements.imports.agreement import MOST_AGREED, number_agreed
from engagements.imports.columns import LEAVE_OUT, WHOLE, YES, Columns
from engagements.imports.comment_table import PERSON
from engagements.imports.meanings import (
    day_meant,
    is_yes,
    kinds_by_name,
    method_meant,
    methods_by_name,
    plain,
)
from engagements.imports.postcodes import without_full_postcode
from engagements.imports.refused_rows import OUR_COLUMNS, fault_of_unrepaired
from engagements.imports.splitting import SEMICOLON, split_points
from engagements.imports.table import Row, row_fault
from engagements.models import LONGEST_COMMENT, NO_QUESTION, Question
from engagements.models.import_refusal import RefusalReason

LONGEST_DESCRIPTOR = 80
# What a row says of its sitting: the column of Submission that keeps it, how long it may be, and
# why a longer one is refused.
_TOLD = {
    "who": ("descriptor", LONGEST_DESCRIPTOR, RefusalReason.DESCRIPTOR),
    "age": ("age_band", 40, RefusalReason.AGE),
    "area": ("area", 100, RefusalReason.AREA),
    "id": ("source_id", 100, RefusalReason.ID_TOO_LONG),
}
_LONGEST_AREA = 100
_LONGEST_NAME = 150
_LONGEST_LABEL = 100


class Occasion(NamedTuple):
    """The engagement that a row names, and what the row says of it; None for a day it has not."""

    title: str
    date: Date | None = None
    place: str = ""
    area: str = ""
    method: str = ""

    @property
    def key(self) -> tuple[str, Date | None]:
        """What it is known by: its title however it is written, and its day."""
        return fold(self.title), self.date


class RowDraft(NamedTuple):
    """What a row holds, ready to be kept."""

    row: int
    comments: list[tuple[int, str]]  # (primary key of the question, words)
    quote_consent: bool
    language: str
    # What it says of its sitting, in the order of ``Drafter.told``.
    told: tuple[str, ...] = ()
    occasion: Occasion | None = None
    # For each comment, what stands beside it in another language; empty where nothing does.
    translations: Sequence[str] = ()
    # (theme, code); one of them may be empty.
    labels: tuple[tuple[str, str], ...] = ()
    # How many agreed with each of its comments.
    weight: int = 0
    # Who said it, in a file of ours: an id, and what is told of them. Rows of one are one sitting.
    person: tuple[str, ...] = ()


class RowRefused(Exception):
    """A row that can't be kept: its ``reason`` as a key."""

    def __init__(self, reason: str) -> None:
        """Take the reason."""
        super().__init__()
        self.reason = reason


class RowLeftOut(Exception):
    """A row that somebody said is to be left out."""


class Drafter:
    """Turns rows into drafts, or says why not; made once for a file."""

    def __init__(
        self,
        *,
        headings: Sequence[str],
        columns: Columns,
        questions: Iterable[Question],
        question: Question | None,
        language: str,
        languages: Sequence[str] = (),
        has_engagement: bool = True,
    ) -> None:
        """Work out once where everything is. Raises ValueError for a column not there.

        ``languages`` are the project's; ``has_engagement`` says that rows which name none belong
        to one all the same.
        """
        questions = list(questions)
        self._keys = {each.kind: each.pk for each in questions}
        self._width = len(headings)
        # Our own files have a quote mark before what looks like a formula. It comes off again, as
        # often as it was put on: twice where a row of a table of ours was refused, and handed out.
        self._is_refused = OUR_COLUMNS[-1] in headings
        self._escaped = self._is_refused + (PERSON in headings)
        self._person_at = headings.index(PERSON) if PERSON in headings else None
        self._used = {headings.index(column) for column in columns.chosen}
        self._texts = [
            (
                headings.index(column),
                self._keys[kind] if kind else None,
                columns.values.get(column, {}),
                columns.splits.get(column, ()),
            )
            for column, kind in columns.texts
        ]
        self._find_columns(headings, columns)
        self._find_meanings(headings, columns)
        self._names = kinds_by_name(questions)
        self._methods = methods_by_name() if self._method is not None else {}
        self._default_question = question.pk if question else self._keys.get(NO_QUESTION)
        self._default_language, self._languages = language, tuple(languages)
        self._has_engagement = has_engagement

    def _find_columns(self, headings: Sequence[str], columns: Columns) -> None:
        """Know in which cell of a row each thing stands."""
        place = {name: headings.index(column) for name, column in columns.fields.items()}
        self._question, self._quote = place.get("question"), place.get("quote")
        self._language, self._translation = place.get("language"), place.get("translation")
        self._engagement, self._date = place.get("engagement"), place.get("date")
        self._place, self._method = place.get("place"), place.get("method")
        self._engagement_area = place.get("engagement_area")
        self._theme, self._code = place.get("theme"), place.get("code")
        self._weight = place.get("weight")
        self._told = [
            (place[name], columns.values.get(columns.column(name), {}), *rest[1:])
            for name, rest in _TOLD.items()
            if name in place
        ]
        self._area_told = next(
            (number for number, name in enumerate(self._names_told(place)) if name == "area"), None
        )
        # The columns of Submission that rows of this file say something for.
        self.told = tuple(_TOLD[name][0] for name in self._names_told(place))

    def _find_meanings(self, headings: Sequence[str], columns: Columns) -> None:
        """Know which rows stay out, and what cells were said to mean."""
        self._only = [
            (headings.index(column), frozenset(cells)) for column, cells in columns.only.items()
        ]
        # A column that is nothing else, and of which some cells leave their rows out.
        self._left_out = [
            (headings.index(column), cells)
            for column, cells in columns.values.items()
            if column not in columns.chosen and LEAVE_OUT in cells.values()
        ]
        self._meanings = {
            name: columns.values.get(columns.column(name), {})
            for name in (
                "question",
                "quote",
                "method",
                "date",
                "theme",
                "code",
                "translation",
                "weight",
            )
        }
        self._code_marks = columns.splits.get(columns.column("code"), (SEMICOLON,))
        self._has_labels = self._theme is not None or self._code is not None

    @property
    def is_of_ours(self) -> bool:
        """Whether the file is one that we handed out, in which each comment is a row."""
        return self._person_at is not None

    @staticmethod
    def _names_told(place: Mapping[str, int]) -> list[str]:
        """Return what rows say of their sittings, in order."""
        return [name for name in _TOLD if name in place]

    def says_yes(self, row: Row) -> tuple[bool, str]:
        """Return whether a row agrees to be quoted, and what it says of that."""
        place = self._quote
        typed = "" if place is None or len(row.cells) <= place else row.cells[place].strip()
        return self._agrees(typed), typed

    def _agrees(self, cell: str) -> bool:
        """Whether a cell agrees to be quoted: as somebody said it means, else only a plain yes."""
        if (meanings := self._meanings["quote"]) and (meant := meanings.get(fold(cell))):
            return meant == YES
        return is_yes(cell)

    def draft(self, row: Row) -> RowDraft:
        """Return what a row holds. Raises RowRefused, and RowLeftOut where it is not to come in."""
        if fault := row.fault or row_fault(row.cells, self._width):
            raise RowRefused(fault)
        if row.errors and any(place in self._used for place, _name in row.errors):
            raise RowRefused(RefusalReason.FORMULA)
        cells = row.cells
        if self._is_refused and (fault := fault_of_unrepaired(cells)):
            raise RowRefused(fault)
        for _time in range(self._escaped):
            cells = [unescape_formula(cell) for cell in cells]
        if len(cells) < self._width:
            cells = cells + [""] * (self._width - len(cells))
        for place, wanted in self._only:
            if fold(clean_typed(cells[place])) not in wanted:
                raise RowLeftOut
        for place, meanings in self._left_out:
            if meanings.get(fold(clean_typed(cells[place]))) == LEAVE_OUT:
                raise RowLeftOut
        question = self._default_question
        if self._question is not None and (typed := cells[self._question].strip()):
            question = self._question_of(typed)
        comments = self._comments(cells, question)
        told = self._what_is_told(cells) if self._told else ()
        language = self._default_language
        if self._language is not None and (typed := cells[self._language].strip()):
            if not (language := code_of_language(typed)):
                raise RowRefused(RefusalReason.LANGUAGE)
        consent = self._quote is not None and self._agrees(cells[self._quote])
        return RowDraft(
            row.number,
            comments,
            consent,
            language,
            told,
            self._occasion(cells, told),
            () if self._translation is None else self._translated(cells, comments, language),
            self._labels(cells) if self._has_labels else (),
            0 if self._weight is None else self._agreed(cells[self._weight]),
            self._person(cells, told),
        )

    def _person(self, cells: list[str], told: tuple[str, ...]) -> tuple[str, ...]:
        """Return whose row it is; nothing in a table of somebody else's, and where it says none."""
        if self._person_at is None or not (own := cells[self._person_at].strip()):
            return ()
        return own, *told

    def count_cells(self, row: Row) -> int:
        """Return how many cells of words a row has, however many points are in each."""
        cells = row.cells
        return sum(
            1
            for place, _fixed, meanings, _separators in self._texts
            if place < len(cells)
            and (text := clean_typed(cells[place]).strip())
            and not (meanings and meanings.get(fold(text)) == LEAVE_OUT)
        )

    def _question_of(self, typed: str) -> int | None:
        """Return the key of the question that a cell names; None for one nobody knows."""
        if (meanings := self._meanings["question"]) and (meant := meanings.get(fold(typed))):
            if meant == LEAVE_OUT:
                raise RowLeftOut
            return self._keys.get(meant)
        return self._keys.get(self._names.get(plain(typed), ""))

    def _comments(self, cells: list[str], question: int | None) -> list[tuple[int, str]]:
        """Return a row's comments, each with its question. Raises RowRefused, RowLeftOut."""
        comments, is_left_out = [], False
        for place, fixed, meanings, separators in self._texts:
            text = clean_typed(cells[place]).strip()
            meant = meanings.get(fold(text)) if meanings else None
            if meant == LEAVE_OUT:
                is_left_out = True
                continue
            if not text:
                continue
            if len(text) > LONGEST_COMMENT:
                raise RowRefused(RefusalReason.TOO_LONG)
            asked = fixed or question
            if asked is None:
                raise RowRefused(RefusalReason.QUESTION)
            if separators and meanings.get(key_of_whole(text)) != WHOLE:
                comments += [(asked, point) for point in split_points(text, separators)]
            else:
                comments.append((asked, text))
        if not comments:
            if is_left_out:
                raise RowLeftOut
            raise RowRefused(RefusalReason.EMPTY)
        return comments

    def _what_is_told(self, cells: list[str]) -> tuple[str, ...]:
        """Return what a row says of its sitting, in the order of ``told``. Raises RowRefused."""
        told: list[str] = []
        for place, meanings, longest, reason in self._told:
            text = _line(cells[place])
            if meanings and meanings.get(fold(text)) == LEAVE_OUT:
                text = ""
            if len(told) == self._area_told:
                text = without_full_postcode(text)
            if len(text) > longest:
                raise RowRefused(reason)
            told.append(text)
        return tuple(told)

    def _occasion(self, cells: list[str], told: Sequence[str]) -> Occasion | None:
        """Return the engagement that a row names. Raises RowRefused."""
        title = "" if self._engagement is None else _line(cells[self._engagement])
        if not title:
            if not self._has_engagement:
                raise RowRefused(RefusalReason.NO_ENGAGEMENT)
            return None
        day = None
        if self._date is not None and (typed := cells[self._date].strip()):
            if (day := day_meant(typed, self._meanings["date"])) is None:
                raise RowRefused(RefusalReason.DATE)
        place = "" if self._place is None else _line(cells[self._place])
        if max(len(title), len(place)) > _LONGEST_NAME:
            raise RowRefused(RefusalReason.ENGAGEMENT_TOO_LONG)
        method = "" if self._method is None else cells[self._method]
        if method:
            method = method_meant(method, self._meanings["method"], self._methods)
        area = "" if self._area_told is None else told[self._area_told]
        if self._engagement_area is not None:
            area = _line(cells[self._engagement_area])
            if len(area) > _LONGEST_AREA:
                raise RowRefused(RefusalReason.AREA)
        return Occasion(title, day, place, area, method)

    def _translated(
        self, cells: list[str], comments: Sequence[tuple[int, str]], language: str
    ) -> list[str]:
        """Return what stands beside each comment in another language. Raises RowRefused."""
        text = clean_typed(cells[self._translation or 0]).strip()
        if not text or self._meanings["translation"].get(fold(text)) == LEAVE_OUT:
            return []
        if len(text) > LONGEST_COMMENT:
            raise RowRefused(RefusalReason.TOO_LONG)
        if not self.language_beside(language):
            raise RowRefused(RefusalReason.TRANSLATION_LANGUAGE)
        marks: Iterable[str] = next((each[3] for each in self._texts if each[3]), ())
        points = split_points(text, marks) if len(comments) > 1 else [text]
        if len(points) != len(comments):
            raise RowRefused(RefusalReason.TRANSLATION)
        return points

    def language_beside(self, language: str) -> str:
        """Return the language of translations: the project's first that is not the row's."""
        return next((each for each in self._languages if each != language), "")

    def _agreed(self, cell: str) -> int:
        """Return how many agreed, as a cell says it. Raises RowRefused."""
        text = clean_typed(cell)
        if self._meanings["weight"].get(fold(text)) == LEAVE_OUT:
            return 0
        number = number_agreed(text)
        if number is None or number > MOST_AGREED:
            raise RowRefused(RefusalReason.WEIGHT)
        return number

    def _labels(self, cells: list[str]) -> tuple[tuple[str, str], ...]:
        """Return the codes of a row, each with its theme. Raises RowRefused."""
        theme = self._label("theme", "" if self._theme is None else cells[self._theme])
        typed = "" if self._code is None else cells[self._code]
        codes = [self._label("code", code) for code in split_points(typed, self._code_marks)]
        labels = [(theme, code) for code in dict.fromkeys(codes) if code]
        return tuple(labels) or (((theme, ""),) if theme else ())

    def _label(self, name: str, typed: str) -> str:
        """Return the name of a theme or code as it is kept. Raises RowRefused."""
        text = _line(typed)
        if self._meanings[name].get(fold(text)) == LEAVE_OUT:
            return ""
        if len(text) > _LONGEST_LABEL:
            raise RowRefused(RefusalReason.LABEL)
        return text


def key_of_whole(cell: str) -> str:
    """Return by what a cell that is to be kept whole is known: not its words, which may be erased.

    It is a fingerprint with this installation's key.
    """
    return f"#{secret_fingerprint(f'whole cell:{fold(cell)}', length=16)}"


def _line(cell: str) -> str:
    """Return a cell as one line."""
    return " ".join(clean_typed(cell).split())
