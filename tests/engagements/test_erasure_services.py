"""Erasing a comment: what goes at once, what stays, and what never comes back."""

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from coproduction.projects.models import AuditEntry
from engagements.imports.columns import Columns
from engagements.models import Comment, Concern, ErasedComment, Hold, RefusedRow, Withheld
from engagements.queries.counts import listening_totals
from engagements.services.erasure import (
    BeingLookedAt,
    FileComingIn,
    erase_comment,
    erase_from_files,
    erase_some,
)
from engagements.services.hold import Origin
from engagements.services.import_batch import map_import, run_import, undo_import
from engagements.services.submission import CommentDraft, add_submission
from engagements.services.survey import answer_survey, open_survey
from engagements.services.withholding import (
    WordsErased,
    lift_withdrawal,
    raise_concern,
    redact_comment,
    resolve_concern,
    withdraw_comment,
)

pytestmark = pytest.mark.django_db
FILE = "text,more\nA park,1\nA bus stop with a roof,2\nA shop,3\n"


def rows_of(batch) -> str:
    """Return what a batch's file says now."""
    batch.refresh_from_db()
    with batch.file.open() as file:
        return file.read().decode()


def test_an_erased_comment_stays_as_an_empty_row_that_counts(comment, coordinator) -> None:
    project = comment.project
    before = listening_totals(project), Comment.objects.of(project).said().count()
    redact_comment(comment=comment, text="My name is [name]", by=coordinator)
    erasure = erase_comment(comment=comment, by=coordinator)
    comment.refresh_from_db()
    assert (comment.text, comment.folded, comment.translation.entries) == ("", "", {})
    assert comment.withheld == Withheld.WITHDRAWN
    assert comment.erased_at == erasure.at
    assert not comment.redactions.exists()
    assert comment.submission.descriptor == ""
    assert Comment.objects.of(project).said().count() == before[1]
    entry = AuditEntry.objects.filter(verb="engagements.comment_erased").get()
    assert (entry.by, entry.was, entry.now) == (coordinator, {}, {})


def test_erasing_twice_changes_nothing(comment, coordinator) -> None:
    first = erase_comment(comment=comment, by=coordinator)
    assert erase_comment(comment=comment, by=None) == first
    assert ErasedComment.objects.get().by == coordinator


def test_the_same_words_of_somebody_else_stay(say, coordinator) -> None:
    hers, his = say("More buses to town, please."), say("More buses to town, please.")
    erase_comment(comment=hers, by=coordinator)
    his.refresh_from_db()
    assert (his.text, his.withheld) == ("More buses to town, please.", "")


def test_what_somebody_is_worried_about_is_not_erased_before_it_is_decided(
    comment, coordinator
) -> None:
    concern = raise_concern(comment=comment, by=coordinator)
    with pytest.raises(BeingLookedAt):
        erase_comment(comment=comment, by=None)
    resolve_concern(concern=concern, outcome=Concern.Outcome.KEPT_HIDDEN, by=coordinator)
    erase_comment(comment=comment, by=coordinator)
    comment.refresh_from_db()
    assert (comment.text, comment.withheld) == ("", Withheld.CONCERN)


def test_erased_words_are_neither_shown_again_nor_replaced(comment, coordinator) -> None:
    erase_comment(comment=comment, by=coordinator)
    with pytest.raises(WordsErased):
        lift_withdrawal(comment=comment, by=coordinator)
    with pytest.raises(WordsErased):
        redact_comment(comment=comment, text="Something else", by=coordinator)
    withdraw_comment(comment=comment, by=None)
    assert comment.withdrawals.count() == 1


def test_of_a_sitting_only_what_was_chosen_is_erased(engagement, questions, coordinator) -> None:
    sitting = add_submission(
        engagement=engagement,
        comments=[CommentDraft(questions["need"], word) for word in ("One", "Two", "Three")],
        descriptor="A driver",
        by=coordinator,
    )
    assert erase_some(submission=sitting, positions=[0, 2, 7], by=None) == 2
    assert list(sitting.comments.order_by("position").values_list("text", flat=True)) == [
        *("", "Two", "")
    ]
    sitting.refresh_from_db()
    assert sitting.descriptor == "A driver"
    assert erase_some(submission=sitting, positions=[0, 1], by=None) == 1
    sitting.refresh_from_db()
    assert sitting.descriptor == ""


def test_a_row_leaves_its_file_and_the_others_stay(bring_in, coordinator) -> None:
    batch = bring_in(FILE)
    comment = Comment.objects.get(text="A bus stop with a roof")
    erasure = erase_comment(comment=comment, by=coordinator)
    assert erase_from_files(project=batch.project, erasures=[erasure])
    assert rows_of(batch) == "text,more\nA park,1\n\nA shop,3\n"
    assert batch.kept_hash not in {"", batch.file_hash}
    folder = batch.file.name.rpartition("/")[0]
    assert len(batch.file.storage.listdir(folder)[1]) == 1
    # Once more it finds nothing to do.
    name = batch.file.name
    assert erase_from_files(project=batch.project, erasures=[erasure])
    assert (rows_of(batch).count("\n"), batch.file.name) == (4, name)


def test_nothing_is_erased_while_its_file_is_being_brought_in(take_in, coordinator) -> None:
    batch = take_in(FILE)
    map_import(batch=batch, columns=Columns(texts=(("text", ""),)), by=coordinator)
    run_import(batch=batch)
    comment = Comment.objects.get(text="A shop")
    type(batch).objects.update(finished_at=None)
    with pytest.raises(FileComingIn):
        erase_comment(comment=comment, by=coordinator)


def test_erased_words_stay_out_when_the_file_comes_in_again(bring_in, coordinator) -> None:
    first = bring_in(FILE)
    undo_import(batch=first, by=coordinator)
    comment = Comment.objects.get(text="A bus stop with a roof")
    erase_comment(comment=comment, by=coordinator)
    second = bring_in(FILE)
    again = second.submissions.get(row=3).comments.get()
    assert (again.text, again.is_erased) == ("", True)
    assert Comment.objects.filter(text="A park", submission__batch=second).exists()
    assert erase_from_files(project=second.project, erasures=list(ErasedComment.objects.all()))
    assert "roof" not in rows_of(first) + rows_of(second)


def test_words_that_came_in_again_are_erased_where_they_were_undone(bring_in, coordinator) -> None:
    first = bring_in(FILE)
    undo_import(batch=first, by=coordinator)
    second = bring_in(FILE)
    erase_comment(comment=second.submissions.get(row=3).comments.get(), by=coordinator)
    assert not Comment.objects.filter(text__contains="roof").exists()
    assert Comment.objects.filter(text="A park").count() == 2


def test_a_refused_row_of_the_same_words_is_emptied(take_in, coordinator, questions) -> None:
    file = 'text,about\n"A bus, often",nonsense\nA bus,nonsense\n'
    batch = take_in(file)
    columns = Columns(texts=(("text", ""),), fields={"question": "about"})
    map_import(batch=batch, columns=columns, by=coordinator)
    run_import(batch=batch)
    assert RefusedRow.objects.filter(batch=batch).count() == 2
    add_submission(
        engagement=batch.engagement,
        comments=[CommentDraft(questions["need"], "A bus, often")],
        by=coordinator,
    )
    erasure = erase_comment(comment=Comment.objects.get(text="A bus, often"), by=coordinator)
    kept = RefusedRow.objects.order_by("row").values_list("content", flat=True)
    assert list(kept) == [RefusedRow.ERASED, '["A bus", "nonsense"]']
    assert erase_from_files(project=batch.project, erasures=[erasure])
    assert rows_of(batch) == "text,about\n\nA bus,nonsense\n"


def test_from_which_network_an_erased_answer_came_is_forgotten(
    project, engagement, questions, coordinator
) -> None:
    survey = open_survey(
        project=project,
        engagement=engagement,
        slug="say",
        title={"en": "Say"},
        by=coordinator,
    )
    origin = Origin("a library", is_crowded=True)
    hers, his = (
        answer_survey(survey=survey, answers={"need": words}, language="en", origin=origin)
        for words in ("A bus", "A park")
    )
    network = Hold.objects.get(submission=hers).network
    assert network
    erase_comment(comment=hers.comments.get(), by=coordinator)
    kept = dict(Hold.objects.values_list("submission", "network"))
    assert kept == {hers.pk: "", his.pk: network}


def test_the_database_refuses_an_erased_comment_with_words(comment) -> None:
    for change in ({"text": ""}, {"erased_at": timezone.now()}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Comment.objects.filter(pk=comment.pk).update(**change)
