"""What cells mean, and which of them are asked about: nothing is taken unasked."""

import pytest

from engagements.imports.columns import Columns
from engagements.imports.meanings import (
    AskedCell,
    CellReader,
    is_yes,
    kinds_by_name,
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
