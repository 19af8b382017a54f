"""Many rows put in at once are as those made one by one, and a database knows its tables."""

import threading
from uuid import uuid4

import pytest
from django.db import IntegrityError, OperationalError, connection, transaction
from django.test.utils import CaptureQueriesContext

from coproduction import database
from coproduction.database import (
    ValueMissing,
    insert_rows,
    overwrite_free_room,
    renew_statistics,
)
from coproduction.languages.models import Translated
from engagements.models import Comment, Engagement, ImportBatch, RefusedRow, Submission
from engagements.models.receipts import new_receipts
from tests.themes.comments import make_comments

# What COPY, or a statement's marks, would read as something else.
AWKWARD = [
    "plain",
    "",
    "\\N",
    "\\.",
    "\\",
    "a\ttab, a\nline, a\r return",
    "\\t and \\n as typed",
    "quotes \" and ' and “these”",
    "%s %(name)s ? :1 {}",
    "tŷ, dŵr, 👨‍👩‍👧, أرجوحة",
    "x" * 100_000,
]


@pytest.fixture
def comment(project) -> Comment:
    """Something somebody said."""
    return make_comments(project, "The park")[0]


@pytest.fixture
def heard_at(comment) -> Engagement:
    """Where it was said."""
    return comment.engagement


@pytest.fixture
def batch(heard_at, coordinator) -> ImportBatch:
    """A file that was brought in."""
    return ImportBatch.objects.create(
        project=heard_at.project,
        engagement=heard_at,
        file="imports/x.csv",
        file_name="x.csv",
        file_hash="f" * 64,
        by=coordinator,
    )


def test_words_are_kept_letter_for_letter(batch) -> None:
    rows = [(place, "quotes", words) for place, words in enumerate(AWKWARD)]
    insert_rows(RefusedRow, ("row", "reason", "content"), rows, batch_id=batch.pk)
    kept = RefusedRow.objects.filter(batch=batch).order_by("row")
    assert list(kept.values_list("content", flat=True)) == AWKWARD


def test_a_row_has_the_values_that_an_object_would_have(batch, heard_at) -> None:
    first, second = new_receipts(2)
    common = {
        "project_id": heard_at.project_id,
        "engagement_id": heard_at.pk,
        "channel": "import",
        "batch_id": batch.pk,
    }
    made = Submission.objects.create(uuid=uuid4(), receipt=first, row=None, **common)
    key = uuid4()
    insert_rows(Submission, ("uuid", "receipt", "row"), [(key, second, None)], **common)
    put = Submission.objects.get(uuid=key)
    own = {"id", "uuid", "receipt", "created_at", "received_at"}
    fields = [each.attname for each in Submission._meta.concrete_fields if each.attname not in own]
    assert len(fields) > 12
    assert {name: getattr(put, name) for name in fields} == {
        name: getattr(made, name) for name in fields
    }
    assert put.receipt == second
    assert abs((put.created_at - made.created_at).total_seconds()) < 60
    assert abs((put.received_at - made.received_at).total_seconds()) < 60


def test_a_column_of_json_and_a_flag_are_read_back_as_they_were(project, comment) -> None:
    names = ("submission_id", "position", "text", "folded", "quote_consent", "translation")
    beside = Translated({"en": {"text": 'A "house"\tor \\n two', "of": None}})
    rows = [(comment.submission_id, 1, "Tŷ", "ty", True, beside)]
    same = {
        "project_id": project.pk,
        "engagement_id": comment.engagement_id,
        "question_id": comment.question_id,
    }
    insert_rows(Comment, names, rows, **same)
    put = Comment.objects.get(position=1)
    assert (put.text, put.quote_consent, put.version, put.withheld) == ("Tŷ", True, 1, "")
    assert put.translation == beside
    assert "house" in str(put.translation.entries)


@pytest.mark.parametrize(
    ("model", "names", "missing"),
    [
        (Submission, ("receipt",), "uuid"),
        (Submission, ("uuid",), "receipt"),
        (Comment, ("text",), "folded"),
    ],
)
def test_a_value_that_is_each_rows_own_has_to_be_given(model, names, missing) -> None:
    with pytest.raises(ValueMissing, match=missing):
        insert_rows(model, names, [])


def test_more_rows_than_one_statement_holds_go_in_as_they_stand(batch) -> None:
    rows = [(place, "empty", f"row {place}") for place in range(7_001)]
    with CaptureQueriesContext(connection) as asked:
        insert_rows(RefusedRow, ("row", "reason", "content"), iter(rows), batch_id=batch.pk)
    kept = RefusedRow.objects.filter(batch=batch).order_by("pk")
    assert list(kept.values_list("row", "reason", "content")) == rows
    assert len(asked) <= 3


def test_no_rows_are_none(batch) -> None:
    insert_rows(RefusedRow, ("row", "reason", "content"), [], batch_id=batch.pk)
    assert not RefusedRow.objects.exists()


def test_a_row_that_breaks_a_rule_is_refused_with_all_of_them(batch) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        rows = [(1, "empty", ""), (2, "empty", ""), (2, "empty", "")]
        insert_rows(RefusedRow, ("row", "reason", "content"), rows, batch_id=batch.pk)
    assert not RefusedRow.objects.exists()


def test_the_database_knows_how_many_rows_a_table_has(project) -> None:
    make_comments(project, "The park", "The bus", "The library")
    renew_statistics()
    if connection.vendor != "sqlite":
        return  # It measures them by itself.
    with connection.cursor() as cursor:
        cursor.execute("SELECT stat FROM sqlite_stat1 WHERE tbl = 'engagements_comment'")
        found = cursor.fetchall()
    assert found
    assert all(stat.startswith("3 ") for (stat,) in found if not stat.startswith("0"))


@pytest.mark.skipif(connection.vendor != "postgresql", reason="of PostgreSQL's own rows")
@pytest.mark.django_db(transaction=True)
def test_free_room_is_not_called_overwritten_while_somebody_may_read_what_was_there(
    comment, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = connection.copy()
    held.inc_thread_sharing()
    try:
        with held.cursor() as reader:
            reader.execute("BEGIN ISOLATION LEVEL REPEATABLE READ")
            reader.execute("SELECT 1")
            Comment.objects.update(text="gone")
            with monkeypatch.context() as impatient:
                impatient.setattr(database, "_MOMENT", 0.0)
                with pytest.raises(OperationalError, match="still reads"):
                    overwrite_free_room([Comment], report=lambda _done, _all: None)
                # What it noted of the values in them is as much in its files.
                with connection.cursor() as cursor:
                    cursor.execute("ANALYZE engagements_comment")
                with pytest.raises(OperationalError, match="still reads"):
                    overwrite_free_room([], report=lambda _done, _all: None)
            # Whoever reads for a moment alone is waited for.
            ending = threading.Timer(1, lambda: reader.execute("COMMIT"))
            ending.start()
            overwrite_free_room([Comment], report=lambda _done, _all: None)
            ending.join()
    finally:
        held.close()
