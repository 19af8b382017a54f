"""Putting many comments back: days later, once, and only what still is as the change made it."""

import sys
import threading
from collections.abc import Callable
from datetime import timedelta
from subprocess import Popen
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from coproduction.projects.models import AuditEntry
from coproduction.projects.refusals import Refusal
from engagements.models import (
    BulkChange,
    BulkChangedComment,
    Comment,
    Engagement,
    Redaction,
    Submission,
    Withdrawal,
)
from engagements.services.bulk_change import NewValue, change_comments, run_bulk_change
from engagements.services.bulk_undo import (
    CameFromCancelled,
    ChangeUndone,
    run_undo,
    undo_change_of_comments,
)
from engagements.services.comment import correct_comment
from engagements.services.engagement import cancel_engagement, plan_engagement
from engagements.services.erasure import erase_comment
from engagements.services.submission import CommentDraft, add_submission, undo_submissions
from engagements.services.withholding import lift_withdrawal, raise_concern, redact_comment
from tests.engagements.test_bulk_change_services import drawn, read
from tests.installation import ROOT

pytestmark = pytest.mark.django_db


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
    """Change comments: ``change(comments, kind="consent", consent=True)``."""

    def changed(comments: list[Comment], **to: Any) -> BulkChange:
        shown = drawn(project, comments)
        return change_comments(project=project, shown=shown, to=NewValue(**to), by=coordinator)

    return changed


def correct(comment: Comment, by: Any, **values: Any) -> None:
    """Correct one comment by itself."""
    as_it_is = {
        "question": comment.question,
        "descriptor": comment.submission.descriptor,
        "quote_consent": comment.quote_consent,
        "language": comment.submission.language,
    }
    correct_comment(comment=comment, by=by, **as_it_is | values)


def test_forty_days_later_what_was_changed_since_stays_and_the_rest_is_put_back(
    say, change, questions, coordinator, analyst
) -> None:
    said = [say(text) for text in ("Park", "River", "Hall")]
    bulk = change(said, kind="question", question=questions["need"])
    BulkChange.objects.update(at=timezone.now() - timedelta(days=40))
    correct(read(said[0]), analyst, question=questions["change"])
    undo_change_of_comments(bulk=bulk, by=coordinator)
    assert [read(each).question.kind for each in said] == ["change", "asset", "asset"]
    bulk.refresh_from_db()
    assert (bulk.put_back, bulk.stayed, bulk.undone_by) == (2, 1, coordinator)
    outcomes = BulkChangedComment.objects.order_by("comment").values_list("outcome", flat=True)
    assert list(outcomes) == ["stayed", "put_back", "put_back"]
    entry = AuditEntry.objects.get(verb="engagements.comments_put_back")
    assert entry.now == {"put_back": 2, "stayed": 1}


def test_a_change_is_undone_once(say, change, questions, coordinator) -> None:
    bulk = change([say("Park")], kind="question", question=questions["need"])
    undo_change_of_comments(bulk=bulk, by=coordinator)
    with pytest.raises(ChangeUndone):
        undo_change_of_comments(bulk=bulk, by=coordinator)


def test_a_later_change_to_many_stays_when_an_earlier_one_is_undone(
    say, change, questions, coordinator
) -> None:
    said = [say("Park"), say("River")]
    first = change(said, kind="question", question=questions["need"])
    change(said[:1], kind="question", question=questions["change"])
    undo_change_of_comments(bulk=first, by=coordinator)
    assert [read(each).question.kind for each in said] == ["change", "asset"]


def test_whole_sittings_go_back_to_where_each_came_from(
    engagement, elsewhere, questions, change, coordinator, say
) -> None:
    third = plan_engagement(
        project=engagement.project,
        title="Third",
        method=engagement.method,
        date=engagement.date,
        by=coordinator,
    )
    sitting = add_submission(
        engagement=engagement,
        comments=[CommentDraft(questions["need"], text) for text in ("Bus", "Tram")],
        by=coordinator,
    )
    other = say("Bell", at=third)
    bulk = change([sitting.comments.first(), other], kind="engagement", engagement=elsewhere)
    undo_change_of_comments(bulk=bulk, by=coordinator)
    assert (bulk.put_back, bulk.stayed) == (2, 0)
    places = {each.text: (each.engagement, each.submission.engagement) for each in everything()}
    assert places == {"Bus": (engagement,) * 2, "Tram": (engagement,) * 2, "Bell": (third,) * 2}


def everything() -> Any:
    """Return every comment with what it is of."""
    return Comment.objects.select_related("engagement", "submission__engagement")


def test_nothing_is_put_back_to_an_engagement_called_off_since(
    say, change, elsewhere, engagement, coordinator
) -> None:
    bulk = change([say("Park")], kind="engagement", engagement=elsewhere)
    cancel_engagement(engagement=engagement, by=coordinator)
    with pytest.raises(CameFromCancelled):
        undo_change_of_comments(bulk=bulk, by=coordinator)
    assert not BulkChange.objects.get().is_undone


def test_a_translation_comes_back_with_the_language(say, change, coordinator) -> None:
    said = say("Park", translation={"cy": "Parc"})
    bulk = change([said], kind="language", language="cy")
    assert not read(said).translation
    undo_change_of_comments(bulk=bulk, by=coordinator)
    kept = read(said)
    assert (kept.language, kept.submission.language) == ("en", "en")
    assert kept.translation.text("cy") == "Parc"


def test_consent_comes_back_only_where_nobody_changed_it_since(
    say, change, coordinator, analyst
) -> None:
    said = [say(text, quote_consent=True) for text in ("Park", "River")]
    bulk = change(said, kind="consent", consent=False)
    correct(read(said[0]), analyst, quote_consent=True)
    correct(read(said[0]), analyst, quote_consent=False)
    undo_change_of_comments(bulk=bulk, by=coordinator)
    assert [read(each).quote_consent for each in said] == [False, True]
    assert [read(each).consent_taken_back for each in said] == [2, 1]


def test_a_description_comes_back_and_quotes_are_not_stale_by_it(say, change, coordinator) -> None:
    said = [say("Park", descriptor="Dai"), say("River", descriptor="Eleri")]
    bulk = change(said, kind="descriptor", descriptor="A neighbour")
    correct(read(said[0]), coordinator, descriptor="A friend")
    undo_change_of_comments(bulk=bulk, by=coordinator)
    assert [read(each).submission.descriptor for each in said] == ["A friend", "Eleri"]
    assert not Redaction.objects.filter(comment=said[1]).exists()


def test_a_description_changed_beside_another_change_of_words_still_comes_back(
    say, change, coordinator
) -> None:
    said = say("Dai at the park", descriptor="Dai")
    bulk = change([said], kind="descriptor", descriptor="A neighbour")
    redact_comment(comment=read(said), text="The park", by=coordinator)
    undo_change_of_comments(bulk=bulk, by=coordinator)
    kept = read(said)
    assert (kept.text, kept.submission.descriptor) == ("The park", "Dai")
    assert kept.redactions.count() == 2


def test_withdrawals_are_lifted_but_for_what_something_else_hides_or_somebody_lifted(
    say, change, coordinator
) -> None:
    said = [say(text) for text in ("Park", "River", "Hall", "Road", "Bell")]
    bulk = change(said, kind="withdrawal")
    lift_withdrawal(comment=read(said[1]), by=coordinator)
    raise_concern(comment=read(said[2]), by=coordinator)
    undo_submissions(submissions=[said[3].submission], by=coordinator)
    erase_comment(comment=read(said[4]), by=coordinator)
    undo_change_of_comments(bulk=bulk, by=coordinator)
    hidden = [read(each).withheld for each in said]
    assert hidden == ["", "", "concern", "undone", "withdrawn"]
    assert (bulk.put_back, bulk.stayed) == (3, 2)
    assert Withdrawal.objects.get(lifted_at__isnull=True).comment == said[4]


def test_a_language_that_was_guessed_is_a_guess_again(say, change, coordinator) -> None:
    guessed, said = say("Park"), say("River")
    Submission.objects.filter(pk=guessed.submission_id).update(language_is_guess=True)
    bulk = change([guessed, said], kind="language", language="cy")
    assert not Submission.objects.filter(language_is_guess=True).exists()
    undo_change_of_comments(bulk=bulk, by=coordinator)
    assert set(Submission.objects.values_list("pk", "language", "language_is_guess")) == {
        (guessed.submission_id, "en", True),
        (said.submission_id, "en", False),
    }


def test_erased_words_are_in_nothing_that_a_change_kept(say, change, coordinator) -> None:
    said = say("Park", translation={"cy": "Parc"}, descriptor="Dai")
    change([said], kind="language", language="cy")
    change([said], kind="descriptor", descriptor="A neighbour")
    assert BulkChangedComment.objects.exclude(was_translation={}).exists()
    erase_comment(comment=read(said), by=coordinator)
    assert not BulkChangedComment.objects.exclude(was_translation={}).exists()
    assert not Redaction.objects.exists()
    for bulk in BulkChange.objects.all():
        assert (bulk.descriptor, bulk.selection) == ("", {})
        undo_change_of_comments(bulk=bulk, by=coordinator)
    kept = read(said)
    assert (kept.text, kept.submission.descriptor, kept.translation.entries) == ("", "", {})


def test_a_change_that_is_half_done_stops_and_is_put_back(
    say, project, questions, coordinator, monkeypatch
) -> None:
    said = [say(f"Park {number}") for number in range(6)]
    monkeypatch.setattr("engagements.services.bulk_change.MOST_AT_ONCE", 2)
    monkeypatch.setattr("engagements.services.bulk_undo.MOST_AT_ONCE", 2)
    to = NewValue(kind="question", question=questions["need"])
    bulk = change_comments(project=project, shown=drawn(project), to=to, by=coordinator)

    def undo_half_way(done: int, _total: int) -> None:
        if done == 4:
            other = BulkChange.objects.select_related("project").get(pk=bulk.pk)
            undo_change_of_comments(bulk=other, by=coordinator)

    run_bulk_change(bulk=bulk, report=undo_half_way)
    assert [read(each).question.kind for each in said] == ["need"] * 4 + ["asset"] * 2
    bulk.refresh_from_db()
    assert (bulk.is_undone, bulk.is_under_way) == (True, True)
    run_undo(bulk=bulk)
    run_undo(bulk=bulk)
    assert {read(each).question.kind for each in said} == {"asset"}
    assert (bulk.put_back, bulk.is_under_way) == (4, False)


@pytest.mark.django_db(transaction=True)
def test_of_two_who_undo_at_once_one_does_and_the_other_is_told(
    say, change, questions, coordinator
) -> None:
    said = [say("Park"), say("River")]
    bulk = change(said, kind="question", question=questions["need"])
    together, found = threading.Barrier(2), []

    def undo() -> None:
        own = BulkChange.objects.select_related("project").get(pk=bulk.pk)
        together.wait(timeout=30)
        try:
            found.append(undo_change_of_comments(bulk=own, by=coordinator).put_back)
        except Refusal as refusal:
            found.append(type(refusal))
        finally:
            connection.close()

    threads = [threading.Thread(target=undo) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert sorted(found, key=str) == [2, ChangeUndone]
    assert {read(each).question.kind for each in said} == {"asset"}


@pytest.mark.django_db(transaction=True)
def test_of_two_changes_at_once_of_the_same_comments_one_is_made(
    say, project, questions, coordinator
) -> None:
    said = [say("Park"), say("River")]
    shown = drawn(project, said)
    together, found = threading.Barrier(2), []

    def change_to(kind: str) -> None:
        to = NewValue(kind="question", question=questions[kind])
        together.wait(timeout=30)
        try:
            bulk = change_comments(project=project, shown=shown, to=to, by=coordinator)
            found.append((kind, bulk.changed))
        except Refusal:
            found.append((kind, 0))
        finally:
            connection.close()

    threads = [threading.Thread(target=change_to, args=(each,)) for each in ("need", "change")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert sorted(number for _kind, number in found) == [0, 2]
    first = next(kind for kind, number in found if number)
    assert {read(each).question.kind for each in said} == {first}


_BEGIN = """
from coproduction.projects.models import AuditHead, Project, User
from engagements.models import Comment, Question
from engagements.services.bulk_change import CommentsShown, NewValue, change_comments
from engagements.services.question import ensure_questions
project, by = Project.objects.get(), User.objects.get()
newest = Comment.objects.order_by("-pk").first().pk
shown = CommentsShown(entry=AuditHead.objects.get(project=project).number, newest=newest)
need = ensure_questions(project=project, by=by)["need"]
change_comments(project=project, shown=shown, to=NewValue(kind="question", question=need), by=by)
"""
_RUN = """
from engagements.models import BulkChange
from engagements.services.bulk_change import run_bulk_change
run_bulk_change(bulk=BulkChange.objects.select_related("project", "by").get())
"""
_UNDO = """
from engagements.models import BulkChange
from engagements.services.bulk_undo import run_undo, undo_change_of_comments
bulk = BulkChange.objects.select_related("project", "by").get()
run_undo(bulk=undo_change_of_comments(bulk=bulk, by=bulk.by))
"""
_COUNT = """
from engagements.models import Comment
print(Comment.objects.filter(question__kind="need").count())
"""


@pytest.mark.once
@pytest.mark.processes
def test_killed_half_way_it_goes_on_and_can_be_undone(migrated, tmp_path) -> None:
    rows = 40_000
    file = tmp_path / "many.csv"
    file.write_text("text\n" + "".join(f"Comment number {n}\n" for n in range(rows)))
    migrated.manage("create_project", "bryn", "--place", "Bryn", "--owner", "o@bryn.example")
    migrated.manage("import_comments", str(file), "--project", "bryn", "--engagement", "Many")

    def run(program: str) -> str:
        return migrated.manage("shell", "--no-imports", "-c", program).stdout.strip()

    run(_BEGIN)
    with Popen(
        [sys.executable, "manage.py", "shell", "--no-imports", "-c", _RUN],
        cwd=ROOT,
        env=migrated.env,
    ) as process:
        while int(run(_COUNT)) < 1_000:
            assert process.poll() is None, "it ended before it could be killed"
        process.kill()
    assert 1_000 <= int(run(_COUNT)) < rows
    migrated.manage("check_counts")
    run(_RUN)
    assert int(run(_COUNT)) == rows
    migrated.manage("check_counts")
    run(_UNDO)
    assert int(run(_COUNT)) == 0
    migrated.manage("check_counts")
    migrated.manage("verify_audit", "bryn")
