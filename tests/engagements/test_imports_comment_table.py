"""The headings of a table of ours: known again in every language, and its quote marks come off."""

import csv
from io import StringIO

import pytest
from django.conf import settings
from django.utils import translation

from coproduction.ui.spreadsheets import write_csv
from engagements.imports.comment_table import HEADINGS, PERSON, table_headings
from engagements.imports.guessing import guess_columns
from engagements.models import Comment
from engagements.queries.import_file import refused_rows_table

LANGUAGES = [code for code, _name in settings.LANGUAGES]


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_import_knows_each_heading_that_it_reads(language, questions) -> None:
    with translation.override(language):
        headings = table_headings()
        named = {name: str(heading) for name, heading in HEADINGS.items()}
    assert len(set(headings)) == len(HEADINGS) + 1
    guess = guess_columns(headings, questions.values())
    assert guess.texts == ((named["text"], ""),)
    assert guess.fields == {
        "question": named["question_code"],
        "engagement": named["engagement"],
        "date": named["date"],
        "place": named["place"],
        "method": named["method"],
        "engagement_area": named["area"],
        "area": named["home"],
        "age": named["age"],
        "who": named["descriptor"],
        "quote": named["consent"],
        "language": named["language"],
        "translation": named["translation"],
        "theme": named["themes"],
        "code": named["codes"],
        "weight": named["weight"],
    }
    # Without the code, which somebody may have taken for useless.
    without = [heading for heading in headings if heading != named["question_code"]]
    assert guess_columns(without, questions.values()).fields["question"] == named["question"]


def test_what_looks_like_a_formula_comes_in_as_it_was_said_from_a_file_of_ours_alone(
    bring_in,
) -> None:
    bring_in(f"Comment,{PERSON}\n'=1+1,x\n''-1,y\n'tis true,z\n", texts=[("Comment", "")])
    bring_in("Comment,who\n'=1+1,x\n", texts=[("Comment", "")])
    said = list(Comment.objects.order_by("pk").values_list("text", flat=True))
    assert said == ["=1+1", "'-1", "'tis true", "'=1+1"]


def test_marks_of_refused_rows_are_words_in_a_table_of_ours(bring_in) -> None:
    batch = bring_in(f"Comment,{PERSON}\n[?] what now,x\n", texts=[("Comment", "")])
    assert (batch.imported, batch.refused) == (1, 0)


def test_a_refused_row_of_ours_that_was_put_right_comes_in_as_it_was_said(bring_in) -> None:
    """It was escaped twice: in the table that was taken out, and in the rows handed back."""
    batch = bring_in(
        f"Comment,Language,{PERSON}\n'=1+1,klingon-or-so,x\n",
        texts=[("Comment", "")],
        language="Language",
    )
    assert (batch.imported, batch.refused) == (0, 1)
    for _time in range(2):
        headings, rows = refused_rows_table(batch)
        file = StringIO(newline="")
        write_csv(file, headings, rows)
        again = file.getvalue()
        assert [row[2] for row in csv.reader(StringIO(again))][1:] == ["''=1+1"]
        # Handed out twice: nobody put it right the first time.
        batch = bring_in(again, texts=[("Comment", "")], language="Language")
        assert batch.refused == 1
    put_right = again.replace("klingon-or-so", "en")
    assert bring_in(put_right, texts=[("Comment", "")], language="Language").imported == 1
    assert Comment.objects.get().text == "=1+1"
