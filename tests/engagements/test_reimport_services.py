"""Undone and brought in again: what was withheld or redacted stays so, and nothing else does."""

from uuid import uuid4

import pytest

from coproduction.languages.searching import find_words
from coproduction.projects.models import AuditEntry
from engagements.imports.columns import Columns
from engagements.models import Comment, Concern, Redaction, Submission, Withdrawal, Withheld
from engagements.services.import_batch import map_import, run_import, undo_import
from engagements.services.submission import (
    CommentDraft,
    add_submission,
    add_submissions,
    paste_lines,
    undo_submissions,
)
from engagements.services.withholding import (
    lift_withdrawal,
    raise_concern,
    redact_comment,
    resolve_concern,
    restore_redaction,
    withdraw_comment,
)

FILE = "text,who\nMy neighbour hurts his dog,\nA park,\nI am Ann of 3 High St,Ann's son\nA bus,\n"


@pytest.fixture
def bring(bring_in):
    """Bring the file in."""

    def brought(**more):
        return bring_in(FILE, **{"who": "who", **more})

    return brought


@pytest.fixture
def hidden(bring, coordinator):
    """The file brought in; somebody worries about one row, one is withdrawn, one redacted."""
    batch = bring()
    worry, park, ann, _bus = Comment.objects.order_by("pk")
    raise_concern(comment=worry, by=coordinator)
    withdraw_comment(comment=park, by=coordinator)
    redact_comment(
        comment=ann, text="I am [name] of [address]", descriptor="A resident", by=coordinator
    )
    return batch


def shown() -> list[str]:
    """What pages show."""
    return list(Comment.objects.visible().order_by("pk").values_list("text", flat=True))


def test_what_was_hidden_of_a_file_stays_hidden_when_it_comes_in_again(
    hidden, bring, coordinator, project
) -> None:
    undo_import(batch=hidden, by=coordinator)
    assert shown() == []
    again = bring()
    assert shown() == ["I am [name] of [address]", "A bus"]
    assert again.imported == 4
    comments = Comment.objects.filter(submission__batch=again).order_by("pk")
    assert list(comments.values_list("withheld", flat=True)) == [
        Withheld.CONCERN,
        Withheld.WITHDRAWN,
        "",
        "",
    ]
    ann = comments[2]
    assert ann.submission.descriptor == "A resident"
    assert not find_words(Comment.objects.all(), "High St").filter(submission__batch=again).exists()
    # And it can be put back, as before.
    restore_redaction(comment=ann, by=coordinator)
    ann = Comment.objects.get(pk=ann.pk)
    assert (ann.text, ann.submission.descriptor) == ("I am Ann of 3 High St", "Ann's son")


def test_it_holds_however_often_a_file_comes_in_again(hidden, bring, coordinator) -> None:
    batch, times = hidden, 0
    for _ in range(3):
        undo_import(batch=batch, by=coordinator)
        batch = bring()
        times += 1
        assert shown() == ["I am [name] of [address]", "A bus"]
    assert times == 3
    followed = Concern.objects.filter(followed_by__isnull=False)
    assert (Concern.objects.count(), followed.count()) == (4, 3)


def test_another_question_or_place_frees_nothing(hidden, take_in, coordinator, questions) -> None:
    undo_import(batch=hidden, by=coordinator)
    batch = take_in(FILE)
    columns = Columns(texts=(("who", "need"), ("text", "")))
    map_import(batch=batch, columns=columns, question=questions["change"], by=coordinator)
    run_import(batch=batch)
    assert shown() == ["Ann's son", "I am [name] of [address]", "A bus"]


def test_what_was_lifted_or_shown_again_is_shown(hidden, bring, coordinator) -> None:
    undo_import(batch=hidden, by=coordinator)
    second = bring()
    worry, park = Comment.objects.filter(submission__batch=second).order_by("pk")[:2]
    resolve_concern(concern=worry.concerns.get(), outcome=Concern.Outcome.RESTORED, by=coordinator)
    lift_withdrawal(comment=park, by=coordinator)
    undo_import(batch=second, by=coordinator)
    bring()
    assert len(shown()) == 4


def test_what_the_lead_keeps_hidden_stays_hidden(hidden, bring, coordinator) -> None:
    concern = Concern.objects.get()
    resolve_concern(concern=concern, outcome=Concern.Outcome.KEPT_HIDDEN, by=coordinator)
    undo_import(batch=hidden, by=coordinator)
    bring()
    assert Concern.objects.last().outcome == Concern.Outcome.KEPT_HIDDEN
    assert shown() == ["I am [name] of [address]", "A bus"]


def test_who_hid_it_and_when_is_kept(hidden, bring, coordinator) -> None:
    before = [
        list(model.objects.values_list(at, by).order_by("pk"))
        for model, at, by in (
            (Concern, "raised_at", "raised_by"),
            (Withdrawal, "at", "by"),
            (Redaction, "at", "by"),
        )
    ]
    undo_import(batch=hidden, by=coordinator)
    bring()
    after = [
        list(model.objects.values_list(at, by).order_by("pk"))[1:]
        for model, at, by in (
            (Concern, "raised_at", "raised_by"),
            (Withdrawal, "at", "by"),
            (Redaction, "at", "by"),
        )
    ]
    assert before == after
    entry = AuditEntry.objects.get(verb="engagements.withholding_held")
    assert entry.now == {"comments": 3}


def test_another_file_with_the_same_words_is_another_persons(hidden, bring_in) -> None:
    bring_in("text\nA park\n")
    assert "A park" in shown()


@pytest.mark.parametrize("way", ["typed", "pasted"])
def test_what_was_hidden_of_an_entry_stays_hidden_when_it_is_sent_again(
    way, engagement, questions, coordinator
) -> None:
    names = [uuid4(), uuid4(), uuid4()]
    said = ["I am Ann", "A park", "A bus"]

    def send() -> list[Submission]:
        if way == "pasted":
            return paste_lines(
                engagement=engagement,
                question=questions["need"],
                lines=said,
                client_ids=names,
                by=coordinator,
            )
        return [
            add_submission(
                engagement=engagement,
                comments=[CommentDraft(questions["need"], text)],
                client_id=name,
                by=coordinator,
            )
            for text, name in zip(said, names, strict=True)
        ]

    ann, park, _bus = [each.comments.get() for each in send()]
    redact_comment(comment=ann, text="I am [name]", by=coordinator)
    withdraw_comment(comment=park, by=coordinator)
    undo_submissions(submissions=list(Submission.objects.all()), by=coordinator)
    assert shown() == []
    again = send()
    assert shown() == ["I am [name]", "A bus"]
    assert [each.pk for each in send()] == [each.pk for each in again]


def test_nothing_sent_keeps_nothing(engagement, coordinator) -> None:
    assert add_submissions(engagement=engagement, entries=[], channel="typed", by=coordinator) == []
