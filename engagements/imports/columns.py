"""What the columns of a file mean: which holds words, which the question, consent and so on."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from coproduction.languages.codes import code_of_language
from coproduction.languages.folding import fold
from coproduction.languages.typed_text import clean_typed
from coproduction.ui.spreadsheets import unescape_formula
from engagements.imports.comment_table import PERSON
from engagements.imports.refused_rows import OUR_COLUMNS, fault_of_unrepaired
from engagements.imports.table import Row, row_fault
from engagements.models import LONGEST_COMMENT, NO_QUESTION, Question
from engagements.models.import_refusal import RefusalReason

LONGEST_DESCRIPTOR = 80
# Only a plain yes is consent; anything else is not. A cross is not: on paper it may mean no.
YES = ("yes", "y", "true", "t", "1", "on", "ok", "ie", "ydw", "ydy", "oes", "iawn", "✓")
_YES = frozenset(YES)
_GUESSES = {
    "text": (
        *("text", "comment", "comments", "comment-body", "words", "answer"),
        *("sylw", "sylwadau", "testun", "geiriau", "ateb"),
    ),
    # Our own files name it twice: the code is the same wherever they are brought in.
    "question": ("question code", "cod y cwestiwn", "question", "about", "cwestiwn", "am"),
    "descriptor": (
        *("descriptor", "speaker", "who", "who said it"),
        *("disgrifiad", "pwy", "pwy ddywedodd hyn"),
    ),
    "consent": (
        *("consent", "quote", "may be quoted", "quote consent"),
        *("caniatad", "dyfynnu", "dyfyniad", "cawn ni ei ddyfynnu"),
    ),
    "language": ("language", "lang", "iaith"),
}


@dataclass(frozen=True)
class Columns:
    """Which column of a file is what; an empty string for what the file has not.

    ``texts`` are (column, kind of question); an empty kind means the row's question column says,
    or else the question chosen for the whole file.
    """

    texts: tuple[tuple[str, str], ...] = ()
    question: str = ""
    descriptor: str = ""
    consent: str = ""
    language: str = ""

    @classmethod
    def from_json(cls, mapping: Mapping[str, Any]) -> "Columns":
        """Read back what ``as_json`` wrote."""
        texts = tuple((clean_typed(column), kind) for column, kind in mapping.get("texts", ()))
        rest = {name: clean_typed(mapping.get(name, "")) for name in _OTHERS}
        return cls(texts=texts, **rest)

    def as_json(self) -> dict[str, Any]:
        """Return it as plain JSON."""
        return {"texts": [list(pair) for pair in self.texts]} | {
            name: getattr(self, name) for name in _OTHERS
        }

    @property
    def chosen(self) -> list[str]:
        """Every column it names, in order, as often as it names it."""
        others = [getattr(self, name) for name in _OTHERS]
        return [column for column, _kind in self.texts] + [name for name in others if name]


_OTHERS = ("question", "descriptor", "consent", "language")


def _names_in(heading: str) -> list[str]:
    """Return what a heading may be known by: itself, and each of "Sylw / Comment" without marks."""
    parts = re.split(r"[/|()\[\]]", heading)
    return [name for part in (heading, *parts) if (name := fold(part).strip(" ?:*."))]


def guess_columns(headings: Sequence[str], questions: Iterable[Question]) -> Columns:
    """Guess which column is what from the headings; a file of one column is all words."""
    by_name = {
        name: heading for heading in reversed(headings) for name in reversed(_names_in(heading))
    }

    def first(names: Iterable[str]) -> str:
        return next((by_name[name] for name in names if name in by_name), "")

    text = first(_GUESSES["text"])
    others = {name: first(_GUESSES[name]) for name in _OTHERS}
    if text:
        return Columns(texts=((text, ""),), **others)
    named = [(first(map(_plain, each.names)), each.kind) for each in questions]
    texts = [(column, kind) for column, kind in named if column and column not in others.values()]
    if not texts and len(headings) == 1:
        texts = [(headings[0], "")]
    return Columns(texts=tuple(texts), **others)


class RowDraft(NamedTuple):
    """What a row holds, ready to be kept."""

    row: int
    comments: list[tuple[int, str]]  # (primary key of the question, words)
    descriptor: str
    quote_consent: bool
    language: str


def question_names(questions: Iterable[Question]) -> dict[str, int]:
    """Return the key of each question by all that a file may call it, as ``_plain`` writes it."""
    return {_plain(name): question.pk for question in questions for name in question.names}


def _plain(name: str) -> str:
    """Write a question's name without case and without what often stands at its end."""
    return fold(name).rstrip("?:. ")


class RowRefused(Exception):
    """A row that can't be kept: its ``reason`` as a key."""

    def __init__(self, reason: str) -> None:
        """Take the reason."""
        super().__init__()
        self.reason = reason


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
    ) -> None:
        """Work out once where everything is. Raises ValueError for a column not there."""
        questions = list(questions)
        by_kind = {each.kind: each.pk for each in questions}
        self._width = len(headings)
        # Our own files have a quote mark before what looks like a formula. It comes off again, as
        # often as it was put on: twice where a row of a table of ours was refused, and handed out.
        self._is_refused = OUR_COLUMNS[-1] in headings
        self._escaped = self._is_refused + (PERSON in headings)
        self._texts = [
            (headings.index(column), by_kind[kind] if kind else None)
            for column, kind in columns.texts
        ]
        place = {
            name: headings.index(column) for name in _OTHERS if (column := getattr(columns, name))
        }
        self._question, self._descriptor = place.get("question"), place.get("descriptor")
        self._consent, self._language = place.get("consent"), place.get("language")
        self._names = question_names(questions)
        self._used = {headings.index(column) for column in columns.chosen}
        self._default_question = question.pk if question else by_kind.get(NO_QUESTION)
        self._default_language = language

    def says_yes(self, row: Row) -> tuple[bool, str]:
        """Return whether a row plainly agrees to be quoted, and what it says of that."""
        place = self._consent
        typed = "" if place is None or len(row.cells) <= place else row.cells[place].strip()
        return is_yes(typed), typed

    def draft(self, row: Row) -> RowDraft:
        """Return what a row holds. Raises RowRefused."""
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
        question = self._default_question
        if self._question is not None and (typed := cells[self._question].strip()):
            question = self._names.get(_plain(typed))
        comments = self._comments(cells, question)
        descriptor = ""
        if self._descriptor is not None:
            descriptor = clean_typed(cells[self._descriptor]).strip()
        if len(descriptor) > LONGEST_DESCRIPTOR:
            raise RowRefused(RefusalReason.DESCRIPTOR)
        language = self._default_language
        if self._language is not None and (typed := cells[self._language].strip()):
            if not (language := code_of_language(typed)):
                raise RowRefused(RefusalReason.LANGUAGE)
        consent = self._consent is not None and is_yes(cells[self._consent])
        return RowDraft(row.number, comments, descriptor, consent, language)

    def _comments(self, cells: list[str], question: int | None) -> list[tuple[int, str]]:
        """Return a row's comments, each with its question. Raises RowRefused."""
        comments = []
        for place, fixed in self._texts:
            text = clean_typed(cells[place]).strip()
            if not text:
                continue
            if len(text) > LONGEST_COMMENT:
                raise RowRefused(RefusalReason.TOO_LONG)
            asked = fixed or question
            if asked is None:
                raise RowRefused(RefusalReason.QUESTION)
            comments.append((asked, text))
        if not comments:
            raise RowRefused(RefusalReason.EMPTY)
        return comments


def is_yes(cell: str) -> bool:
    """Say whether a cell plainly agrees, in English or Welsh."""
    return fold(cell) in _YES
