"""What of the listening is over by a day: originals, files, and who decided about a worry."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from coproduction.projects.models import Project
from engagements.models import Concern, ImportBatch, Redaction


def originals_over(project: Project, day: date) -> QuerySet[Any]:
    """Return redactions made before a day that still keep what was said before.

    Not of an entry that was undone: by those words it is known again when it comes in anew, so
    that what was taken out of it stays out.
    """
    made = Redaction.objects.filter(comment__project=project, at__date__lt=day)
    return made.exclude(original="").filter(comment__submission__undone_at__isnull=True)


def files_over(project: Project, days: Mapping[str, date]) -> QuerySet[Any]:
    """Return imports whose file is still kept, from before the day of their period.

    Of one that was taken back, or never brought in, the file has no use: its day is "unused".
    """
    kept = ImportBatch.objects.of(project).filter(file_removed_at__isnull=True)
    of_no_use = Q(undone_at__isnull=False) | Q(mapping={})
    return kept.filter(
        Q(created_at__date__lt=days["imports"])
        | of_no_use & Q(created_at__date__lt=days.get("unused", days["imports"]))
    )


def concerns_over(project: Project, day: date) -> QuerySet[Any]:
    """Return worries settled before a day that still name who decided."""
    settled = Concern.objects.filter(comment__project=project, resolved_at__date__lt=day)
    return settled.exclude(decided_by="")


def count_over(project: Project, days: Mapping[str, date]) -> dict[str, int]:
    """Count what was over by the day of each period. Three queries."""
    return {
        "originals": originals_over(project, days["originals"]).count(),
        "imports": files_over(project, days).count(),
        "concerns": concerns_over(project, days["concerns"]).count(),
    }
