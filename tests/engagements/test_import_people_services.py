"""Files of ours on their way in: what one person said is one sitting, and is known again."""

import pytest
from django.db.models import Count

from engagements.imports.columns import Columns
from engagements.imports.comment_table import PERSON
from engagements.models import Comment, ImportBatch, JoinedRow, Label, Submission, Withheld
from engagements.queries.import_preview import preview_import
from engagements.services import import_batch
from engagements.services.erasure import erase_comment, erase_from_files
from engagements.services.import_batch import make_drafter, run_import, undo_import
from engagements.services.import_mending import mend_rows
from engagements.services.typo import put_typo_right
from engagements.services.withholding import withdraw_comment

TEXTS = [("Comment", "need")]
HEADINGS = f"Comment,Who,May be quoted,Codes,{PERSON}"
ROWS = (
    f"{HEADINGS}\nA bus,Parent,yes,Buses,ann\nA park,,no,,ben\nA bench,Parent,no,Seats,ann\n"
    "Shade,,no,,\nA tree,Parent,yes,,ann\nA pond,,no,,\n"
)
MEANT = {"who": "Who", "quote": "May be quoted", "code": "Codes"}


def sittings() -> list[list[str]]:
    """Return what was said at each sitting that counts, in the order it was said."""
    found = Submission.objects.not_undone().order_by("pk")
    return [
        list(each.comments.order_by("position").values_list("text", flat=True)) for each in found
    ]


@pytest.fixture(params=[2, 1000], ids=["in pieces", "in one piece"])
def pieces(request, monkeypatch) -> None:
    """Rows of a person stand in several pieces of the file, or in one."""
    monkeypatch.setattr(import_batch, "CHUNK", request.param)


@pytest.mark.usefixtures("pieces")
def test_what_one_person_said_is_one_sitting_wherever_its_rows_stand(bring_in) -> None:
    batch = bring_in(ROWS, texts=TEXTS, **MEANT)
    batch.refresh_from_db()
    assert (batch.imported, batch.skipped, batch.refused) == (6, 0, 0)
    assert sittings() == [["A bus", "A bench", "A tree"], ["A park"], ["Shade"], ["A pond"]]
    consents = dict(Comment.objects.values_list("text", "quote_consent"))
    assert [consents[text] for text in ("A bus", "A bench", "A tree")] == [True, False, True]
    assert list(Label.objects.order_by("pk").values_list("comment__text", "code")) == [
        ("A bus", "Buses"),
        ("A bench", "Seats"),
    ]
    assert list(JoinedRow.objects.values_list("row", "comment__text")) == [
        (4, "A bench"),
        (6, "A tree"),
    ]


@pytest.mark.usefixtures("pieces")
def test_a_file_of_ours_that_came_in_comes_in_no_second_time(bring_in) -> None:
    bring_in(ROWS, texts=TEXTS, **MEANT)
    again = bring_in(ROWS, texts=TEXTS, **MEANT)
    again.refresh_from_db()
    assert (again.imported, again.skipped, again.refused) == (0, 6, 0)
    assert Comment.objects.count() == 6


def test_rows_of_which_something_else_is_told_are_two_people(bring_in) -> None:
    rows = ROWS.replace("A tree,Parent", "A tree,Grandparent")
    bring_in(rows, texts=TEXTS, **MEANT)
    assert ["A tree"] in sittings()


@pytest.mark.usefixtures("pieces")
def test_an_import_of_ours_that_was_cut_off_seats_everybody_all_the_same(
    bring_in, monkeypatch
) -> None:
    kept, calls = import_batch._save_rows, []

    def fail_at_the_last(coming, rows):
        calls.append(rows[-1].number)
        if rows[-1].number == 7 and calls.count(7) == 1:
            raise OSError("cut off")
        return kept(coming, rows)

    monkeypatch.setattr(import_batch, "_save_rows", fail_at_the_last)
    with pytest.raises(OSError, match="cut off"):
        bring_in(ROWS, texts=TEXTS, **MEANT)
    run_import(batch=ImportBatch.objects.get())
    assert calls.count(7) == 2
    assert sittings() == [["A bus", "A bench", "A tree"], ["A park"], ["Shade"], ["A pond"]]


@pytest.mark.usefixtures("pieces")
def test_what_was_withdrawn_of_a_joined_row_stays_so_when_it_comes_in_again(
    bring_in, coordinator
) -> None:
    """By its own row, though less is told of people the second time."""
    batch = bring_in(ROWS, texts=TEXTS, **MEANT)
    withdraw_comment(comment=Comment.objects.get(text="A tree"), by=coordinator)
    undo_import(batch=batch, by=coordinator)
    bring_in(ROWS, texts=TEXTS, **{name: MEANT[name] for name in ("quote", "code")})
    stands = Comment.objects.exclude(withheld=Withheld.UNDONE).filter(
        submission__undone_at__isnull=True
    )
    assert stands.get(text="A tree").withheld == Withheld.WITHDRAWN
    assert stands.get(text="A bench").withheld == Withheld.NOTHING


def test_what_is_here_is_known_comment_by_comment_however_it_was_changed_since(
    bring_in, coordinator
) -> None:
    bring_in(ROWS, texts=TEXTS, **MEANT)
    put_typo_right(comment=Comment.objects.get(text="A bench"), text="Two benches", by=coordinator)
    before = ROWS.replace("Shade", "Shade ")
    after = before.replace("A bench", "Two benches").replace("A pond", "A pool")
    assert before != ROWS
    for table, new in ((before, 0), (after, 1)):
        batch = bring_in(table, texts=TEXTS, skip_same=True, **MEANT)
        batch.refresh_from_db()
        assert (batch.imported, batch.skipped) == (new, 6 - new)
    # Each comment meets one row.
    batch = bring_in(f"{after}Shade,,no,,\n", texts=TEXTS, skip_same=True, **MEANT)
    batch.refresh_from_db()
    assert (batch.imported, batch.skipped) == (1, 6)


def test_a_preview_counts_people_as_they_will_come_in(take_in) -> None:
    batch = take_in(ROWS)
    columns = Columns(texts=tuple(TEXTS), fields=MEANT)
    batch.mapping = columns.as_json()
    found = preview_import(batch, columns, make_drafter(batch, HEADINGS.split(",")))
    assert (found.people, found.comments) == (4, 6)


def test_an_erased_comment_goes_from_the_row_that_joined(bring_in, coordinator, project) -> None:
    batch = bring_in(ROWS, texts=TEXTS, **MEANT)
    erase_comment(comment=Comment.objects.get(text="A tree"), by=coordinator)
    erasures = [Comment.objects.get(erased_at__isnull=False).erasure]
    assert erase_from_files(project=project, erasures=erasures)
    batch.refresh_from_db()
    with batch.file.open() as file:
        left = file.read().decode()
    assert "A tree" not in left
    assert "A bench" in left


def test_seating_asks_the_same_for_many_as_for_few(bring_in, count_queries) -> None:
    few = "".join(f"Word {number},,no,,p{number % 3}\n" for number in range(6))
    many = "".join(f"Words {number},,no,,q{number % 30}\n" for number in range(90))
    bring_in(ROWS, texts=TEXTS)
    with count_queries() as first:
        bring_in(f"{HEADINGS}\n{few}", texts=TEXTS)
    with count_queries() as second:
        bring_in(f"{HEADINGS}\n{many}", texts=TEXTS)
    assert len(first) == len(second)
    per_sitting = Submission.objects.annotate(said=Count("comments")).values_list("said", flat=True)
    assert sorted(per_sitting) == [1, 1, 1, *[2] * 3, *[3] * 31]


def test_a_row_that_is_put_right_joins_what_its_person_said(bring_in, coordinator) -> None:
    rows = f"{HEADINGS},Question\nA bus,Parent,yes,,ann,need\nA tree,Parent,yes,,ann,odd\n"
    more = "A park,,no,,ben,need\nA pond,Parent,yes,,ann,need\nA hut,Parent,yes,,ann,odd\n"
    batch = bring_in(rows + more, texts=[("Comment", "")], fields={"question": "Question", **MEANT})
    assert batch.refused == 2
    seen = {each.row: each.as_seen for each in batch.refused_rows.all()}
    put_right = {3: {"Question": "need"}, 6: {"Question": "need"}}
    done = mend_rows(batch=batch, cells=put_right, seen=seen, by=coordinator)
    assert (done.imported, done.refused) == (2, 0)
    assert sittings() == [["A bus", "A pond", "A tree", "A hut"], ["A park"]]
    assert list(JoinedRow.objects.order_by("row").values_list("row", flat=True)) == [3, 5, 6]
