"""Everything of a project is taken along in the browser: made by a worker, given out once."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.storage import default_storage
from django.test import Client
from django.urls import reverse

from coproduction.jobs.models import Job
from coproduction.jobs.running import run
from coproduction.projects.models import AuditEntry, Project, User
from overview.archive.shape import MAKE
from overview.archive.zipped import ProjectArchive
from overview.kept import ARCHIVES_KEPT
from overview.services.taking_out import FORGET
from overview.tasks import forget, make_archive

# The heart of a job that runs beats on a connection of its own.
pytestmark = pytest.mark.django_db(transaction=True)


def address(name: str, project: Project) -> str:
    """Return the address of one of the pages."""
    return reverse(f"overview:{name}", kwargs={"project": project.slug})


@pytest.fixture
def browser(client_of: Callable[[User], Client], coordinator: User) -> Client:
    """The co-ordinator's browser."""
    return client_of(coordinator)


def make(browser: Client, project: Project) -> Job:
    """Ask for the archive in the browser, and make it as a worker does."""
    browser.post(address("archive_make", project))
    job = Job.objects.get(task=MAKE, state=Job.State.QUEUED)
    assert run(make_archive, job=job.uuid)
    job.refresh_from_db()
    assert job.state == Job.State.DONE
    return job


def stored() -> list[str]:
    """Return the archives that wait to be taken."""
    return default_storage.listdir("archives")[1] if default_storage.exists("archives") else []


def test_it_is_made_and_given_out_once(
    browser: Client, project: Project, files: Path, tmp_path: Path
) -> None:
    page = address("project_archive", project)
    assert "Make the file" in browser.get(page).content.decode()
    browser.post(address("archive_make", project))
    # Asking again is the same file.
    browser.post(address("archive_make", project))
    assert "progress__bar" in browser.get(page).content.decode()
    make(browser, project)
    assert len(stored()) == 1
    assert "You can get it once" in browser.get(page).content.decode()

    response = browser.post(address("archive_take", project))
    assert response.headers["Content-Disposition"] == 'attachment; filename="bryn.zip"'
    path = tmp_path / "taken.zip"
    path.write_bytes(b"".join(response.streaming_content))
    with ProjectArchive(path) as archive:
        assert archive.manifest.project == str(project.uuid)
    assert stored() == []

    again = browser.post(address("archive_take", project), follow=True)
    assert "That file is gone" in again.content.decode()
    verbs = list(AuditEntry.objects.filter(project=project).values_list("verb", flat=True))
    assert verbs.count("projects.archive_taken_out") == 1
    assert verbs.count("projects.archive_asked_for") == 3


def test_it_is_deleted_after_some_days(browser: Client, project: Project, files: Path) -> None:
    make(browser, project)
    waiting = Job.objects.get(task=FORGET)
    assert waiting.wake_at - waiting.created_at >= ARCHIVES_KEPT
    assert len(stored()) == 1
    assert run(forget, job=waiting.uuid)
    assert stored() == []
    assert "Make the file" in browser.get(address("project_archive", project)).content.decode()


def test_what_fails_leaves_no_file(browser: Client, project: Project, files: Path) -> None:
    browser.post(address("archive_make", project))
    job = Job.objects.get(task=MAKE)
    # A place where nothing can be stored.
    (files / "archives").write_text("in the way")
    assert run(make_archive, job=job.uuid)
    job.refresh_from_db()
    assert job.state == Job.State.QUEUED
    assert list(Path(settings.DATA_DIR).glob("archive-*")) == []
    assert AuditEntry.objects.filter(verb="projects.archive_taken_out").count() == 0
