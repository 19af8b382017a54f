"""Taking away what the listening needs for a while only, once its time is over."""

from collections.abc import Mapping
from datetime import date
from functools import partial

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from coproduction.languages.models import Translated
from coproduction.projects.models import Project
from engagements.models import ImportBatch, RefusedRow
from engagements.queries.retention import concerns_over, files_over, originals_over


def take_away_over(*, project: Project, days: Mapping[str, date]) -> dict[str, int]:
    """Take away what was over by the day of each period; return how many of each.

    Part of the caller's ``recorded``. The rows stay, so that it can be told that there was
    something; comments that came in with a file stay as they are.
    """
    originals = originals_over(project, days["originals"]).update(
        original="", original_translation=Translated(), original_descriptor=None
    )
    files = list(files_over(project, days).values_list("pk", flat=True))
    ImportBatch.objects.filter(pk__in=files).update(file_removed_at=timezone.now())
    RefusedRow.objects.filter(batch__in=files).update(content="")
    concerns = concerns_over(project, days["concerns"]).update(
        decided_by="", version=F("version") + 1
    )
    transaction.on_commit(partial(delete_removed_files, project=project))
    return {"originals": originals, "imports": len(files), "concerns": concerns}


def delete_removed_files(*, project: Project) -> int:
    """Delete the files whose rows say that they were taken away; return how many there were.

    After that was saved and not before: who is cut off in between deletes them the next time.
    """
    deleted = 0
    for batch in ImportBatch.objects.of(project).filter(file_removed_at__isnull=False):
        if batch.file.storage.exists(batch.file.name):
            batch.file.storage.delete(batch.file.name)
            deleted += 1
    return deleted
