"""What somebody says of columns and cells on a command line: FIELD=COLUMN, COLUMN:CELL=MEANING."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from coproduction.languages.folding import fold
from coproduction.languages.typed_text import clean_typed
from engagements.imports.columns import (
    FIELDS,
    FORMER,
    LEAVE_OUT,
    NO,
    OF_ENGAGEMENT,
    WHOLE,
    YEAR,
    YES,
    Columns,
)
from engagements.imports.drafting import key_of_whole
from engagements.imports.guessing import guess_columns
from engagements.imports.splitting import SEPARATORS
from engagements.imports.table import Row
from engagements.models import Method, Question

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
# Guessed of these, something would be left out, or made in the codebook, that nobody asked for.
_NEVER_GUESSED = ("id", "theme", "code", "translation")


class SaidWrongly(ValueError):
    """What was said can't be understood; it says how to."""


def columns_said(
    options: Mapping[str, Any],
    headings: Sequence[str],
    rows: Sequence[Row],
    questions: Mapping[str, Question],
    *,
    names_engagement: bool,
) -> Columns:
    """Return what the options say of columns and cells; other columns as they seem to be.

    ``rows`` are the first ones; ``questions`` are by their codes; ``names_engagement`` says that
    every row was given its engagement. Raises SaidWrongly.
    """
    given = _mapped(options["map"], questions)
    guess = guess_columns(headings, questions.values(), rows)
    texts = tuple(
        (column, "" if name == "text" else name)
        for name, column in given.items()
        if name == "text" or name in questions
    )
    fields = {name: column for name, column in given.items() if name in FIELDS}
    unasked = {*_NEVER_GUESSED, *fields}
    if options.get("question"):
        unasked.add("question")  # What every row answers was said already.
    if names_engagement:
        unasked |= {"engagement", *OF_ENGAGEMENT}
    taken = {*given.values()}
    fields |= {
        name: column
        for name, column in guess.fields.items()
        if name not in unasked and column not in taken
    }
    values = _values(options["value"], headings, questions)
    if (year := options.get("year")) and (days := fields.get("date")):
        values.setdefault(days, {})[YEAR] = str(year)
    guessed = tuple(pair for pair in guess.texts if pair[0] not in {*taken, *fields.values()})
    return Columns(
        texts=texts or guessed,
        fields=fields,
        values=values,
        splits=_splits(options["split"], headings),
        only=_only(options["only"], headings),
    )


def _mapped(pairs: Iterable[str], questions: Mapping[str, Question]) -> dict[str, str]:
    """Read FIELD=COLUMN; of one field said twice the last counts."""
    names = ("text", *questions, *FIELDS)
    given: dict[str, str] = {}
    for pair in pairs:
        name, _sign, column = pair.partition("=")
        name = FORMER.get(name, name)
        if name not in names or not column:
            raise SaidWrongly(
                f"--map takes FIELD=COLUMN, where FIELD is one of {', '.join(names)}."
            )
        given[name] = clean_typed(column)
    return given


def _column_of(said: str, sign: str, headings: Sequence[str]) -> tuple[str, str]:
    """Cut COLUMN and a sign off what was said; headings may have the sign in them."""
    found = [heading for heading in headings if clean_typed(said).startswith(f"{heading}{sign}")]
    if not found:
        raise SaidWrongly(
            f"“{said}” begins with none of the columns. They are: {', '.join(headings)}."
        )
    column = max(found, key=len)
    return column, clean_typed(said)[len(column) + len(sign) :]


def _values(
    said: Iterable[str], headings: Sequence[str], questions: Mapping[str, Question]
) -> dict[str, dict[str, str]]:
    """Read COLUMN:CELL=MEANING."""
    meanings = (YES, NO, LEAVE_OUT, WHOLE, *questions, *Method.values)
    values: dict[str, dict[str, str]] = defaultdict(dict)
    for each in said:
        column, rest = _column_of(each, ":", headings)
        cell, sign, meaning = rest.rpartition("=")
        if not sign or (meaning not in meanings and not _DAY.fullmatch(meaning)):
            raise SaidWrongly(
                "--value takes COLUMN:CELL=MEANING, where MEANING is a day such as 2026-05-02, or "
                f"one of {', '.join(meanings)}."
            )
        values[column][key_of_whole(cell) if meaning == WHOLE else fold(cell)] = meaning
    return dict(values)


def _splits(said: Iterable[str], headings: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """Read COLUMN:SEPARATOR; said again of a column, both separate."""
    splits: dict[str, tuple[str, ...]] = {}
    for each in said:
        column, separator = _column_of(each, ":", headings)
        if separator not in SEPARATORS:
            raise SaidWrongly(
                f"--split takes COLUMN:SEPARATOR, where SEPARATOR is one of {' '.join(SEPARATORS)}."
            )
        splits[column] = (*splits.get(column, ()), separator)
    return splits


def _only(said: Iterable[str], headings: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """Read COLUMN=CELL; said again of a column, either is enough."""
    only: dict[str, tuple[str, ...]] = {}
    for each in said:
        column, cell = _column_of(each, "=", headings)
        only[column] = (*only.get(column, ()), fold(cell))
    return only
