"""Rows that were refused come in once they are right, as those of their file do; and only once."""

import pytest

from coproduction.jobs.models import Job
from coproduction.projects.models import AuditEntry
from engagements.models import Comment, Engagement, Label, RefusedRow, Submission
from engagements.services.import_batch import AlreadyUndone, undo_import
from engagements.services.import_mending import (
    FileSettled,
    MendedRows,
    have_rows_back,
    mend_rows,
)
from engagements.services.import_settling import settle_import
from engagements.services.submission import EngagementCancelled

pytestmark = pytest.mark.django_db
FILE = "text,about,lang\nThe park,asset,en\nThe bus,nonsense,en\nThe bin,need,klingon-or-so\n"


def mend(*, batch, cells, by):
    """Put rows right on a page drawn just now."""
    seen = {each.row: each.as_seen for each in batch.refused_rows.all()}
    return mend_rows(batch=batch, cells=cells, seen=seen, by=by)


@pytest.fixture
def batch(bring_in, questions):
    """A file of which two rows of three were refused."""
    batch = bring_in(FILE, fields={"question": "about", "language": "lang"})
    assert (batch.imported, batch.refused) == (1, 2)
    return batch


def test_what_is_right_comes_in_and_the_rest_keeps_what_was_typed(batch, coordinator) -> None:
    done = mend(
        batch=batch,
        cells={3: {"about": "need"}, 4: {"lang": "elvish", "text": "The bins"}},
        by=coordinator,
    )
    assert done == MendedRows(imported=1, refused=1)
    batch.refresh_from_db()
    assert (batch.imported, batch.refused) == (2, 1)
    comment = Comment.objects.visible().get(text="The bus")
    assert (comment.question.kind, comment.submission.row) == ("need", 3)
    assert comment.submission.batch == batch
    refused = RefusedRow.objects.get()
    assert (refused.row, refused.reason) == (4, "language")
    assert refused.content == '["The bins", "need", "elvish"]'
    entry = AuditEntry.objects.get(verb="engagements.rows_mended")
    assert entry.now == {"imported": 1, "skipped": 0, "refused": 1}


def test_whoever_sends_a_row_second_brings_in_nothing(batch, coordinator, analyst) -> None:
    for by, expected in (
        (coordinator, MendedRows(imported=1)),
        (analyst, MendedRows(gone=1)),
    ):
        assert mend(batch=batch, cells={3: {"about": "need"}}, by=by) == expected
    assert Comment.objects.filter(text="The bus").count() == 1


def test_a_row_that_somebody_else_changed_since_stays_as_it_is(batch, coordinator, analyst) -> None:
    seen = {each.row: each.as_seen for each in batch.refused_rows.all()}
    mend(batch=batch, cells={4: {"lang": "elvish"}}, by=coordinator)
    cells = {3: {"about": "need"}, 4: {"lang": "en"}}
    done = mend_rows(batch=batch, cells=cells, seen=seen, by=analyst)
    assert done == MendedRows(imported=1, changed=(4,))
    assert RefusedRow.objects.get().content == '["The bin", "need", "elvish"]'
    assert mend(batch=batch, cells={4: {"lang": "en"}}, by=analyst) == MendedRows(imported=1)


def test_undone_with_its_file_and_skipped_when_the_file_comes_again(
    batch, bring_in, coordinator
) -> None:
    mend(batch=batch, cells={3: {"about": "need"}}, by=coordinator)
    again = bring_in(FILE, fields={"question": "about", "language": "lang"})
    assert (again.imported, again.skipped, again.refused) == (0, 1, 2)
    assert undo_import(batch=batch, by=coordinator) == 2
    assert not Comment.objects.visible().exists()
    with pytest.raises(AlreadyUndone):
        mend(batch=batch, cells={4: {"lang": "en"}}, by=coordinator)


def test_a_row_may_name_an_engagement_that_is_made_then(
    bring_in, project, coordinator, questions
) -> None:
    batch = bring_in(
        "text,event,day\nThe park,Fair,2024-05-04\nThe bus,Fete,some day\n",
        project=project,
        question=questions["need"],
        fields={"engagement": "event", "date": "day"},
    )
    assert batch.refused == 1
    done = mend(batch=batch, cells={3: {"day": "2024-05-06"}}, by=coordinator)
    assert done.imported == 1
    assert Engagement.objects.get(title="Fete").date.isoformat() == "2024-05-06"
    assert Submission.objects.get(row=3).engagement.title == "Fete"


def test_a_line_that_could_not_be_cut_is_typed_anew(bring_in, questions, coordinator) -> None:
    batch = bring_in('text\nThe park\n"The bus\n', question=questions["need"])
    assert batch.refused == 1
    row = RefusedRow.objects.get()
    still = mend(batch=batch, cells={row.row: {"text": ""}}, by=coordinator)
    assert still.refused == 1
    assert mend(batch=batch, cells={row.row: {"text": "The bus"}}, by=coordinator).imported
    assert Comment.objects.filter(text="The bus").exists()


def test_nothing_of_a_file_that_was_deleted_comes_in(batch, coordinator) -> None:
    # Deleting waits for the end of the transaction: the row alone says so here.
    settle_import(batch=batch, by=coordinator)
    with pytest.raises(FileSettled):
        mend(batch=batch, cells={3: {"about": "need"}}, by=coordinator)


def test_nothing_comes_in_at_an_engagement_called_off_since(batch, engagement, coordinator) -> None:
    Engagement.objects.filter(pk=engagement.pk).update(status=Engagement.Status.CANCELLED)
    batch.engagement.refresh_from_db()
    with pytest.raises(EngagementCancelled):
        mend(batch=batch, cells={3: {"about": "need"}}, by=coordinator)
    assert Comment.objects.count() == 1


def test_codes_of_rows_that_came_in_before_are_not_put_on_again(
    bring_in, questions, coordinator
) -> None:
    batch = bring_in(
        "text,about,code\nThe park,asset,Parks\nThe bus,nonsense,Buses\n",
        fields={"question": "about", "code": "code"},
    )
    before = Label.objects.get()
    mend(batch=batch, cells={3: {"about": "need"}}, by=coordinator)
    asked = Job.objects.filter(task="themes.take_in_labels").order_by("pk")
    assert [job.arguments["after"] for job in asked] == [0, before.pk]
    assert Label.objects.filter(pk__gt=before.pk).get().code == "Buses"


def test_a_row_may_stay_out_and_be_had_back(batch, coordinator, analyst) -> None:
    seen = {each.row: each.as_seen for each in batch.refused_rows.all()}
    cells = {3: {"about": "need"}, 4: {"lang": "still wrong"}}
    done = mend_rows(batch=batch, cells=cells, seen=seen, leave={4}, by=coordinator)
    assert done == MendedRows(imported=1, left=1)
    batch.refresh_from_db()
    assert (batch.imported, batch.skipped, batch.refused) == (2, 1, 0)
    # What its file said is kept, not what was typed beside the tick.
    assert batch.refused_rows.left_out().get().content == '["The bin", "need", "klingon-or-so"]'
    late = mend_rows(batch=batch, cells={4: {"lang": "en"}}, seen=seen, by=analyst)
    assert late == MendedRows(gone=1)
    assert have_rows_back(batch=batch, by=coordinator) == 1
    assert have_rows_back(batch=batch, by=coordinator) == 0
    batch.refresh_from_db()
    assert (batch.skipped, batch.refused) == (0, 1)
    assert mend(batch=batch, cells={4: {"lang": "en"}}, by=coordinator) == MendedRows(imported=1)
    verbs = ["engagements.rows_left_out", "engagements.rows_had_back"]
    assert AuditEntry.objects.filter(verb__in=verbs).count() == 2


def test_rows_of_a_settled_or_undone_import_are_not_had_back(batch, coordinator) -> None:
    seen = {each.row: each.as_seen for each in batch.refused_rows.all()}
    mend_rows(batch=batch, cells={3: {}}, seen=seen, leave={3}, by=coordinator)
    settle_import(batch=batch, by=coordinator)
    with pytest.raises(FileSettled):
        have_rows_back(batch=batch, by=coordinator)
    undo_import(batch=batch, by=coordinator)
    with pytest.raises(AlreadyUndone):
        have_rows_back(batch=batch, by=coordinator)
