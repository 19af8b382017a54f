"""What people said is looked at before any of it may be quoted, by the change or by a job."""

from io import BytesIO
from pathlib import Path

import pytest

from coproduction.jobs.models import Job
from coproduction.jobs.running import run
from coproduction.projects.models import AuditEntry, Project, User
from engagements.imports.columns import Columns
from engagements.models import Comment, Hint, Look
from engagements.queries.hint import LOOK
from engagements.services.bulk_change import CommentsShown, NewValue, change_comments
from engagements.services.bulk_undo import undo_change_of_comments
from engagements.services.erasure import erase_comment
from engagements.services.import_batch import map_import, run_import, start_import
from engagements.services.look import AT_ONCE, look_at_waiting, queue_looks
from engagements.services.typo import put_typo_right
from engagements.services.withholding import redact_comment, restore_redaction
from engagements.tasks import look_at_comments
from tests.themes.comments import make_comments, make_engagement

pytestmark = pytest.mark.django_db
NAMED = "Ask Mrs Price for the key."


def places(comment: Comment) -> list[tuple[str, str, int, int]]:
    """Return what was marked in a comment."""
    return [(each.kind, each.place, each.start, each.length) for each in comment.hints.all()]


def look(comment: Comment) -> str:
    """Return how far the look at a comment is."""
    return Comment.objects.get(pk=comment.pk).look


def test_what_is_short_is_looked_at_as_it_is_kept(project: Project) -> None:
    named, plain = make_comments(project, NAMED, "More benches.", consent=True)
    assert (look(named), look(plain)) == (Look.MARKED, Look.DONE)
    assert places(named) == [("name", "text", 4, 9)]
    assert list(Comment.objects.of(project).publishable()) == [plain]
    assert list(Comment.objects.of(project).to_look_at()) == [named]
    assert set(Comment.objects.of(project).visible()) == {named, plain}


def test_who_spoke_and_a_translation_are_looked_at_too(project: Project) -> None:
    (comment,) = make_comments(
        project, "Gofynnwch.", descriptor="Mr Rees", translation={"pl": "Zapytaj Dr Nowak"}
    )
    assert places(comment) == [("name", "descriptor", 0, 7), ("name", "pl", 8, 8)]


def test_what_is_long_waits_for_the_job(project: Project) -> None:
    (comment,) = make_comments(project, f"{'A long road. ' * (AT_ONCE // 12)}{NAMED}", consent=True)
    assert look(comment) == Look.WAITING
    assert not Comment.objects.of(project).publishable().exists()
    job = Job.objects.get(task=LOOK)
    assert run(look_at_comments, job=job.uuid)
    job.refresh_from_db()
    assert job.result == {"comments": 1, "marked": 1}
    assert look(comment) == Look.MARKED
    entry = AuditEntry.objects.get(verb="engagements.comments_looked_at")
    assert entry.now == {"comments": 1, "marked": 1}


def test_what_came_in_by_a_file_is_looked_at_by_a_job_once_it_is_in(
    project: Project, coordinator: User, files: Path
) -> None:
    rows = f"comment\n{NAMED}\nMore benches.\n".encode()
    batch = start_import(
        engagement=make_engagement(project), file=BytesIO(rows), name="notes.csv", by=coordinator
    )
    map_import(
        batch=batch, columns=Columns(texts=[("comment", "")]), by=coordinator, in_background=False
    )
    run_import(batch=batch)
    assert {each.look for each in Comment.objects.of(project)} == {Look.WAITING}
    assert Job.objects.filter(task=LOOK).count() == 1
    assert look_at_waiting(project=project).marked == 1
    looks = Comment.objects.of(project).order_by("pk").values_list("look", flat=True)
    assert list(looks) == [Look.MARKED, Look.DONE]
    # Once more finds nothing to do, and says nothing.
    assert look_at_waiting(project=project).comments == 0
    assert AuditEntry.objects.filter(verb="engagements.comments_looked_at").count() == 1


def test_no_version_grows_so_no_open_form_is_refused(project: Project) -> None:
    (comment,) = make_comments(project, NAMED)
    Comment.objects.filter(pk=comment.pk).update(look=Look.WAITING)
    before = Comment.objects.get(pk=comment.pk).version
    look_at_waiting(project=project)
    assert Comment.objects.get(pk=comment.pk).version == before
    assert look(comment) == Look.MARKED


def test_whatever_waits_is_asked_for_once_a_project(project: Project) -> None:
    make_comments(project, "A bench.", "A bin.")
    assert queue_looks() == 0
    Comment.objects.of(project).update(look=Look.WAITING)
    assert queue_looks() == 1
    assert queue_looks() == 1
    assert Job.objects.filter(task=LOOK).count() == 1


def test_redacted_words_are_looked_at_again(project: Project, coordinator: User) -> None:
    (comment,) = make_comments(project, f"{NAMED} Or ring 01639 871234.")
    assert len(places(comment)) == 2
    redact_comment(comment=comment, text="Ask […]. Or ring 01639 871234.", by=coordinator)
    assert [kind for kind, *_rest in places(comment)] == ["phone"]
    redact_comment(comment=comment, text="Ask […].", by=coordinator)
    assert look(comment) == Look.DONE
    restore_redaction(comment=comment, by=coordinator)
    assert look(comment) == Look.MARKED


def test_a_typo_put_right_is_looked_at_again(project: Project, coordinator: User) -> None:
    (comment,) = make_comments(project, "Ask Nrs Price.")
    assert look(comment) == Look.DONE
    put_typo_right(comment=comment, text="Ask Mrs Price.", by=coordinator)
    assert look(comment) == Look.MARKED


def test_another_description_of_many_is_looked_at_and_so_is_its_undoing(
    project: Project, coordinator: User
) -> None:
    (comment,) = make_comments(project, "A bench.", descriptor="Mr Rees")
    assert look(comment) == Look.MARKED
    shown = CommentsShown(
        entry=AuditEntry.objects.filter(project=project).latest("number").number,
        newest=comment.pk,
        ticked=[comment.pk],
    )
    to = NewValue(kind="descriptor", descriptor="An older man")
    bulk = change_comments(project=project, shown=shown, to=to, by=coordinator)
    assert look(comment) == Look.DONE
    undo_change_of_comments(bulk=bulk, by=coordinator)
    assert look(comment) == Look.MARKED


def test_what_was_marked_is_gone_with_erased_words(project: Project, coordinator: User) -> None:
    (comment,) = make_comments(project, NAMED)
    erase_comment(comment=comment, by=coordinator)
    assert not Hint.objects.exists()
    assert look(comment) == Look.DONE


def test_what_is_withdrawn_is_not_listed(project: Project) -> None:
    (comment,) = make_comments(project, NAMED)
    Comment.objects.filter(pk=comment.pk).update(withheld="withdrawn")
    assert not Comment.objects.of(project).to_look_at().exists()
