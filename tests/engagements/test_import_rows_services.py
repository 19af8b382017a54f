"""Rows on their way in: known by ID or by their words, taken apart, left out, with codes."""

import pytest
from django.db import IntegrityError, transaction

from engagements.imports.columns import Columns
from engagements.imports.drafting import key_of_whole
from engagements.models import (
    Comment,
    ImportBatch,
    Label,
    SkippedRow,
    Submission,
)
from engagements.services import import_batch
from engagements.services.erasure import erase_comment, erase_from_files
from engagements.services.import_batch import map_import, run_import, undo_import
from engagements.services.withholding import redact_comment, withdraw_comment

WEEK_1 = "ID,have,need\n1,The park,A bus\n2,The park,\n3,The river,A bench\n"
WEEK_2 = f"{WEEK_1}4,The hall,\n5,The park,\n"
TEXTS = (("have", "asset"), ("need", "need"))


def counts(batch: ImportBatch) -> tuple[int, int, int]:
    """Return what became of a file's rows."""
    batch.refresh_from_db()
    return batch.imported, batch.skipped, batch.refused


def reasons(batch: ImportBatch) -> dict[int, str]:
    """Return why each refused row was refused."""
    return dict(batch.refused_rows.values_list("row", "reason"))


def test_a_growing_export_is_known_by_its_ids(bring_in) -> None:
    bring_in(WEEK_1, texts=TEXTS, id="ID")
    batch = bring_in(WEEK_2, texts=TEXTS, id="ID")
    assert counts(batch) == (2, 3, 0)
    assert Submission.objects.count() == 5
    assert list(batch.skipped_rows.values_list("row", "submission__source_id")) == [
        (2, "1"),
        (3, "2"),
        (4, "3"),
    ]


def test_an_id_that_says_something_else_now_is_refused_and_nothing_is_lost(bring_in) -> None:
    bring_in(WEEK_1, texts=TEXTS, id="ID")
    batch = bring_in("ID,have,need\n1,THE PARK,a  bus\n2,The pool,\n", texts=TEXTS, id="ID")
    assert counts(batch) == (0, 1, 1)
    assert reasons(batch) == {3: "id_taken"}
    assert "The pool" in batch.refused_rows.get().content


def test_an_id_given_twice_in_one_file_comes_in_once(bring_in, monkeypatch) -> None:
    monkeypatch.setattr(import_batch, "CHUNK", 2)
    rows = "1,The park\n1,The park\n1,A pool\n2,A bus\n1,The park\n"
    batch = bring_in(f"ID,have\n{rows}", texts=[("have", "asset")], id="ID")
    assert counts(batch) == (2, 2, 1)
    assert reasons(batch) == {4: "id_taken"}
    assert batch.skipped_rows.count() == 2


def test_one_id_at_two_engagements_is_two_answers(bring_in, project, engagement) -> None:
    bring_in("ID,have\n1,The park\n", texts=[("have", "asset")], id="ID")
    batch = bring_in(
        "ID,have,at\n1,The pool,Elsewhere\n",
        texts=[("have", "asset")],
        id="ID",
        engagement="at",
        project=project,
    )
    assert counts(batch) == (1, 0, 0)
    with pytest.raises(IntegrityError), transaction.atomic():
        Submission.objects.filter(batch=batch).update(engagement=engagement)


def test_as_many_rows_are_skipped_as_are_here_and_no_more(bring_in) -> None:
    bring_in("have\nThe park\nThe park\nA bus\n", texts=[("have", "asset")])
    again = "have\nThe park\nthe PARK\nThe park\nA bus\nA bench\n"
    batch = bring_in(again, texts=[("have", "asset")], skip_same=True)
    assert counts(batch) == (2, 3, 0)
    assert list(Submission.objects.filter(batch=batch).values_list("row", flat=True)) == [4, 6]


def test_unasked_nothing_is_skipped_for_its_words(bring_in) -> None:
    bring_in(WEEK_1, texts=TEXTS)
    assert counts(bring_in(WEEK_2, texts=TEXTS)) == (5, 0, 0)


def test_a_sitting_is_the_same_only_with_all_its_points_and_questions(bring_in) -> None:
    bring_in("have,need\nThe park,A bus\n", texts=TEXTS)
    rows = "The park,\nA bus,The park\nThe park,A bus\n"
    batch = bring_in(f"have,need\n{rows}", texts=TEXTS, skip_same=True)
    assert counts(batch) == (2, 1, 0)


def test_cut_short_and_begun_again_it_skips_the_same_rows(
    bring_in, take_in, coordinator, monkeypatch
) -> None:
    class Killed(BaseException):
        pass

    def die(done: int, total: int) -> None:
        raise Killed

    bring_in("have\nThe park\nThe park\nA bus\n", texts=[("have", "asset")])
    batch = take_in("have\nThe park\nThe park\nThe park\nA bus\nThe park\nA bus\n")
    columns = Columns(texts=(("have", "asset"),), skip_same=True)
    map_import(batch=batch, columns=columns, by=coordinator)
    monkeypatch.setattr(import_batch, "CHUNK", 1)
    for _time in range(3):
        with pytest.raises(Killed):
            run_import(batch=ImportBatch.objects.get(pk=batch.pk), report=die)
    run_import(batch=ImportBatch.objects.get(pk=batch.pk))
    assert counts(batch) == (3, 3, 0)
    assert list(batch.submissions.order_by("row").values_list("row", flat=True)) == [4, 6, 7]


def test_two_imports_of_one_file_at_once_keep_each_row_once(
    take_in, coordinator, monkeypatch
) -> None:
    monkeypatch.setattr(import_batch, "CHUNK", 1)
    columns = Columns(texts=TEXTS, fields={"id": "ID"})
    first, other = (take_in(WEEK_2) for _time in range(2))
    for batch in (first, other):
        map_import(batch=batch, columns=columns, by=coordinator)
    overtaken = []

    def overtake(done: int, total: int) -> None:
        if not overtaken:
            overtaken.append(run_import(batch=other))

    run_import(batch=first, report=overtake)
    assert counts(first) == (1, 4, 0)
    assert counts(other) == (4, 1, 0)
    assert Submission.objects.count() == 5


@pytest.mark.parametrize("said", [{"id": "ID"}, {"skip_same": True}], ids=["by ID", "by words"])
def test_words_taken_out_or_erased_do_not_come_in_again_with_the_next_export(
    bring_in, coordinator, said
) -> None:
    bring_in(WEEK_1, texts=TEXTS, **said)
    park, _bus, other, river, _bench = Comment.objects.order_by("pk")
    redact_comment(comment=park, text="[a place]", by=coordinator)
    withdraw_comment(comment=other, by=coordinator)
    erase_comment(comment=river, by=coordinator)
    assert counts(bring_in(WEEK_2, texts=TEXTS, **said)) == (2, 3, 0)


def test_an_erased_answer_is_still_known_by_its_id_which_no_longer_stands_there(
    bring_in, coordinator
) -> None:
    rows = "ID,have,old,from\nA-17,The park,65+,XX5 9CC\n"
    more = {"id": "ID", "age": "old", "area": "from"}
    bring_in(rows, texts=[("have", "asset")], **more)
    erase_comment(comment=Comment.objects.get(), by=coordinator)
    kept = Submission.objects.get()
    assert (kept.age_band, kept.area, kept.descriptor) == ("", "", "")
    assert "A-17" not in kept.source_id
    assert counts(bring_in(f"{rows}A-18,A bus,,\n", texts=[("have", "asset")], **more)) == (1, 1, 0)


def test_erased_words_go_from_every_export_that_has_them(bring_in, coordinator, project) -> None:
    bring_in(WEEK_1, texts=TEXTS, id="ID")
    later = bring_in(WEEK_2, texts=TEXTS, id="ID")
    erasure = erase_comment(comment=Comment.objects.get(text="The river"), by=coordinator)
    assert erase_from_files(project=project, erasures=[erasure])
    for batch in ImportBatch.objects.all():
        with batch.file.open() as file:
            assert b"The river" not in file.read()
    later.refresh_from_db()
    with later.file.open() as file:
        assert b"The hall" in file.read()


def test_what_was_withdrawn_stays_so_in_the_next_export_after_an_undo(
    bring_in, coordinator
) -> None:
    first = bring_in(WEEK_1, texts=TEXTS, id="ID")
    withdraw_comment(comment=Comment.objects.get(text="The river"), by=coordinator)
    undo_import(batch=first, by=coordinator)
    bring_in(WEEK_2, texts=TEXTS, id="ID")
    assert not Comment.objects.visible().filter(text="The river").exists()
    assert Comment.objects.visible().filter(text="The park").count() == 3


def test_points_are_taken_apart_and_one_cell_kept_whole(bring_in) -> None:
    whole = "Parking, or less; I can't decide"
    batch = bring_in(
        f'need\nBuses; benches; bins\n"- rooms\n- lights"\n"{whole}"\n',
        texts=[("need", "need")],
        splits={"need": (";", "line")},
        values={"need": {key_of_whole(whole): "whole"}},
    )
    assert counts(batch) == (3, 0, 0)
    rows = Comment.objects.order_by("pk").values_list("submission__row", "position", "text")
    assert list(rows) == [
        (2, 0, "Buses"),
        (2, 1, "benches"),
        (2, 2, "bins"),
        (3, 0, "rooms"),
        (3, 1, "lights"),
        (4, 0, whole),
    ]


def test_rows_are_left_out_only_as_somebody_said(bring_in) -> None:
    batch = bring_in(
        "have,need,state\nThe park,n/a,in\nN/A,none,in\nA bus,,out\n,,in\nn/a,,IN \n",
        texts=TEXTS,
        values={"have": {"n/a": "leave-out"}, "need": {"n/a": "leave-out"}},
        only={"state": ("in",)},
    )
    assert counts(batch) == (2, 2, 1)
    assert list(Comment.objects.values_list("text", flat=True)) == ["The park", "none"]
    batch = bring_in(
        "have,state\nThe hall,in\nA pond,out\n,in\n",
        texts=[("have", "asset")],
        values={"state": {"out": "leave-out"}, "have": {"": "leave-out"}},
    )
    assert counts(batch) == (1, 2, 0)


def test_a_yes_in_other_words_counts_once_somebody_said_so(bring_in) -> None:
    file = 'have,ok\nThe park,"Yes, anonymously"\nA bus,yes\nA bench,ok then\n'
    batch = bring_in(file, texts=[("have", "asset")], quote="ok")
    assert Comment.objects.filter(quote_consent=True).count() == 1
    assert counts(batch) == (3, 0, 0)
    values = {"ok": {"yes, anonymously": "yes", "yes": "no"}}
    bring_in(f"{file}More,no\n", texts=[("have", "asset")], quote="ok", values=values)
    quotable = Comment.objects.filter(quote_consent=True).filter(submission__batch__rows=4)
    assert [each.text for each in quotable] == ["The park"]


def test_age_area_and_who_are_three_things_and_no_postcode_of_a_street_is_kept(bring_in) -> None:
    bring_in(
        'have,who,old,from\nThe park,A mum,45-64,xx5 9cc\nA bus,,n/a,"Glanrafon, CF64 1AB"\n',
        texts=[("have", "asset")],
        values={"old": {"n/a": "leave-out"}},
        **{"who": "who", "age": "old", "area": "from"},
    )
    rows = Submission.objects.order_by("row").values_list("descriptor", "age_band", "area")
    assert list(rows) == [("A mum", "45-64", "XX5 9"), ("", "", "Glanrafon, CF64 1")]


def test_what_is_too_long_or_unclear_is_refused_by_its_reason(bring_in) -> None:
    long = "x" * 101
    batch = bring_in(
        f"have,old,from,id,th,tr\nA,{'o' * 41},,,,\nB,,{long},,,\nC,,,{long},,\nD,,,,{long},\n"
        "E,,,,,Un; dau\nF;G,,,,,Un; dau; tri\nH,,,,,\n",
        texts=[("have", "asset")],
        splits={"have": (";",)},
        **{"age": "old", "area": "from", "id": "id", "theme": "th", "translation": "tr"},
    )
    assert reasons(batch) == {
        2: "age",
        3: "area",
        4: "id_too_long",
        5: "label",
        7: "translation",
    }
    assert counts(batch) == (2, 0, 5)


def test_a_translation_stands_beside_each_point(bring_in, project) -> None:
    bring_in(
        "have,cy,lang\nThe park;A bus,Y parc;Bws,en\nY capel,The chapel,cy\nA pond,,en\n",
        texts=[("have", "asset")],
        splits={"have": (";",)},
        **{"translation": "cy", "language": "lang"},
    )
    comments = Comment.objects.order_by("pk")
    assert [(each.text, each.translation.entries) for each in comments][3] == ("A pond", {})
    assert [each.translation.text("cy") for each in comments] == ["Y parc", "Bws", "", ""]
    assert comments[2].translation.text("en") == "The chapel"
    assert not comments[2].translation.out_of_date(["en"])


def test_codes_of_a_table_are_kept_with_each_comment_of_their_row(bring_in) -> None:
    bring_in(
        "have,need,Theme,Codes\nThe park,A bus,Getting about,Buses; Evenings; Buses\n"
        "A hall,,Coming together,\nA pond,,,\n",
        texts=TEXTS,
        **{"theme": "Theme", "code": "Codes"},
    )
    rows = Label.objects.order_by("pk").values_list("comment__text", "theme", "code")
    assert sorted(rows) == [
        ("A bus", "Getting about", "Buses"),
        ("A bus", "Getting about", "Evenings"),
        ("A hall", "Coming together", ""),
        ("The park", "Getting about", "Buses"),
        ("The park", "Getting about", "Evenings"),
    ]


def test_a_label_says_something_and_stands_once(comment) -> None:
    Label.objects.create(comment=comment, code="Buses")
    for wrong in ({}, {"code": "Buses"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Label.objects.create(comment=comment, **wrong)


def test_a_row_is_noted_as_skipped_once(bring_in) -> None:
    bring_in(WEEK_1, texts=TEXTS, id="ID")
    batch = bring_in(WEEK_2, texts=TEXTS, id="ID")
    there = batch.skipped_rows.first()
    with pytest.raises(IntegrityError), transaction.atomic():
        SkippedRow.objects.create(batch=batch, row=there.row, submission=there.submission)


def test_rows_of_a_piece_take_the_same_queries_however_many(
    bring_in, take_in, coordinator, count_queries
) -> None:
    taken = []
    for number in (3, 60):
        rows = "".join(f'{n},Words {n},Fair {number},"A; B"\n' for n in range(number))
        batch = take_in(f"ID,have,at,codes\n{rows}")
        columns = Columns(
            texts=(("have", "asset"),),
            fields={"id": "ID", "engagement": "at", "code": "codes"},
            skip_same=True,
        )
        map_import(batch=batch, columns=columns, by=coordinator)
        with count_queries() as counted:
            run_import(batch=batch)
        taken.append(len(counted))
    assert taken[1] <= taken[0] + 2
