"""What of the ground floor's is over by a day: letters that did not arrive, work that failed."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.models import QuerySet

from coproduction.jobs.models import Job
from coproduction.projects.models import Letter, Project


def letters_over(project: Project, day: date) -> QuerySet[Any]:
    """Return letters that did not arrive, and were written before a day."""
    return Letter.objects.of(project).undelivered().filter(written_at__date__lt=day)


def failed_jobs_over(project: Project, day: date) -> QuerySet[Any]:
    """Return jobs of a project that failed before a day."""
    failed = Job.objects.of(project.uuid).filter(state=Job.State.FAILED)
    return failed.filter(finished_at__date__lt=day)


def count_over(project: Project, days: Mapping[str, date]) -> dict[str, int]:
    """Count what was over by the day of each period. Two queries."""
    return {
        "letters": letters_over(project, days["letters"]).count(),
        "jobs": failed_jobs_over(project, days["jobs"]).count(),
    }
