"""The columns of a file: what is said of them is kept and read back, and read beside the words."""

import pytest

from engagements.imports.columns import Columns
from engagements.models import Comment, is_quotable
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
        texts=(("what", ""),),
        fields={"question": "q", "who": "who", "quote": "ok", "language": "iaith"},
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


def test_a_cross_is_not_consent(bring_in) -> None:
    bring_in("text,ok\nA park,x\nA bus,X\nA bench,✓\n", quote="ok")
    assert [each.text for each in Comment.objects.visible().filter(is_quotable())] == ["A bench"]


@pytest.mark.parametrize(
    "said", ["What we have", "what we  HAVE?", "Beth sydd gyda ni", "asset", "What do we have?"]
)
def test_a_question_is_known_by_what_the_pages_call_it(
    said, take_in, questions, coordinator
) -> None:
    batch = take_in(f"text,about\nA park,{said}\n")
    columns = Columns(texts=(("text", ""),), fields={"question": "about"})
    map_import(batch=batch, columns=columns, by=coordinator)
    assert run_import(batch=batch).refused == 0
    assert Comment.objects.get().question == questions["asset"]


def test_what_is_said_of_columns_is_read_back_as_it_was_kept() -> None:
    columns = Columns(
        texts=(("Comment", ""), ("Need", "need")),
        fields={"who": "Who", "engagement": "Event"},
        values={"Comment": {"n/a": "leave-out"}},
        splits={"Need": (";", "line")},
        only={"State": ("approved",)},
        skip_same=True,
    )
    assert Columns.from_json(columns.as_json()) == columns
    assert columns.kinds == {"", "need", "leave-out"}
    assert columns.named == ["Comment", "Need", "Who", "Event", "Comment", "Need", "State"]
    assert not columns.once_more.skip_same


def test_which_days_were_meant_holds_for_one_file_alone() -> None:
    values = {"When": {"#year": "2026", "soon": "2026-05-02"}, "Quote": {"ask": "no"}}
    columns = Columns(fields={"date": "When", "quote": "Quote"}, values=values)
    assert columns.once_more.values == {"Quote": {"ask": "no"}}


def test_what_was_kept_before_is_read_as_it_was_meant() -> None:
    kept = {
        "texts": [["Comment", ""]],
        **{"question": "About", "descriptor": "Who", "consent": "OK", "language": ""},
    }
    assert Columns.from_json(kept) == Columns(
        texts=(("Comment", ""),), fields={"question": "About", "who": "Who", "quote": "OK"}
    )
