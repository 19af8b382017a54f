"""What a sheet of engagements says of each: people heard, helpers, hours and costs."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import NamedTuple

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from coproduction.languages.typed_text import clean_typed
from engagements.imports.columns import FIGURES, Columns
from engagements.imports.drafting import Occasion
from engagements.imports.guessing import guess_figures
from engagements.imports.meanings import day_meant
from engagements.imports.table import Row

# As many as anybody could count, and what fits into a column when it is counted in pence.
_MOST = 10_000_000
_NUMBER = re.compile(r"\d+(?:[.,]\d+)?")
_THOUSANDS = re.compile(r"(?<=\d)[,'\u2019 ](?=\d{3}(?!\d))")


class FiguresProblem(TextChoices):
    """Why a row of figures, or some of it, is not taken."""

    FAULT = "fault", _("The row can't be read.")
    NO_TITLE = "no-title", _("It names no engagement.")
    DATE = "date", _("Its date can't be read. Write it as 16/9/2023.")
    NUMBER = "number", _("A number can't be read. Write it as 64 or 2.5.")
    NOT_THERE = "not-there", _("There is no engagement of this title and date.")
    SEVERAL = "several", _("Several engagements have this title. Give the date too.")
    CALLED_OFF = "called-off", _("This engagement was called off.")
    AGAINST = "against", _("A row above it says another number.")
    NOT_HELD = "not-held", _("It was not held yet, so its people heard are left out.")


class EngagementFigures(NamedTuple):
    """What one row says: of whom, and each number; None for what it leaves open."""

    row: int
    occasion: Occasion
    people: int | None = None
    helpers: int | None = None
    minutes: int | None = None
    pence: int | None = None


@dataclass
class FiguresRead:
    """The rows of a sheet of engagements, and by their numbers what is wrong with others."""

    figures: list[EngagementFigures]
    unread: dict[int, FiguresProblem]


def read_figures(
    headings: Sequence[str], rows: Iterable[Row], columns: Columns | None = None
) -> FiguresRead:
    """Read what a sheet says of engagements, by what its columns are, or seem to be.

    A row without a title, or with a number or date that can't be read, is among the ``unread``.
    """
    columns = columns or guess_figures(headings)
    fields, days = columns.fields, columns.values.get(columns.column("date"), {})
    place = {name: headings.index(column) for name, column in fields.items() if column in headings}
    found = FiguresRead([], {})
    if "engagement" not in place or not any(name in place for name in FIGURES):
        return found
    for row in rows:
        said = _read_row(row, place, days)
        if isinstance(said, EngagementFigures):
            found.figures.append(said)
        else:
            found.unread[row.number] = said
    return found


def _read_row(
    row: Row, place: Mapping[str, int], days: Mapping[str, str]
) -> EngagementFigures | FiguresProblem:
    """Return what one row says, or why it can't be read; ``days`` are what cells mean as days."""

    def cell(name: str) -> str:
        at = place.get(name)
        return "" if at is None or at >= len(row.cells) else clean_typed(row.cells[at]).strip()

    if row.fault:
        return FiguresProblem.FAULT
    if not (title := " ".join(cell("engagement").split())):
        return FiguresProblem.NO_TITLE
    typed = cell("date")
    if (day := day_meant(typed, days) if typed else None) is None and typed:
        return FiguresProblem.DATE
    try:
        people, helpers, hours, costs = (_number(cell(name)) for name in FIGURES)
    except InvalidOperation:
        return FiguresProblem.NUMBER
    return EngagementFigures(
        row.number,
        Occasion(title, day),
        _whole(people, 1),
        _whole(helpers, 1),
        _whole(hours, 60),
        _whole(costs, 100),
    )


def _number(typed: str) -> Decimal | None:
    """Return a number as people write it: 64, 1,234, £41.20, 2.5 hours. Raises InvalidOperation."""
    if not typed:
        return None
    numbers = _NUMBER.findall(_THOUSANDS.sub("", typed))
    if len(numbers) != 1 or typed.lstrip("£€$ ").startswith("-"):
        raise InvalidOperation
    number = Decimal(numbers[0].replace(",", "."))
    if number > _MOST:
        raise InvalidOperation
    return number


def _whole(number: Decimal | None, times: int) -> int | None:
    """Return so many times a number, rounded."""
    return None if number is None else int((number * times).to_integral_value())
