"""What cells mean, and which of them are asked about: nothing is taken unasked."""

from datetime import date

import pytest

from engagements.imports.columns import YEAR, Columns
from engagements.imports.meanings import (
    AskedCell,
    CellReader,
    day_meant,
    is_yes,
    kinds_by_name,
    lacks_year,
    method_meant,
    methods_by_name,
    plain,
    seems_nothing,
    seems_yes,
)
from engagements.imports.table import Row
from engagements.models import Question


@pytest.mark.parametrize("cell", ["Yes, you may quote me anonymously", "✔", "Ie, cewch", "Iawn"])
def test_what_looks_like_a_yes_is_offered(cell: str) -> None:
    assert seems_yes(cell)


def test_a_yes_with_a_condition_is_not_consent_by_itself() -> None:
    assert not is_yes("Yes, you may quote me anonymously")
    assert not is_yes("✔")
    assert not seems_yes("Yes but not by name")
    assert not seems_yes("No thank you")


@pytest.mark.parametrize("cell", ["n/a", "N/A.", "None", "dim", "Dim sylw", "-", "?"])
def test_what_says_nothing_is_seen(cell: str) -> None:
    assert seems_nothing(cell)
    assert not seems_nothing("None of the buses come")


@pytest.mark.parametrize(
    ("cell", "kind"),
    [
        ("have", "asset"),
        ("What do we have?", "asset"),
        ("Beth sydd gyda ni", "asset"),
        ("Angen", "need"),
        ("Newid", "change"),
        ("What should change?", "change"),
    ],
)
def test_a_question_is_known_by_our_own_words_whatever_the_project_calls_it(
    cell: str, kind: str, questions: dict[str, Question]
) -> None:
    for question in questions.values():
        question.wording = question.wording.changed({"en": f"Our {question.kind}s", "cy": ""})
    assert kinds_by_name(questions.values())[plain(cell)] == kind


def test_a_projects_own_name_comes_before_ours(questions: dict[str, Question]) -> None:
    need = questions["need"]
    need.name = need.name.changed({"en": "Have"})
    assert kinds_by_name(questions.values())["have"] == "need"


def test_a_method_is_known_by_its_name_or_as_it_was_said_to_mean() -> None:
    names = methods_by_name()
    assert method_meant("Focus group", {}, names) == "focus_group"
    assert method_meant("Stall", {"stall": "event"}, names) == "event"
    assert method_meant("Stall", {}, names) == ""


def test_cells_that_ask_are_counted_most_frequent_first(questions: dict[str, Question]) -> None:
    columns = Columns(texts=(("words", ""),), fields={"question": "q", "quote": "ok"})
    reader = CellReader(["q", "words", "ok", "state"], columns, questions.values(), ["state"])
    rows = [
        ["Strengths", "The park", "Yes please", "in"],
        ["Strengths", "n/a", "yes", "out"],
        ["need", "", "no", "in"],
        ["", "A bus", "", "in"],
    ]
    for number, cells in enumerate(rows, start=2):
        reader.note(Row(number, cells))
    asked = {each.column: each for each in reader.asked()}
    assert asked["q"].cells == (AskedCell("Strengths", 2),)
    assert asked["ok"].cells == (AskedCell("Yes please", 1, "yes"),)
    assert asked["words"].cells == (AskedCell("n/a", 1, "leave-out"), AskedCell("", 1, "leave-out"))
    assert asked["state"].cells == (AskedCell("in", 3), AskedCell("out", 1))


def test_a_column_with_very_many_answers_is_asked_about_in_part(
    questions: dict[str, Question],
) -> None:
    columns = Columns(texts=(("words", ""),), fields={"question": "q"})
    reader = CellReader(["q", "words"], columns, questions.values())
    for number in range(50):
        reader.note(Row(number, [f"Sort {number}", "A park"]))
    (asked,) = reader.asked()
    assert (len(asked.cells), asked.rest) == (30, 20)


@pytest.mark.parametrize("cell", ["Sat 2nd May", "2/5", "May 2", "2 Mai", "29 Feb"])
def test_a_day_without_a_year_is_of_the_year_that_somebody_says(cell: str) -> None:
    assert lacks_year(cell)
    assert day_meant(cell, {}) is None
    found = day_meant(cell, {YEAR: "2024"})
    assert found is not None
    assert found.year == 2024


@pytest.mark.parametrize("cell", ["", "soon", "2 May 2026", "the 2nd", "2026"])
def test_what_is_no_day_or_has_its_year_lacks_none(cell: str) -> None:
    assert not lacks_year(cell)


def test_a_cell_means_the_day_that_somebody_says() -> None:
    said = {"bonfire night": "2026-11-05", "soon": "tomorrow", YEAR: "2025"}
    assert day_meant("Bonfire Night", said) == date(2026, 11, 5)
    assert day_meant("Soon", said) is None
    assert day_meant("3 May 2024", said) == date(2024, 5, 3)


def test_days_are_asked_about_with_the_year_apart() -> None:
    columns = Columns(texts=(("said", ""),), fields={"date": "when", "engagement": "at"})
    reader = CellReader(["said", "at", "when"], columns, [])
    for number, day in enumerate(["2/5", "2/5", "3 May", "soon", "1/5/2026", ""]):
        reader.note(Row(number, ["A bus", "Fair", day]))
    asked = {each.use: [(cell.cell, cell.rows) for cell in each.cells] for each in reader.asked()}
    assert asked == {"year": [("2/5", 2), ("3 May", 1)], "date": [("soon", 1)]}
