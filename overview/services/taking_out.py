"""Asking for the archive of a project in the browser, and giving it out: once, within days."""

from functools import partial
from pathlib import Path

from django.conf import settings
from django.core.files.base import File
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from coproduction.jobs.models import Job
from coproduction.jobs.services import UNTIL_DONE, enqueue
from coproduction.projects.audit import recorded
from coproduction.projects.models import Project, User
from coproduction.projects.refusals import Refusal
from overview.archive.shape import MAKE, name_of_archive
from overview.kept import ARCHIVES_KEPT

FORGET = "overview.forget_archive"


class ArchiveGone(Refusal):
    """The archive was taken out, or its days are over."""

    sentence = _("That file is gone: it was taken, or its days are over. Make another one.")


def ask_for_archive(*, project: Project, by: User) -> Job:
    """Have everything of a project written into one file; asking twice makes it once."""
    with recorded(project=project, by=by) as ledger:
        job = enqueue(
            task=MAKE,
            scope=str(project.uuid),
            arguments={"project": project.pk},
            unique=f"{MAKE}:{project.pk}",
        )
        ledger.record(
            "projects.archive_asked_for",
            subject=project,
            now={"job": job.uuid},
            follow_up=False,
        )
    return job


def forget_later(project: Project, archive: str) -> None:
    """Have an archive deleted when its days are over, whatever becomes of making it."""
    enqueue(
        task=FORGET,
        scope=str(project.uuid),
        arguments={"archive": archive},
        tries=UNTIL_DONE,
        wait=ARCHIVES_KEPT.total_seconds(),
    )


def take_archive(*, project: Project, archive: str, by: User) -> "File[bytes]":
    """Open an archive to be given out; nobody can open it again. Raises ArchiveGone."""
    with recorded(project=project, by=by) as ledger:
        try:
            file: File[bytes] = default_storage.open(name_of_archive(archive))
        except FileNotFoundError as gone:
            raise ArchiveGone from gone
        ledger.record("projects.archive_taken_out", subject=project, follow_up=False)
        # What is open can be read to its end.
        transaction.on_commit(partial(forget_archive, archive))
    return file


def forget_archive(archive: str) -> None:
    """Delete an archive, and what was left of making it."""
    default_storage.delete(name_of_archive(archive))
    being_made(archive).unlink(missing_ok=True)


def being_made(archive: str) -> Path:
    """Return where an archive is while it is made."""
    return Path(settings.DATA_DIR, f"archive-{archive}")
