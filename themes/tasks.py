"""Work for later that knows codes: those of a file put on comments, and many comments changed."""

from django.utils.translation import gettext_lazy as _

from coproduction.jobs.running import Progress, background
from engagements.models import BulkChange, ImportBatch
from engagements.services.bulk_change import run_bulk_change
from themes.queries.coded_selection import CodedSelection
from themes.services.label import TooManyCodes, take_in_labels


@background("themes.take_in_labels", refusals=(TooManyCodes,))
def take_in(progress: Progress, *, batch: int, after: int = 0) -> dict[str, int]:
    """Put the codes of an import on its comments; begun again after a crash, go on.

    ``after`` is the key of the last label that was put on before.
    """
    found = ImportBatch.objects.select_related("project", "by").get(pk=batch)

    def report(done: int, total: int) -> None:
        progress.report(done, total, _("Putting codes on comments"))

    return {"codings": take_in_labels(batch=found, after=after, report=report)}


@background(CodedSelection.change_task)
def change_listed_comments(progress: Progress, *, bulk: int) -> dict[str, int]:
    """Change the comments of a list that may be narrowed by codes; begun again, go on."""
    rows = BulkChange.objects.select_related("project", "by", "question", "engagement")
    found = rows.get(pk=bulk)

    def report(done: int, total: int) -> None:
        progress.report(done, total, _("Changing the comments"))

    changed = run_bulk_change(bulk=found, which=CodedSelection, report=report)
    return {"changed": changed.changed}
