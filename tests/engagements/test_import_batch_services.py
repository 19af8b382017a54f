"""Files of comments: each row goes in once or says why not; all of it can be taken back."""

import json

import pytest
from django.db import connection

from coproduction.jobs.models import Job
from coproduction.jobs.running import run
from coproduction.languages import searching
from coproduction.languages.searching import Found
from coproduction.projects.models import AuditEntry
from coproduction.projects.trail.verification import verify
from engagements import tasks
from engagements.imports.columns import Columns
from engagements.imports.refusals import HeadingsOnly
from engagements.models import (
    Comment,
    CommentCount,
    Concern,
    Engagement,
    ImportBatch,
    Question,
    RefusedRow,
    Submission,
    Withheld,
    is_quotable,
)
from engagements.queries.counts import listening_totals
from engagements.services import import_batch
from engagements.services.import_batch import (
    AlreadyRunning,
    AlreadyUndone,
    ColumnTwice,
    MissingColumn,
    NoTextColumn,
    map_import,
    run_import,
    undo_import,
)
from engagements.services.import_language import UnknownLanguage
from engagements.services.submission import EngagementCancelled
from engagements.services.withholding import raise_concern, resolve_concern

THREE = "text\nThe park\nThe library\nThe bus\n"


def counts(batch: ImportBatch) -> tuple[int, int, int]:
    """Return what a batch says of itself, read afresh."""
    batch.refresh_from_db()
    return batch.imported, batch.skipped, batch.refused


def reasons(batch: ImportBatch) -> dict[int, str]:
    """Return why each refused row was refused."""
    return dict(batch.refused_rows.values_list("row", "reason"))


def test_each_row_is_one_persons_comment(bring_in, questions) -> None:
    batch = bring_in(THREE, question=questions["need"])
    assert counts(batch) == (3, 0, 0)
    assert list(Comment.objects.values_list("text", flat=True)) == [
        "The park",
        "The library",
        "The bus",
    ]
    assert set(Comment.objects.values_list("question__kind", flat=True)) == {"need"}
    assert list(Submission.objects.order_by("row").values_list("row", flat=True)) == [2, 3, 4]
    assert len(set(Submission.objects.values_list("receipt", flat=True))) == 3
    assert not Comment.objects.visible().filter(is_quotable()).exists()


def test_a_row_with_three_answers_is_one_submission(bring_in) -> None:
    bring_in("have,need\nThe park,A bus\n,A bank\n", texts=[("have", "asset"), ("need", "need")])
    assert Submission.objects.count() == 2
    assert list(Comment.objects.values_list("question__kind", "text", "position")) == [
        ("asset", "The park", 0),
        ("need", "A bus", 1),
        ("need", "A bank", 0),
    ]


def test_each_bad_row_says_why(take_in, coordinator) -> None:
    long = "x" * (10 * 1024 * 1024)
    batch = take_in(
        "id,text,who,q,lang\n"
        "1,Good,,,\n"
        "2, ,,,\n"
        f"3,{long},,,\n"
        "4,nul\x00here,,,\n"
        "5,one,two,need,en,six\n"
        f"6,Fine,{'d' * 81},,\n"
        "7,Fine,,grumble,\n"
        "8,Fine,,,Klingonese\n"
        "9\n"
        "10,Also good,,,,,\n"
    )
    columns = Columns(
        texts=(("text", ""),), fields={"question": "q", "who": "who", "language": "lang"}
    )
    map_import(batch=batch, columns=columns, by=coordinator)
    run_import(batch=batch)
    assert counts(batch) == (2, 0, 8)
    assert reasons(batch) == {
        3: "empty",
        4: "too_long",
        5: "nul",
        6: "more_cells",
        7: "descriptor",
        8: "question",
        9: "language",
        10: "empty",
    }
    rows = RefusedRow.objects.filter(batch=batch)
    assert all(row.why.endswith(".") for row in rows)
    assert json.loads(rows.get(row=4).content)[1] == long
    assert "\x00" not in rows.get(row=5).content


def test_a_row_in_no_encoding_is_refused_alone(bring_in) -> None:
    batch = bring_in("text\nŵŷâŵ\n".encode() + b"b\xffd\n")
    assert counts(batch) == (1, 0, 1)
    assert reasons(batch) == {3: "bad_characters"}


def test_words_that_look_like_formulas_are_kept(bring_in) -> None:
    batch = bring_in("text\n=1+1\n-2 bins\n@home\n")
    assert list(Comment.objects.values_list("text", flat=True)) == ["=1+1", "-2 bins", "@home"]
    assert counts(batch) == (3, 0, 0)


def test_a_file_read_twice_goes_in_once(bring_in, project) -> None:
    bring_in(THREE)
    assert counts(bring_in(THREE)) == (0, 3, 0)
    assert listening_totals(project).comments == 3


def test_the_same_words_in_another_file_are_other_people(bring_in, project) -> None:
    bring_in(THREE)
    assert counts(bring_in(THREE + "One more\n")) == (4, 0, 0)
    assert listening_totals(project).comments == 7


def test_an_import_can_be_undone_and_done_again(bring_in, project, coordinator) -> None:
    batch = bring_in(THREE)
    assert undo_import(batch=batch, by=coordinator) == 3
    assert listening_totals(project).comments == 0
    assert Comment.objects.filter(withheld=Withheld.UNDONE).count() == 3
    with pytest.raises(AlreadyUndone):
        undo_import(batch=batch, by=coordinator)
    assert counts(bring_in(THREE)) == (3, 0, 0)
    assert listening_totals(project).comments == 3


def test_a_worry_about_an_imported_comment_outlives_the_import(bring_in, coordinator) -> None:
    batch = bring_in(THREE)
    comment = Comment.objects.first()
    concern = raise_concern(comment=comment, by=coordinator)
    undo_import(batch=batch, by=coordinator)
    comment.refresh_from_db()
    assert comment.withheld == Withheld.CONCERN
    resolve_concern(concern=concern, outcome=Concern.Outcome.RESTORED, by=coordinator)
    comment.refresh_from_db()
    assert comment.withheld == Withheld.UNDONE


def cut_short(batch: ImportBatch, monkeypatch) -> None:
    """Run an import that dies after its second piece, as kill -9 would leave it."""

    class Killed(BaseException):
        pass

    pieces = []

    def die(done: int, total: int) -> None:
        pieces.append(done)
        if len(pieces) == 2:
            raise Killed

    monkeypatch.setattr(import_batch, "CHUNK", 10)
    with pytest.raises(Killed):
        run_import(batch=batch, report=die)


def test_an_import_cut_short_goes_on_and_nothing_goes_in_twice(
    take_in, coordinator, monkeypatch
) -> None:
    lines = [f"Comment {number}" if number % 10 else "" for number in range(1, 46)]
    batch = take_in("id,text\n" + "".join(f"{n},{line}\n" for n, line in enumerate(lines)))
    map_import(batch=batch, columns=Columns(texts=(("text", ""),)), by=coordinator)
    cut_short(batch, monkeypatch)
    assert Comment.objects.count() == 18
    again = ImportBatch.objects.get(pk=batch.pk)
    assert not again.is_finished
    seen = []
    run_import(batch=again, report=lambda done, total: seen.append((done, total)))
    assert counts(again) == (41, 0, 4)
    assert seen == [(10, 45), (20, 45), (30, 45), (40, 45), (45, 45)]
    assert [text for text in lines if text] == list(Comment.objects.values_list("text", flat=True))
    run_import(batch=again)
    assert AuditEntry.objects.filter(verb="engagements.file_imported").count() == 1


def test_two_workers_at_one_import_keep_each_row_once(take_in, coordinator, monkeypatch) -> None:
    batch = take_in("text\n" + "".join(f"Comment {n}\n" for n in range(40)))
    map_import(batch=batch, columns=Columns(texts=(("text", ""),)), by=coordinator)
    monkeypatch.setattr(import_batch, "CHUNK", 10)
    other = ImportBatch.objects.get(pk=batch.pk)
    overtaken = []

    def overtake(done: int, total: int) -> None:
        if not overtaken:
            overtaken.append(run_import(batch=other))

    run_import(batch=batch, report=overtake)
    assert counts(batch) == (40, 0, 0)
    assert Comment.objects.count() == 40
    assert AuditEntry.objects.filter(verb="engagements.file_imported").count() == 1


def test_which_rows_are_in_is_asked_of_the_index_that_keeps_them_so(bring_in, project) -> None:
    """Asked of all that the project has heard, each piece would take longer than the last."""
    batch = bring_in(THREE)
    kept = Submission.objects.of(project).of_file(batch.file_hash)
    assert kept.filter(row__range=(2, 3)).count() == 2
    assert not Submission.objects.of(project).of_file("").exists()
    if connection.vendor == "sqlite":  # PostgreSQL reads so small a table whole.
        assert "submission_file_row_once" in kept.filter(row__range=(2, 3)).explain()


def test_rows_are_counted_and_found_within_the_piece_that_brings_them(
    take_in, coordinator, monkeypatch, project
) -> None:
    batch = take_in("text\n" + "".join(f"Comment {n}\n" for n in range(25)))
    map_import(batch=batch, columns=Columns(texts=(("text", ""),)), by=coordinator)
    monkeypatch.setattr(import_batch, "CHUNK", 10)
    # The index is asked however few comments there are.
    monkeypatch.setattr(searching, "SCANNED_AT_MOST", 0)
    seen = []

    def look(done: int, total: int) -> None:
        said = CommentCount.objects.of(project).get().said
        found = Found(Comment.objects.of(project).visible(), "comment")
        seen.append((done, said, found.count))

    run_import(batch=batch, report=look)
    assert seen == [(10, 10, 10), (20, 20, 20), (25, 25, 25)]


def test_an_import_undone_under_way_stops(take_in, coordinator, monkeypatch, project) -> None:
    batch = take_in("text\n" + "".join(f"Comment {n}\n" for n in range(40)))
    map_import(batch=batch, columns=Columns(texts=(("text", ""),)), by=coordinator)
    monkeypatch.setattr(import_batch, "CHUNK", 10)
    undo = []

    def undone(done: int, total: int) -> None:
        if not undo:
            undo.append(undo_import(batch=ImportBatch.objects.get(pk=batch.pk), by=coordinator))

    run_import(batch=batch, report=undone)
    assert undo == [10]
    assert Comment.objects.count() == 10
    assert listening_totals(project).comments == 0
    assert not ImportBatch.objects.get(pk=batch.pk).is_finished


def test_an_import_is_one_entry_in_the_trail(bring_in, project) -> None:
    bring_in(THREE)
    entry = AuditEntry.objects.get(verb="engagements.file_imported")
    assert entry.now == {"imported": 3, "skipped": 0, "refused": 0}
    assert verify(project).fault is None


def test_a_file_taken_in_brings_the_questions_it_may_answer_or_neither(
    take_in, engagement, project
) -> None:
    Engagement.objects.filter(pk=engagement.pk).update(status=Engagement.Status.CANCELLED)
    with pytest.raises(EngagementCancelled):
        take_in(THREE)
    assert not Question.objects.of(project).exists()
    Engagement.objects.filter(pk=engagement.pk).update(status=Engagement.Status.HELD)
    take_in(THREE)
    assert Question.objects.of(project).filter(is_asked=True).count() == 3


def test_the_columns_named_must_be_there_and_differ(take_in, coordinator) -> None:
    batch = take_in("text,who\nA park,Me\n")
    for columns, refusal in (
        (Columns(), NoTextColumn),
        (Columns(texts=(("words", ""),)), MissingColumn),
        (Columns(texts=(("text", ""),), fields={"quote": "agreed"}), MissingColumn),
        (Columns(texts=(("text", ""),), fields={"who": "text"}), ColumnTwice),
    ):
        with pytest.raises(refusal):
            map_import(batch=batch, columns=columns, by=coordinator)
    batch.refresh_from_db()
    assert not batch.is_mapped
    assert not Job.objects.filter(task="engagements.import").exists()


def test_a_file_without_rows_leaves_nothing_behind(take_in, files) -> None:
    with pytest.raises(HeadingsOnly):
        take_in("text,who\n")
    assert not ImportBatch.objects.exists()
    assert not list(files.rglob("*.csv"))


def test_an_import_is_mapped_once(take_in, coordinator) -> None:
    batch = take_in(THREE)
    map_import(batch=batch, columns=Columns(texts=(("text", ""),)), by=coordinator)
    with pytest.raises(AlreadyRunning):
        map_import(batch=batch, columns=Columns(texts=(("text", ""),)), by=coordinator)
    assert Job.objects.filter(task="engagements.import").count() == 1


@pytest.mark.django_db(transaction=True)
def test_the_job_brings_the_rows_in(take_in, coordinator) -> None:
    batch = take_in(THREE)
    map_import(batch=batch, columns=Columns(texts=(("text", ""),)), by=coordinator)
    job = Job.objects.get(task="engagements.import")
    assert batch.job == job.uuid
    run(tasks.import_rows, job=job.uuid)
    job.refresh_from_db()
    assert (job.state, job.result) == ("done", {"imported": 3, "skipped": 0, "refused": 0})


def test_nothing_comes_into_an_engagement_called_off(take_in, engagement, coordinator) -> None:
    batch = take_in(THREE)
    Engagement.objects.filter(pk=engagement.pk).update(status=Engagement.Status.CANCELLED)
    assert not batch.engagement.is_cancelled
    with pytest.raises(EngagementCancelled):
        map_import(batch=batch, columns=Columns(texts=(("text", ""),)), by=coordinator)
    with pytest.raises(EngagementCancelled):
        take_in(THREE)
    assert ImportBatch.objects.count() == 1


@pytest.mark.parametrize("said", ["klingon-or-so", "", "No such"])
def test_a_files_language_is_one_that_is_known(said, take_in, coordinator) -> None:
    columns = Columns(texts=(("text", ""),))
    with pytest.raises(UnknownLanguage):
        map_import(batch=take_in(THREE), columns=columns, language=said, by=coordinator)


def test_a_files_language_may_be_called_by_its_name(take_in, coordinator) -> None:
    columns = Columns(texts=(("text", ""),))
    batch = map_import(batch=take_in(THREE), columns=columns, language="Cymraeg", by=coordinator)
    assert batch.language == "cy"
