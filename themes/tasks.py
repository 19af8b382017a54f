"""Work for later that knows codes: those of a file put on, many comments coded or changed."""

from django.utils.translation import gettext_lazy as _

from coproduction.jobs.running import Progress, background
from engagements.models import BulkChange, ImportBatch
from engagements.services.bulk_change import run_bulk_change
from themes.models import BulkCoding
from themes.queries.coded_selection import CodedSelection
from themes.services.bulk_coding import (
    CODE_COMMENTS,
    UNCODE_COMMENTS,
    run_bulk_coding,
    run_undo_coding,
)
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


@background(CODE_COMMENTS)
def code_listed_comments(progress: Progress, *, bulk: int) -> dict[str, int]:
    """Put a code on the comments of a list, or take one off; begun again, go on."""
    found = BulkCoding.objects.select_related("project", "by", "put", "taken").get(pk=bulk)

    def report(done: int, total: int) -> None:
        progress.report(done, total, _("Coding the comments"))

    return {"changed": run_bulk_coding(bulk=found, report=report).changed}


@background(UNCODE_COMMENTS)
def uncode_listed_comments(progress: Progress, *, bulk: int) -> dict[str, int]:
    """Take back what was coded together; begun again, go on."""
    rows = BulkCoding.objects.select_related("project", "undone_by", "by", "put", "taken")
    found = rows.get(pk=bulk)

    def report(done: int, total: int) -> None:
        progress.report(done, total, _("Putting the codes back"))

    return {"put_back": run_undo_coding(bulk=found, report=report).put_back}
