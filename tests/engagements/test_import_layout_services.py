"""Choosing how a file is read, sheets of one workbook, and rows erased from Excel files."""

from collections.abc import Callable
from io import BytesIO

import pytest

from coproduction.jobs.running import run
from coproduction.projects.models import AuditEntry, User
from engagements import tasks
from engagements.imports.columns import Columns
from engagements.imports.layout import Chosen, Layout
from engagements.imports.refusals import BadLayout, FileRefused, HeadingsOnly
from engagements.imports.workbook_reader import read_sheet
from engagements.models import Comment, Engagement, ErasedComment, ImportBatch, Submission
from engagements.queries.import_file import FileGone, first_look, read_headings
from engagements.services import import_file
from engagements.services.erasure import erase_comment, erase_from_files
from engagements.services.import_batch import map_import, run_import, start_import, undo_import
from engagements.services.import_file import NotLookedThrough
from engagements.services.import_layout import ColumnsSaid, choose_layout
from tests.engagements.workbooks import workbook

pytestmark = pytest.mark.django_db
Take = Callable[..., ImportBatch]
BOOK = {
    "Fair": [["Comment", "Who"], ["A park", "A child"], ["A bus", "A parent"], ["A hall", ""]],
    "Tea": [["Comment"], ["A roof"], ["More tea"]],
}
FILE = workbook(BOOK)


def brought(batch: ImportBatch, by: User, column: str = "Comment") -> ImportBatch:
    """Bring a file's rows in."""
    map_import(batch=batch, columns=Columns(texts=((column, ""),)), by=by)
    return run_import(batch=batch)


def test_a_workbook_comes_in_whatever_it_is_called(take_in: Take, coordinator: User) -> None:
    batch = take_in(FILE, name="notes.csv")
    assert (batch.layout["sheet"], batch.rows, batch.encoding) == ("Fair", 3, "")
    assert batch.file.name.endswith(".xlsx")
    assert brought(batch, coordinator).imported == 3
    assert list(Submission.objects.order_by("row").values_list("row", flat=True)) == [2, 3, 4]


def test_two_sheets_of_one_workbook_both_come_in(take_in: Take, coordinator: User) -> None:
    brought(take_in(FILE), coordinator)
    second = take_in(FILE)
    choose_layout(batch=second, chosen=Chosen(sheet="Tea"), by=coordinator)
    assert second.rows == 2
    assert (brought(second, coordinator).imported, second.skipped) == (2, 0)
    again = take_in(FILE)
    assert (brought(again, coordinator).imported, again.skipped) == (0, 3)


def test_choosing_is_noted_without_words(take_in: Take, coordinator: User) -> None:
    batch = take_in(FILE)
    choose_layout(batch=batch, chosen=Chosen(sheet="Tea"), by=coordinator)
    entry = AuditEntry.objects.filter(verb="engagements.layout_chosen").get()
    assert (entry.by, entry.now["first_heading"]) == (coordinator, 1)
    assert "Tea" not in str(entry.now)
    choose_layout(batch=batch, chosen=Chosen(sheet="Tea"), by=coordinator)
    assert AuditEntry.objects.filter(verb="engagements.layout_chosen").count() == 1


def test_another_row_of_headings_makes_other_rows(take_in: Take, coordinator: User) -> None:
    batch = take_in("Said at the fair\nComment\nA park\nA bus\n")
    assert (read_headings(batch), batch.rows) == (["Said at the fair"], 3)
    choose_layout(batch=batch, chosen=Chosen(headings=(2, 2)), by=coordinator)
    batch.refresh_from_db()
    assert (read_headings(batch), batch.rows) == (["Comment"], 2)
    with pytest.raises(HeadingsOnly):
        choose_layout(batch=batch, chosen=Chosen(headings=(4, 4)), by=coordinator)
    batch.refresh_from_db()
    assert batch.rows == 2


def test_what_can_not_be_read_so_is_read_as_before(take_in: Take, coordinator: User) -> None:
    batch = take_in(FILE)
    with pytest.raises(BadLayout, match="Fair, Tea"):
        choose_layout(batch=batch, chosen=Chosen(sheet="Nowhere"), by=coordinator)
    batch.refresh_from_db()
    assert batch.layout["sheet"] == "Fair"


def test_after_its_columns_were_said_a_file_is_read_in_no_other_way(
    take_in: Take, coordinator: User
) -> None:
    batch = brought(take_in(FILE), coordinator)
    with pytest.raises(ColumnsSaid):
        choose_layout(batch=batch, chosen=Chosen(sheet="Tea"), by=coordinator)
    undone = take_in("Comment\nA park\n")
    undo_import(batch=undone, by=coordinator)
    with pytest.raises(ColumnsSaid):
        choose_layout(batch=undone, chosen=Chosen(headings=(1, 1)), by=coordinator)


def test_columns_called_alike_are_brought_in_by_their_place(
    take_in: Take, coordinator: User
) -> None:
    batch = take_in("Comment,Who,Comment\nA park,A child,A bus\n")
    assert read_headings(batch) == ["Comment (column A)", "Who", "Comment (column C)"]
    brought(batch, coordinator, "Comment (column C)")
    assert Comment.objects.get().text == "A bus"


def test_lost_letters_are_told_by_row(take_in: Take) -> None:
    rows = "".join(f"d?r {n}\nIs it open?\n" for n in range(12))
    look = first_look(take_in(f"Comment\n{rows}"))
    assert (look.lost.number, look.lost.more) == (12, 2)
    assert look.lost.rows == (2, 4, 6, 8, 10, 12, 14, 16, 18, 20)
    assert first_look(take_in("Comment\nIs it open?\n")).lost.number == 0


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a small workbook count as a big one."""
    monkeypatch.setattr(import_file, "_UNPACKED_AT_ONCE", 100)


@pytest.mark.usefixtures("small", "files")
@pytest.mark.django_db(transaction=True)
def test_a_big_workbook_is_read_by_a_job(engagement: Engagement, coordinator: User) -> None:
    batch = start_import(
        engagement=engagement, file=BytesIO(FILE), name="b", by=coordinator, whole=False
    )
    assert (batch.rows, batch.layout) == (0, {})
    with pytest.raises(NotLookedThrough):
        choose_layout(batch=batch, chosen=Chosen(sheet="Tea"), by=coordinator)
    assert run(tasks.look_file_through, job=batch.job, refusals=(FileGone, FileRefused))
    batch.refresh_from_db()
    assert (batch.rows, batch.layout["sheet"]) == (3, "Fair")
    choose_layout(batch=batch, chosen=Chosen(sheet="Tea"), by=coordinator)
    assert batch.rows == 0
    assert run(tasks.look_file_through, job=batch.job, refusals=(FileGone, FileRefused))
    batch.refresh_from_db()
    assert (batch.rows, batch.layout["sheet"]) == (2, "Tea")


def test_an_erased_row_is_gone_from_every_copy_of_its_workbook(
    take_in: Take, coordinator: User
) -> None:
    first = brought(take_in(FILE), coordinator)
    other = take_in(FILE)
    choose_layout(batch=other, chosen=Chosen(sheet="Tea"), by=coordinator)
    brought(other, coordinator)
    erasures = [
        erase_comment(comment=Comment.objects.get(text=text), by=coordinator)
        for text in ("A bus", "More tea")
    ]
    assert erase_from_files(project=first.project, erasures=erasures)
    for batch in (first, other):
        batch.refresh_from_db()
        assert batch.kept_hash not in {"", batch.file_hash}
        assert batch.file.name.endswith(".xlsx")
        with batch.file.open() as file:
            said = {name: [row.cells for row in read_sheet(file, name)] for name in BOOK}
        assert said == {
            "Fair": [["Comment", "Who"], ["A park", "A child"], ["", ""], ["A hall", ""]],
            "Tea": [["Comment"], ["A roof"]],
        }
    name = first.file.name
    assert erase_from_files(project=first.project, erasures=list(ErasedComment.objects.all()))
    first.refresh_from_db()
    assert first.file.name == name


def test_an_import_of_before_is_read_as_it_was(take_in: Take, coordinator: User) -> None:
    batch = take_in("a;b\n\nA park;x\n")
    ImportBatch.objects.filter(pk=batch.pk).update(layout=Layout(encoding="utf-8-sig").as_json())
    batch.refresh_from_db()
    assert read_headings(batch) == ["a", "b"]
