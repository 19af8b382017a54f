"""Changing many comments: what is changed, what is left alone, and in how few statements."""

from collections.abc import Callable, Sequence
from typing import Any

import pytest

from coproduction.jobs.models import Job
from coproduction.projects.models import AuditEntry, AuditHead
from coproduction.projects.seen import MadeAlready, SentForm
from engagements.models import (
    BulkChange,
    BulkChangedComment,
    Comment,
    Engagement,
    Redaction,
    Submission,
    Withdrawal,
)
from engagements.queries.comment_selection import CommentSelection
from engagements.queries.counts import listening_totals
from engagements.services.bulk_change import (
    MOST_AT_ONCE,
    CommentsShown,
    NewValue,
    NothingToChange,
    change_comments,
    run_bulk_change,
)
from engagements.services.bulk_undo import run_undo, undo_change_of_comments
from engagements.services.comment import correct_comment
from engagements.services.engagement import MoveUnderWay, cancel_engagement, plan_engagement
from engagements.services.question import HasAnswers, check_removal
from engagements.services.submission import (
    AnotherProject,
    CommentDraft,
    EngagementCancelled,
    add_submission,
    paste_lines,
    undo_submissions,
)
from engagements.services.withholding import raise_concern, withdraw_comment

pytestmark = pytest.mark.django_db


def drawn(project: Any, comments: Sequence[Comment] | None = None, **about: Any) -> CommentsShown:
    """Return what a page shows now: these ticked, or all that match."""
    newest = Comment.objects.of(project).order_by("-pk").values_list("pk", flat=True).first() or 0
    head = AuditHead.objects.get(project=project)
    ticked = None if comments is None else [each.pk for each in comments]
    which = CommentSelection(**about)
    shown = CommentsShown(entry=head.number, newest=newest, ticked=ticked, which=which)
    number = len(ticked) if ticked is not None else shown.found(project).count
    return CommentsShown(**{**vars(shown), "number": number})


@pytest.fixture
def elsewhere(project, coordinator, engagement) -> Engagement:
    """Another engagement, to move comments to."""
    return plan_engagement(
        project=project,
        title="Coffee morning",
        method=engagement.method,
        date=engagement.date,
        by=coordinator,
    )


@pytest.fixture
def change(project, coordinator) -> Callable[..., BulkChange]:
    """Change comments: ``change(shown, kind="consent", consent=True)``."""

    def changed(shown: CommentsShown, **to: Any) -> BulkChange:
        return change_comments(project=project, shown=shown, to=NewValue(**to), by=coordinator)

    return changed


def read(comment: Comment) -> Comment:
    """Read a comment again, with its sitting."""
    return Comment.objects.select_related("submission").get(pk=comment.pk)


def test_comments_are_put_under_another_question_with_one_entry(
    project, say, change, questions
) -> None:
    said = [say(text) for text in ("Park", "River", "Hall")]
    before = AuditEntry.objects.count()
    bulk = change(drawn(project, said[:2]), kind="question", question=questions["need"])
    assert (bulk.changed, bulk.left, bulk.is_finished) == (2, {}, True)
    assert [read(each).question.kind for each in said] == ["need", "need", "asset"]
    assert read(said[0]).first_question == questions["asset"]
    assert read(said[0]).version > said[0].version
    (entry,) = AuditEntry.objects.filter(number__gt=before)
    assert (entry.verb, entry.subject_id) == ("engagements.comments_changed", str(bulk.uuid))
    assert entry.now == {"kind": "question", "comments": 2, "along": 0}


def test_a_sitting_moves_with_all_its_comments(
    project, engagement, elsewhere, questions, change, coordinator, say
) -> None:
    sitting = add_submission(
        engagement=engagement,
        comments=[CommentDraft(questions["need"], text) for text in ("Bus", "Tram", "Bell")],
        by=coordinator,
    )
    other = say("Stays")
    first = sitting.comments.first()
    withdraw_comment(comment=sitting.comments.last(), by=coordinator)
    bulk = change(drawn(project, [first]), kind="engagement", engagement=elsewhere)
    assert (bulk.changed, bulk.along) == (1, 2)
    sitting.refresh_from_db()
    assert sitting.engagement == elsewhere
    assert {each.engagement for each in sitting.comments.all()} == {elsewhere}
    assert read(other).engagement == engagement
    assert listening_totals(project).comments == 3


def test_a_language_is_the_sittings_and_no_translation_stands_into_it(project, say, change) -> None:
    said = say("Parc", translation={"cy": "Parc", "fr": "Le parc"})
    change(drawn(project, [said]), kind="language", language="cy")
    kept = read(said)
    assert (kept.language, kept.submission.language) == ("cy", "cy")
    assert list(kept.translation.entries) == ["fr"]


def test_consent_taken_back_before_is_not_given_to_many(
    project, say, change, questions, coordinator
) -> None:
    said = [say("Park", quote_consent=True), say("River"), say("Hall", quote_consent=True)]
    change(drawn(project, said[:1]), kind="consent", consent=False)
    assert read(said[0]).consent_taken_back == 1
    bulk = change(drawn(project, said), kind="consent", consent=True)
    assert (bulk.changed, bulk.left) == (1, {"left_taken": 1, "same": 1})
    assert [read(each).quote_consent for each in said] == [False, True, True]


def test_a_new_description_keeps_the_old_and_makes_quotes_stale(project, say, change) -> None:
    said = [say("Park", descriptor="Dai"), say("River", descriptor="Eleri")]
    bulk = change(drawn(project, said), kind="descriptor", descriptor="A neighbour")
    assert {read(each).submission.descriptor for each in said} == {"A neighbour"}
    assert {each.original_descriptor for each in Redaction.objects.all()} == {"Dai", "Eleri"}
    bulk.refresh_from_db()
    assert (bulk.descriptor, bulk.selection) == ("", {})


def test_many_are_withdrawn_and_stay_counted_as_said(project, say, change) -> None:
    said = [say("Park"), say("River")]
    change(drawn(project), kind="withdrawal")
    assert Comment.objects.visible().count() == 0
    assert Comment.objects.said().count() == 2
    assert {each.comment for each in Withdrawal.objects.all()} == set(said)


def test_what_was_changed_or_withheld_since_the_page_was_drawn_is_left_alone(
    project, say, change, questions, coordinator, analyst
) -> None:
    said = [say(text) for text in ("Park", "River", "Hall", "Road", "Bell")]
    shown = drawn(project, said)
    correct_comment(
        comment=said[0],
        question=questions["change"],
        descriptor="",
        quote_consent=True,
        language="en",
        by=analyst,
    )
    raise_concern(comment=said[1], by=analyst)
    undo_submissions(submissions=[said[2].submission], by=analyst)
    bulk = change(shown, kind="question", question=questions["need"])
    assert (bulk.changed, bulk.left) == (2, {"left_changed": 1, "left_hidden": 2})
    assert [read(each).question.kind for each in said[:3]] == ["change", "asset", "asset"]
    left = BulkChangedComment.objects.filter(outcome__startswith="left")
    assert {each.comment for each in left} == set(said[:3])


def test_what_another_change_to_many_did_since_is_left_alone(
    project, say, change, questions
) -> None:
    said = [say("Park"), say("River")]
    shown = drawn(project, said)
    change(drawn(project, said[:1]), kind="question", question=questions["change"])
    bulk = change(shown, kind="question", question=questions["need"])
    assert (bulk.changed, bulk.left) == (1, {"left_changed": 1})
    with pytest.raises(NothingToChange):
        change(shown, kind="question", question=questions["need"])


def test_all_that_match_are_those_the_page_showed_and_none_that_came_since(
    project, say, change, questions
) -> None:
    said = [say("A park"), say("Another park"), say("River")]
    shown = drawn(project, words="park", questions=[questions["asset"].pk])
    later = say("A third park")
    bulk = change(shown, kind="question", question=questions["need"])
    assert bulk.changed == 2
    kinds = [read(each).question.kind for each in (*said, later)]
    assert kinds == ["need", "need", "asset", "asset"]


def test_how_many_no_longer_match_is_told(project, say, change, questions, coordinator) -> None:
    said = [say("A park"), say("Another park")]
    shown = drawn(project, words="park")
    withdraw_comment(comment=said[0], by=coordinator)
    bulk = change(shown, kind="question", question=questions["need"])
    assert (bulk.changed, bulk.left) == (1, {"gone": 1})


def test_where_nothing_is_to_change_nothing_is_kept(project, say, change, questions) -> None:
    with pytest.raises(NothingToChange):
        change(drawn(project, [say("Park")]), kind="question", question=questions["asset"])
    assert not BulkChange.objects.exists()


def test_nothing_of_another_project_is_changed_or_given(
    project, other_project, other_coordinator, say, questions, elsewhere
) -> None:
    said = say("Park")
    shown = drawn(project, [said])
    with pytest.raises(AnotherProject):
        change_comments(
            project=other_project,
            shown=shown,
            to=NewValue(kind="question", question=questions["need"]),
            by=other_coordinator,
        )
    with pytest.raises(NothingToChange):
        change_comments(
            project=other_project,
            shown=shown,
            to=NewValue(kind="withdrawal"),
            by=other_coordinator,
        )
    assert read(said).is_visible


def test_nothing_is_moved_to_an_engagement_called_off(
    project, say, change, elsewhere, coordinator
) -> None:
    shown = drawn(project, [say("Park")])
    cancel_engagement(engagement=elsewhere, by=coordinator)
    with pytest.raises(EngagementCancelled):
        change(shown, kind="engagement", engagement=elsewhere)


@pytest.mark.once
def test_an_engagement_is_not_called_off_while_comments_are_moved_to_it_or_back(
    many, project, change, engagement, elsewhere, coordinator
) -> None:
    bulk = change(drawn(project), kind="engagement", engagement=elsewhere)
    with pytest.raises(MoveUnderWay):
        cancel_engagement(engagement=elsewhere, by=coordinator)
    run_bulk_change(bulk=bulk)
    assert Comment.objects.filter(engagement=elsewhere).count() == many
    undo_change_of_comments(bulk=bulk, by=coordinator)
    Comment.objects.update(engagement=elsewhere)
    with pytest.raises(MoveUnderWay):
        cancel_engagement(engagement=engagement, by=coordinator)
    run_undo(bulk=bulk)


def test_one_sending_changes_once_and_another_content_is_asked_about(
    project, say, coordinator
) -> None:
    said = say("Park")
    shown = drawn(project, [said])
    sending = SentForm.of(said.submission.uuid, {"kind": "withdrawal"})
    once = change_comments(
        project=project,
        shown=shown,
        to=NewValue(kind="withdrawal"),
        by=coordinator,
        sending=sending,
    )
    again = change_comments(
        project=project,
        shown=shown,
        to=NewValue(kind="withdrawal"),
        by=coordinator,
        sending=sending,
    )
    assert once == again
    with pytest.raises(MadeAlready):
        change_comments(
            project=project,
            shown=shown,
            to=NewValue(kind="consent", consent=True),
            by=coordinator,
            sending=SentForm.of(said.submission.uuid, {"kind": "consent"}),
        )


def test_a_question_that_many_were_put_under_or_away_from_is_not_removed(
    project, say, change, questions, coordinator
) -> None:
    bulk = change(drawn(project, [say("Park")]), kind="question", question=questions["need"])
    undo_change_of_comments(bulk=bulk, by=coordinator)
    questions["need"].kind = "play"
    with pytest.raises(HasAnswers):
        check_removal(question=questions["need"])


KINDS = ["question", "engagement", "language", "consent", "descriptor", "withdrawal"]


@pytest.fixture
def many(engagement, questions, coordinator) -> int:
    """Twice as many comments as are changed at once; how many."""
    for batch in range(4):
        paste_lines(
            engagement=engagement,
            question=questions["asset"],
            lines=[f"Line {batch} {each}" for each in range(MOST_AT_ONCE // 2)],
            descriptor="Somebody",
            by=coordinator,
        )
    return 2 * MOST_AT_ONCE


@pytest.mark.once
@pytest.mark.parametrize("kind", KINDS)
def test_thousands_are_changed_in_few_statements_and_put_back(
    kind, many, project, change, questions, elsewhere, coordinator, count_queries
) -> None:
    to = {
        "question": {"question": questions["need"]},
        "engagement": {"engagement": elsewhere},
        "language": {"language": "cy"},
        "consent": {"consent": True},
        "descriptor": {"descriptor": "A neighbour"},
        "withdrawal": {},
    }[kind]
    was = list(Comment.objects.order_by("pk").values("question", "engagement", "language"))
    bulk = change(drawn(project), kind=kind, **to)
    assert (bulk.is_finished, bulk.changed) == (False, 0)
    assert Job.objects.filter(uuid=bulk.job, task="engagements.change_comments").exists()
    done: list[tuple[int, int]] = []
    with count_queries() as found:
        run_bulk_change(bulk=bulk, report=lambda *steps: done.append(steps))
    assert done == [(MOST_AT_ONCE, many), (many, many)]
    assert len(found) <= 100
    assert (bulk.changed, bulk.is_finished, bulk.selection) == (many, True, {})
    undo_change_of_comments(bulk=bulk, by=coordinator)
    assert bulk.is_under_way
    with count_queries() as found:
        run_undo(bulk=bulk)
    assert len(found) <= 100
    assert (bulk.put_back, bulk.stayed, bulk.is_under_way) == (many, 0, False)
    now = Comment.objects.order_by("pk").values("question", "engagement", "language")
    assert list(now) == was
    assert Comment.objects.visible().filter(quote_consent=False).count() == many
    assert Submission.objects.filter(descriptor="Somebody", language="en").count() == many
