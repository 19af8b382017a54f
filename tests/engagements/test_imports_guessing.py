"""What columns seem to be: by their headings, and by what stands under them."""

import csv

import pytest

from engagements.imports.guessing import guess_columns
from engagements.imports.table import Row
from engagements.models import Question
from tests.engagements.cases import LOG, case


@pytest.fixture
def asked(questions) -> list[Question]:
    """The questions that are asked."""
    return [question for question in questions.values() if question.is_asked]


def rows_of(text: str) -> tuple[list[str], list[Row]]:
    """Return a table's headings and rows."""
    headings, *rows = csv.reader(text.splitlines())
    return headings, [Row(number, cells) for number, cells in enumerate(rows, start=2)]


def test_columns_are_guessed_from_their_headings(asked) -> None:
    guess = guess_columns(["timestamp", "Comment", "Iaith", "quote"], asked)
    assert guess.texts == (("Comment", ""),)
    assert guess.fields == {"language": "Iaith", "quote": "quote"}
    guess = guess_columns(["Rhif", "Sylw / Comment", "Quote?", "Pwy (who)"], asked)
    assert guess.texts == (("Sylw / Comment", ""),)
    assert guess.fields == {"quote": "Quote?", "who": "Pwy (who)"}
    assert guess_columns(["anything"], asked).texts == (("anything", ""),)
    assert guess_columns(["a", "b"], asked).texts == ()
    assert guess_columns(["asset", "need", "change"], asked).texts == (
        ("asset", "asset"),
        ("need", "need"),
        ("change", "change"),
    )
    # By any of a question's names: what is asked, what it is called, in either language.
    assert guess_columns(["What do we have?", "beth sydd ei angen arnon ni"], asked).texts == (
        ("What do we have?", "asset"),
        ("beth sydd ei angen arnon ni", "need"),
    )


def test_an_online_forms_own_questions_are_headings(asked) -> None:
    headings, rows = rows_of(case("form-week-1.csv").read_text("utf-8-sig"))
    guess = guess_columns(headings, asked, rows)
    assert guess.texts == (
        ("What do we have in our community that is good?", "asset"),
        ("What do we need?", "need"),
        ("What should change?", "change"),
    )
    assert guess.fields == {
        "id": "ID",
        "age": "How old are you?",
        "area": "Your postcode",
        "quote": "May we quote you?",
    }


def test_a_log_of_many_events_names_its_engagements(asked) -> None:
    headings, rows = rows_of(LOG)
    guess = guess_columns(headings, asked, rows)
    assert guess.texts == (("Comment", ""),)
    assert guess.fields == {
        "engagement": "Event",
        "date": "Date",
        "place": "Place",
        "method": "Method",
        "who": "Who said it",
        "age": "Age band",
        "area": "Area",
        "question": "About",
        "quote": "Quote OK?",
    }


def test_a_column_of_questions_is_known_by_its_cells(asked) -> None:
    headings, rows = rows_of("What we have,Comment,Who\nhave,The park,A man\nneed,A bus,\n")
    guess = guess_columns(headings, asked, rows)
    assert guess.texts == (("Comment", ""),)
    assert guess.fields == {"question": "What we have", "who": "Who"}


def test_numbers_that_stand_twice_are_no_ids(asked) -> None:
    headings, rows = rows_of("ID,Comment\n7,The park\n7,A bus\n")
    assert guess_columns(headings, asked, rows).column("id") == ""
    headings, rows = rows_of("ID,Comment\n7,The park\n8,A bus\n")
    assert guess_columns(headings, asked, rows).column("id") == "ID"


def test_without_an_engagement_a_date_and_a_place_say_nothing(asked) -> None:
    guess = guess_columns(["Date", "Place", "Comment"], asked)
    assert guess.fields == {}


def test_a_column_of_votes_is_guessed_where_numbers_or_marks_stand_in_it(questions) -> None:
    def guess(*cells: str) -> str:
        rows = [Row(number, ["A bench", cell]) for number, cell in enumerate(cells, start=2)]
        return guess_columns(["Comment", "Votes"], questions.values(), rows).column("weight")

    assert guess("5", "", "✔✔") == "Votes"
    assert guess("5", "the second time") == ""
