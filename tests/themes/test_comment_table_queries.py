"""The table of comments: a row for each that a list shows, with its codes, and nothing withheld."""

import csv
from io import BytesIO, StringIO

import pytest
from django.utils import translation

from engagements.imports.comment_table import HEADINGS, PERSON
from engagements.models import Comment, Submission
from engagements.services.erasure import erase_comment
from engagements.services.submission import undo_submissions
from engagements.services.typo import put_typo_right
from engagements.services.withholding import (
    raise_concern,
    redact_comment,
    restore_redaction,
    withdraw_comment,
)
from tests.themes.comments import make_comments, make_engagement, make_questions
from tests.workbooks import cells_of, day_of
from themes.forms.comment_list import CodedFilterForm
from themes.queries import comment_table
from themes.queries.comment_table import CommentTable, comments_to_take_out, keys_in_order
from themes.services.codebook import merge_themes
from themes.services.coding import code_comment

COLUMNS = [*HEADINGS, PERSON]


def table_of(project, *, may_withhold: bool = False, **asked: object) -> CommentTable:
    """Return the table of what a list shows that was narrowed so."""
    form = CodedFilterForm(asked, project=project, may_withhold=may_withhold)
    assert form.is_valid(), form.errors
    found = comments_to_take_out(project, form.selection)
    return CommentTable(project, keys_in_order(found))


def rows_of(project, **asked) -> list[dict[str, object]]:
    """Return its rows, by what each column holds."""
    return [dict(zip(COLUMNS, row, strict=True)) for row in table_of(project, **asked).rows()]


def texts_of(project, **asked) -> list[object]:
    """Return the words of its rows."""
    return [row["text"] for row in rows_of(project, **asked)]


def test_a_row_tells_all_that_is_kept_of_a_comment(project, book, analyst) -> None:
    (said,) = make_comments(
        project,
        "Mae'r parc yn dda",
        language="cy",
        descriptor="A farmer",
        consent=True,
        translation={"en": "The park is good"},
    )
    code_comment(comment=said, codes=[book.traffic, book.parks, book.litter], by=analyst)
    Submission.objects.update(age_band="65+", area="Cwm")
    (row,) = rows_of(project)
    assert row == {
        "engagement": "Open day",
        "date": said.engagement.date,
        "place": "The hall",
        "method": "Event",
        "area": "",
        "question": "What we need",
        "text": "Mae'r parc yn dda",
        "translation": "The park is good",
        "descriptor": "A farmer",
        "age": "65+",
        "home": "Cwm",
        "consent": "Yes",
        "weight": "",
        "language": "Welsh",
        "themes": "Spaces; Safety",
        "codes": "Parks; Litter; Traffic",
        "state": "As it was said",
        "question_code": "need",
        PERSON: str(said.submission.uuid),
    }


def test_a_typo_put_right_is_not_said_to_be_something_taken_out(project, analyst) -> None:
    typo, both = make_comments(project, "A rusty slied", "Mr Jones's slied")
    put_typo_right(comment=typo, text="A rusty slide", by=analyst)
    redact_comment(comment=both, text="[name]'s slied", by=analyst)
    put_typo_right(comment=Comment.objects.get(pk=both.pk), text="[name]'s slide", by=analyst)
    states = [(row["text"], row["state"]) for row in rows_of(project)]
    assert states == [
        ("A rusty slide", "A typo was put right"),
        ("[name]'s slide", "Words were taken out"),
    ]


def test_it_is_written_in_the_language_of_the_page(project, book, analyst) -> None:
    (said,) = make_comments(project, "The park", consent=True)
    code_comment(comment=said, codes=[book.parks], by=analyst)
    with translation.override("cy"):
        table = table_of(project)
    # Read after the page was answered, in whatever language somebody else's is.
    (row,) = table.rows()
    told = dict(zip(COLUMNS, row, strict=True))
    assert table.headings[:2] == ["Achlysur gwrando", "Dyddiad"]
    assert (told["consent"], told["language"], told["themes"]) == ("Ie", "Saesneg", "Mannau")
    assert told["question_code"] == "need"


def test_several_translations_are_told_apart(project) -> None:
    make_comments(project, "Un parc", language="fr", translation={"en": "A park", "cy": "Parc"})
    assert [row["translation"] for row in rows_of(project)] == ["English: A park\n\nWelsh: Parc"]
    assert [row["language"] for row in rows_of(project)] == ["French"]


def test_nothing_withheld_is_in_it_whatever_is_asked_for(project, coordinator) -> None:
    texts = ("Stays", "Withdrawn", "A worry", "Undone", "Erased", "Held")
    said = dict(zip(texts, make_comments(project, *texts), strict=True))
    withdraw_comment(comment=said["Withdrawn"], by=coordinator)
    raise_concern(comment=said["A worry"], by=coordinator)
    undo_submissions(submissions=[said["Undone"].submission], by=coordinator)
    erase_comment(comment=said["Erased"], by=coordinator)
    Comment.objects.filter(pk=said["Held"].pk).update(withheld="on_hold")
    assert texts_of(project) == ["Stays"]
    for withheld in ("withdrawn", "undone", "on_hold"):
        assert texts_of(project, may_withhold=True, withheld=withheld) == []
    receipt = said["Withdrawn"].submission.receipt
    assert texts_of(project, may_withhold=True, q=receipt) == []


def test_what_is_withheld_while_it_is_written_is_left_out(project, coordinator) -> None:
    first, last = make_comments(project, "First", "Last")
    table = table_of(project)
    withdraw_comment(comment=last, by=coordinator)
    assert [row[COLUMNS.index("text")] for row in table.rows()] == [first.text]


def test_words_that_were_taken_out_are_not_in_it(project, coordinator) -> None:
    (said,) = make_comments(project, "Dai at number 4 needs a ramp", descriptor="Dai's brother")
    redact_comment(comment=said, text="[name] needs a ramp", descriptor="A brother", by=coordinator)
    (row,) = rows_of(project)
    assert (row["text"], row["state"]) == ("[name] needs a ramp", "Words were taken out")
    assert "Dai" not in b"".join(table_of(project).as_csv()).decode()
    said.refresh_from_db()
    restore_redaction(comment=said, last=said.redactions.last().pk, by=coordinator)
    (row,) = rows_of(project)
    assert (row["text"], row["state"]) == ("Dai at number 4 needs a ramp", "As it was said")


def test_it_has_the_rows_that_the_list_shows_and_no_others(project, book, analyst) -> None:
    questions = make_questions(project)
    park, bus = make_comments(project, "A skate park", "More buses to the park")
    fair = make_engagement(project, "Fair")
    (asset,) = make_comments(project, "The park", kind="asset", engagement=fair)
    code_comment(comment=park, codes=[book.parks], by=analyst)
    code_comment(comment=asset, codes=[book.litter], by=analyst)
    assert texts_of(project, q="PARK skate") == [park.text]
    assert texts_of(project, q="park", question=questions["need"].uuid) == [park.text, bus.text]
    assert texts_of(project, engagement=fair.uuid) == [asset.text]
    assert texts_of(project, engagement="open day") == [park.text, bus.text]
    assert texts_of(project, theme=book.parks.uuid) == [park.text]
    assert texts_of(project, theme=book.spaces.uuid) == [park.text, asset.text]
    assert texts_of(project, theme=book.spaces.uuid, question=questions["asset"].uuid) == [
        asset.text
    ]
    assert texts_of(project, q="nothing of the kind") == []


def test_a_merged_code_goes_by_the_one_it_was_merged_into(project, book, analyst) -> None:
    (said,) = make_comments(project, "The park")
    code_comment(comment=said, codes=[book.litter], by=analyst)
    merge_themes(source=book.litter, into=book.traffic, by=analyst)
    assert [row["codes"] for row in rows_of(project)] == ["Traffic"]


def test_a_person_is_named_by_their_code_by_those_alone_who_may_withhold(project) -> None:
    mine, _other = make_comments(project, "Mine", "Another's")
    asked = {"q": mine.submission.receipt.lower()}
    assert texts_of(project, may_withhold=True, **asked) == ["Mine"]
    assert texts_of(project, may_withhold=False, **asked) == []


def test_nothing_of_another_project_is_in_it(project, other_project) -> None:
    make_comments(other_project, "Theirs")
    make_comments(project, "Ours")
    assert texts_of(project) == ["Ours"]


def test_three_rows_cost_what_one_does_and_more_rows_a_piece_at_a_time(
    project, book, analyst, count_queries, monkeypatch
) -> None:
    def cost(kind: str) -> int:
        with count_queries() as counted:
            list(comment_table.FILES[kind](table_of(project)))
        return len(counted)

    said = make_comments(project, "One")
    code_comment(comment=said[0], codes=[book.parks, book.litter], by=analyst)
    one = {kind: cost(kind) for kind in comment_table.FILES}
    for comment in make_comments(project, "Two", "Three", engagement=make_engagement(project, "B")):
        code_comment(comment=comment, codes=[book.traffic], by=analyst)
    assert {kind: cost(kind) for kind in comment_table.FILES} == one
    assert max(one.values()) <= 12
    monkeypatch.setattr(comment_table, "_PIECE", 1)
    monkeypatch.setattr(comment_table, "_KEYS", 2)
    assert texts_of(project) == ["One", "Two", "Three"]
    # Two more pieces, of three queries each, and two more times keys.
    assert cost("csv") == one["csv"] + 2 * 3 + 1


def test_a_workbook_holds_the_same_as_the_csv(project, book, analyst) -> None:
    texts = ["=1+1", "'=1", "-5 degrees", "a\nb", "tŷ 😀"]
    (first, *_rest) = make_comments(project, *texts)
    code_comment(comment=first, codes=[book.parks], by=analyst)
    read = csv.reader(
        StringIO(b"".join(table_of(project).as_csv()).decode("utf-8-sig"), newline="")
    )
    book_rows = cells_of(BytesIO(b"".join(table_of(project).as_workbook())))
    day = COLUMNS.index("date")
    for row in book_rows[1:]:
        row[day] = day_of(row[day]).isoformat()
    assert book_rows == list(read)
    assert [row[COLUMNS.index("text")] for row in book_rows[1:]] == [
        *("'=1+1", "''=1", "'-5 degrees", "a\nb", "tŷ 😀"),
    ]


@pytest.mark.parametrize("letter", ["x", "😀", "="])
def test_words_too_long_for_a_cell_go_on_at_the_end_of_their_row(project, letter) -> None:
    long, short = letter * 100_000, "Short"
    make_comments(project, long, short)
    headings, first, second = cells_of(BytesIO(b"".join(table_of(project).as_workbook())))
    more = headings[len(COLUMNS) :]
    assert more[0] == "Comment, part 2"
    text = COLUMNS.index("text")
    parts = [first[text], *first[len(COLUMNS) :]]
    assert "".join(parts) == ("'" if letter == "=" else "") + long
    assert [second[text], *second[len(COLUMNS) :]] == [short, *[""] * len(more)]
