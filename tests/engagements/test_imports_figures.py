"""A sheet of engagements: numbers as people write them are read, what is none is told by row."""

from datetime import date

import pytest

from engagements.imports.drafting import Occasion
from engagements.imports.figures import EngagementFigures, FiguresProblem, read_figures
from engagements.imports.table import Row

HEADINGS = ["Event", "Date", "Place", "People heard", "Helpers", "Hours", "Spent"]


def rows(*cells: list[str]) -> list[Row]:
    """Number some rows as a spreadsheet does."""
    return [Row(number, each) for number, each in enumerate(cells, start=2)]


def test_people_helpers_hours_and_costs_are_read() -> None:
    read = read_figures(
        HEADINGS,
        rows(
            ["Summer fair", "2023-08-19", "Parc", "64", "3", "2.5", "41.2"],
            ["Youth  club", "", "", "1,234", "", "2 hours", "£1,041.20"],
        ),
    )
    assert read.unread == {}
    assert read.figures == [
        EngagementFigures(2, Occasion("Summer fair", date(2023, 8, 19)), 64, 3, 150, 4120),
        EngagementFigures(3, Occasion("Youth club"), 1234, None, 120, 104_120),
    ]


@pytest.mark.parametrize(
    ("cells", "problem"),
    [
        (["", "", "", "64"], FiguresProblem.NO_TITLE),
        (["Fair", "soon", "", "64"], FiguresProblem.DATE),
        (["Fair", "", "", "many"], FiguresProblem.NUMBER),
        (["Fair", "", "", "-4"], FiguresProblem.NUMBER),
        (["Fair", "", "", "2 or 3"], FiguresProblem.NUMBER),
        (["Fair", "", "", "99999999999"], FiguresProblem.NUMBER),
    ],
)
def test_what_cannot_be_read_is_told_by_its_row(cells: list[str], problem: FiguresProblem) -> None:
    read = read_figures(HEADINGS, rows(cells))
    assert (read.figures, read.unread) == ([], {2: problem})


def test_a_sheet_of_something_else_says_nothing() -> None:
    assert read_figures(["Event", "Notes"], rows(["Fair", "ring the hall"])).figures == []
    assert read_figures(["Notes", "Hours"], rows(["Fair", "7"])).figures == []
