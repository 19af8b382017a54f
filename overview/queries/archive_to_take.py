"""How far the archive is that somebody asked for in the browser."""

from dataclasses import dataclass
from datetime import datetime

from django.core.files.storage import default_storage

from coproduction.jobs.models import Job
from coproduction.projects.models import Project
from overview.archive.shape import MAKE, name_of_archive
from overview.kept import ARCHIVES_KEPT


@dataclass(frozen=True)
class ArchiveToTake:
    """The archive asked for last: its job, and whether its file is there."""

    job: Job | None = None
    is_there: bool = False

    @property
    def is_under_way(self) -> bool:
        """Whether it is being made."""
        return self.job is not None and not self.job.is_over

    @property
    def is_failed(self) -> bool:
        """Whether it could not be made."""
        return self.job is not None and self.job.is_failed

    @property
    def name(self) -> str:
        """What it is called; empty where there is none."""
        return str(self.job.result.get("archive", "")) if self.job is not None else ""

    @property
    def until(self) -> datetime | None:
        """The moment at which it is deleted, taken or not."""
        ready = self.job.finished_at if self.job is not None else None
        return ready + ARCHIVES_KEPT if ready is not None else None


def archive_to_take(project: Project) -> ArchiveToTake:
    """Return how far the last archive of a project is."""
    job = Job.objects.of(project.uuid).filter(task=MAKE).order_by("-created_at").first()
    found = ArchiveToTake(job)
    is_there = bool(found.name) and default_storage.exists(name_of_archive(found.name))
    return ArchiveToTake(job, is_there)
