"""The columns of a file: guessed from their headings, and read beside the words."""

import pytest

from engagements.imports.columns import Columns, guess_columns
from engagements.models import Comment
from engagements.services.import_batch import map_import, run_import


def test_the_columns_beside_the_words_are_read(take_in, coordinator) -> None:
    batch = take_in(
        "q,what,who,ok,iaith\n"
        "need,A bus,A parent,Ie,Cymraeg\n"
        "What we have,The park,,yes,en\n"
        "BETH DDYLAI NEWID?,Bins,,no,\n"
        ",Whatever,,maybe,pl\n"
    )
    columns = Columns(
        texts=(("what", ""),), question="q", descriptor="who", consent="ok", language="iaith"
    )
    map_import(batch=batch, columns=columns, by=coordinator)
    run_import(batch=batch)
    rows = Comment.objects.values_list(
        "question__kind", "submission__descriptor", "quote_consent", "language"
    )
    assert list(rows) == [
        ("need", "A parent", True, "cy"),
        ("asset", "", True, "en"),
        ("change", "", False, "en"),
        ("none", "", False, "pl"),
    ]


def test_columns_are_guessed_from_their_headings(questions) -> None:
    asked = [question for question in questions.values() if question.is_asked]
    guess = guess_columns(["timestamp", "Comment", "Iaith", "quote"], asked)
    assert (guess.texts, guess.language, guess.consent) == ((("Comment", ""),), "Iaith", "quote")
    guess = guess_columns(["Rhif", "Sylw / Comment", "Quote?", "Pwy (who)"], asked)
    assert guess.texts == (("Sylw / Comment", ""),)
    assert (guess.consent, guess.descriptor) == ("Quote?", "Pwy (who)")
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


def test_a_cross_is_not_consent(bring_in) -> None:
    bring_in("text,ok\nA park,x\nA bus,X\nA bench,✓\n", consent="ok")
    assert [each.text for each in Comment.objects.publishable()] == ["A bench"]


@pytest.mark.parametrize(
    "said", ["What we have", "what we  HAVE?", "Beth sydd gyda ni", "asset", "What do we have?"]
)
def test_a_question_is_known_by_what_the_pages_call_it(
    said, take_in, questions, coordinator
) -> None:
    batch = take_in(f"text,about\nA park,{said}\n")
    columns = Columns(texts=(("text", ""),), question="about")
    map_import(batch=batch, columns=columns, by=coordinator)
    assert run_import(batch=batch).refused == 0
    assert Comment.objects.get().question == questions["asset"]
