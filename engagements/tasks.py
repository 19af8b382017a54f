"""Work for later, elsewhere: bring a file's rows in."""

from django.utils.translation import gettext_lazy as _

from coproduction.jobs.running import Progress, background
from engagements.models import Concern, ImportBatch
from engagements.queries.import_file import FileGone
from engagements.services.import_batch import run_import
from engagements.services.notifications import write_to_lead


@background("engagements.import", refusals=(FileGone,))
def import_rows(progress: Progress, *, batch: int) -> dict[str, int]:
    """Bring a mapped file's rows in; begun again after a crash, go on where it stopped."""
    found = ImportBatch.objects.select_related("project", "question").get(pk=batch)

    def report(done: int, total: int) -> None:
        progress.report(done, total, _("Reading the rows"))

    done = run_import(batch=found, report=report)
    return {"imported": done.imported, "skipped": done.skipped, "refused": done.refused}


@background("engagements.tell_lead")
def tell_lead(progress: Progress, *, concern: int) -> None:
    """Write a letter that was asked for before letters were rows; nothing asks so any more."""
    write_to_lead(concern=Concern.objects.select_related("comment__project").get(pk=concern))
