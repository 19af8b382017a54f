"""Erased words go from the files in which a whole project stood ready to be taken along."""

from pathlib import Path

import pytest
from django.core.files.storage import default_storage

from coproduction.jobs.models import Job
from coproduction.jobs.running import run
from engagements.models import ErasedComment
from engagements.services.erasure import erase_comment
from overview.archive.shape import MAKE
from overview.services.erasure import clear_archives
from overview.services.taking_out import ask_for_archive, being_made
from overview.tasks import clear_archives_of_erased, make_archive
from plan.services.erasure import CLEAR_ARCHIVES, clear_erased_words
from tests.plan.story import Story

# The heart of a job that runs beats on a connection of its own.
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def ready(story: Story, files: Path) -> Job:
    """An archive that waits to be taken."""
    job = ask_for_archive(project=story.project, by=story.coordinator)
    assert run(make_archive, job=job.uuid)
    assert len(stored()) == 1
    return job


def stored() -> list[str]:
    """Return the archives that wait to be taken."""
    return default_storage.listdir("archives")[1]


def erased(story: Story) -> ErasedComment:
    """Have a comment erased, from all places but the archives and the free room."""
    erasure = erase_comment(comment=story.swings, by=story.coordinator)
    clear_erased_words(project=story.project)
    erasure.refresh_from_db()
    assert "archives" not in erasure.gone_from
    return erasure


def test_an_archive_of_before_is_deleted_once_words_are_erased(ready: Job, story: Story) -> None:
    erasure = erased(story)
    job = Job.objects.waiting().get(task=CLEAR_ARCHIVES)
    assert run(clear_archives_of_erased, job=job.uuid)
    assert stored() == []
    erasure.refresh_from_db()
    assert erasure.gone_from[-1] == "archives"
    # Another can be made, and stays.
    again = ask_for_archive(project=story.project, by=story.coordinator)
    assert run(make_archive, job=again.uuid)
    clear_archives(project=story.project)
    assert len(stored()) == 1


def test_what_was_left_of_making_one_is_deleted_too(ready: Job, story: Story) -> None:
    ready.refresh_from_db()
    half = being_made(ready.result["archive"])
    half.write_text(story.swings.text)
    # As a worker leaves it that is killed: nothing says what came of it.
    Job.objects.filter(pk=ready.pk).update(result={})
    erased(story)
    assert clear_archives(project=story.project)
    assert not half.exists()
    assert stored() == []


def test_one_that_is_being_made_is_waited_for(ready: Job, story: Story) -> None:
    erasure = erased(story)
    Job.objects.filter(task=CLEAR_ARCHIVES).delete()
    held = {"state": Job.State.RUNNING, "claim": ready.uuid, "finished_at": None}
    ready.refresh_from_db()
    Job.objects.filter(pk=ready.pk).update(**held, heartbeat_at=ready.created_at)
    assert not clear_archives(project=story.project)
    assert len(stored()) == 1
    erasure.refresh_from_db()
    assert "archives" not in erasure.gone_from
    again = Job.objects.waiting().get(task=CLEAR_ARCHIVES)
    assert again.wake_at > again.created_at


def test_words_that_still_stand_elsewhere_come_later(ready: Job, story: Story) -> None:
    erasure = erase_comment(comment=story.swings, by=story.coordinator)
    assert clear_archives(project=story.project)
    assert len(stored()) == 1
    erasure.refresh_from_db()
    assert "archives" not in erasure.gone_from


def test_an_archive_of_another_project_stays(ready: Job, story: Story, other_project) -> None:
    theirs = Job.objects.create(task=MAKE, scope=str(other_project.uuid))
    Job.objects.filter(pk=theirs.pk).update(arguments={"project": other_project.pk})
    assert run(make_archive, job=theirs.uuid)
    erased(story)
    assert clear_archives(project=story.project)
    assert len(stored()) == 1
