"""What is over goes: announced first, once, no more than was announced, and nothing else."""

import threading
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection, transaction
from django.utils import timezone

from coproduction.jobs.models import Job
from coproduction.projects.models import (
    AuditEntry,
    Letter,
    Project,
    Retention,
    RetentionNotice,
    User,
)
from coproduction.projects.queries.letter import LetterState, state_of_letter
from coproduction.projects.services.retention import PutOffBefore, put_off, set_periods
from engagements.models import Comment, Concern, ImportBatch, Redaction, RefusedRow
from engagements.services.withholding import NothingRedacted, restore_redaction
from overview.services.retention import apply_retention, would_apply
from tests.cast import make_cast
from tests.overview.overdue import THERE, in_days, make_overdue
from workshops.models import Attendee, Table


@pytest.fixture
def comment(project: Project, coordinator: User, files: Path) -> Comment:
    """A comment that was redacted, in a project with one of each thing that is over."""
    return make_overdue(project, coordinator)


@pytest.fixture
def announced(comment: Comment) -> RetentionNotice:
    """What was announced today to go."""
    apply_retention(project=comment.project)
    notice: RetentionNotice = RetentionNotice.objects.get()
    return notice


def stored(files: Path) -> list[str]:
    """Name the files there are."""
    return [path.name for path in files.rglob("*") if path.is_file()]


def test_it_is_announced_first_and_nothing_goes(
    comment: Comment, files: Path, deliver, coordinator: User
) -> None:
    project = comment.project
    assert would_apply(project).announced == THERE
    assert not RetentionNotice.objects.exists()
    assert apply_retention(project=project).announced == THERE
    notice = RetentionNotice.objects.get()
    assert (notice.counts, notice.due_on) == (THERE, in_days(14))
    # Told once, however often it is asked.
    assert apply_retention(project=project).announced == {}
    assert apply_retention(project=project, today=in_days(13)).taken == {}
    (letter,) = [each for each in deliver() if each.to == [coordinator.email]]
    assert "7 things go" in letter.body
    assert "/bryn/settings/periods/next/" in letter.body
    assert "Pugh" not in letter.body
    assert Redaction.objects.get().original
    assert len(stored(files)) == 1
    entry = AuditEntry.objects.get(verb="projects.retention_announced")
    assert entry.now == {"due_on": in_days(14).isoformat(), **THERE}


@pytest.mark.django_db(transaction=True)
def test_when_its_day_has_come_it_goes_and_the_rest_stays(
    announced: RetentionNotice, comment: Comment, files: Path, coordinator: User
) -> None:
    before = Comment.objects.values_list("text", flat=True)
    texts = list(before)
    assert would_apply(comment.project, in_days(14)).taken == THERE
    assert apply_retention(project=comment.project, today=in_days(14)).taken == THERE
    redaction = Redaction.objects.get()
    assert (redaction.original, redaction.original_descriptor) == ("", None)
    assert not redaction.original_translation
    assert Concern.objects.get().decided_by == ""
    assert Concern.objects.get().decision == "no_risk"
    assert RefusedRow.objects.get().content == ""
    assert stored(files) == []
    assert ImportBatch.objects.get().file_removed_at is not None
    assert ImportBatch.objects.get().file_to_check is None
    assert set(Attendee.objects.values_list("name", flat=True)) == {""}
    assert Attendee.objects.count() == 2
    assert set(Table.objects.values_list("host", flat=True)) == {""}
    letter = Letter.objects.get(kind="test")
    assert (letter.to, letter.subject, letter.text) == ("", "", "")
    # Whoever was to be told still was not: a page that needed it to go must not say otherwise.
    assert state_of_letter(letter.uuid) == LetterState.LOST
    assert not Job.objects.filter(state="failed").exists()
    # What people said stays, as it was.
    assert list(before.all()) == texts
    with pytest.raises(NothingRedacted):
        restore_redaction(comment=comment, by=coordinator)
    (entry,) = AuditEntry.objects.filter(verb="projects.retention_applied")
    assert entry.now == THERE
    assert entry.by is None
    # And it is done: there is nothing more, today or in a month.
    assert apply_retention(project=comment.project, today=in_days(45)).taken == {}
    assert RetentionNotice.objects.count() == 1


def test_what_was_not_announced_does_not_go(
    announced: RetentionNotice, comment: Comment, coordinator: User
) -> None:
    project = comment.project
    Concern.objects.update(resolved_at=announced.created_at)
    months = Retention.objects.in_force(project).months
    # Shorter since: that is for the next time. Longer since: then it stays.
    set_periods(
        project=project, small_number=10, by=coordinator, **months | {"concerns": 1, "jobs": 240}
    )
    taken = apply_retention(project=project, today=in_days(14)).taken
    assert taken == {name: THERE[name] for name in THERE if name not in {"concerns", "jobs"}}
    assert Concern.objects.get().decided_by == "Sgt Price"
    assert apply_retention(project=project, today=in_days(32)).announced == {"concerns": 1}


@pytest.mark.parametrize("state", ["never brought in", "taken back", "in"])
def test_a_file_that_nothing_came_of_goes_after_a_month(
    comment: Comment, coordinator: User, files: Path, state: str
) -> None:
    project = comment.project
    at = timezone.now() - timedelta(days=40)
    ImportBatch.objects.update(
        created_at=at,
        mapping={} if state == "never brought in" else {"texts": []},
        undone_at=at if state == "taken back" else None,
    )
    announced = apply_retention(project=project).announced
    assert announced.get("imports", 0) == (state != "in")
    assert apply_retention(project=project, today=in_days(14)).taken.get("imports", 0) == (
        state != "in"
    )
    assert (ImportBatch.objects.get().file_removed_at is None) == (state == "in")


def test_it_can_be_put_off_once_with_a_reason(
    announced: RetentionNotice, comment: Comment, coordinator: User
) -> None:
    put_off(notice=announced, why="We check the file first.", by=coordinator)
    assert apply_retention(project=comment.project, today=in_days(43)).taken == {}
    with pytest.raises(PutOffBefore):
        put_off(notice=announced, why="Again.", by=coordinator)
    assert apply_retention(project=comment.project, today=in_days(44)).taken == THERE
    with pytest.raises(PutOffBefore):
        put_off(notice=announced, why="Too late.", by=coordinator)
    entry = AuditEntry.objects.get(verb="projects.retention_put_off")
    assert entry.now == {"due_on": in_days(44).isoformat()}


def test_what_was_undone_keeps_the_words_by_which_it_is_known_again(comment: Comment) -> None:
    comment.submission.undone_at = comment.submission.received_at
    comment.submission.save()
    assert "originals" not in would_apply(comment.project).announced


def test_another_projects_things_stay(comment: Comment, other_project: Project) -> None:
    assert would_apply(other_project).announced == {}
    assert apply_retention(project=other_project, today=in_days(14)).taken == {}


class CutOff(Exception):
    """The process ended here."""


@pytest.mark.django_db(transaction=True)
def test_cut_off_before_the_files_were_deleted_they_go_the_next_time(
    announced: RetentionNotice, comment: Comment, files: Path
) -> None:
    (kept,) = (path for path in files.rglob("*") if path.is_file())
    words = kept.read_bytes()
    apply_retention(project=comment.project, today=in_days(14))
    assert stored(files) == []
    # As it is where a run ended after it was saved that the file went.
    kept.write_bytes(words)
    apply_retention(project=comment.project, today=in_days(14))
    assert stored(files) == []
    assert AuditEntry.objects.filter(verb="projects.retention_applied").count() == 1


@pytest.mark.django_db(transaction=True)
def test_cut_off_in_the_middle_nothing_went_and_the_next_run_does_it(
    announced: RetentionNotice, comment: Comment, files: Path
) -> None:
    with pytest.raises(CutOff), transaction.atomic():
        apply_retention(project=comment.project, today=in_days(14))
        assert Redaction.objects.get().original == ""
        raise CutOff
    assert Redaction.objects.get().original
    assert len(stored(files)) == 1
    assert apply_retention(project=comment.project, today=in_days(14)).taken == THERE
    assert stored(files) == []


@pytest.mark.django_db(transaction=True)
def test_two_at_once_announce_once_and_take_away_once(files: Path) -> None:
    cast = make_cast("bryn", "Bryn")
    make_overdue(cast.project, cast.coordinator)
    for today, expected in ((in_days(0), "announced"), (in_days(14), "taken")):
        start, found, faults = threading.Barrier(2), [], []

        def run(day=today, start=start, found=found, faults=faults) -> None:
            try:
                start.wait(timeout=10)
                found.append(apply_retention(project=cast.project, today=day))
            except Exception as fault:
                faults.append(fault)
            finally:
                connection.close()

        threads = [threading.Thread(target=run) for _one in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(timeout=60)
        assert faults == []
        assert sorted(sum(getattr(each, expected).values()) for each in found) == [0, 7]
    assert RetentionNotice.objects.count() == 1
    assert AuditEntry.objects.filter(verb="projects.retention_applied").count() == 1
