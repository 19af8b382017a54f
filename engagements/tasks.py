"""Work for later, elsewhere: read files, change many comments, forget where answers came from."""

from django.utils.translation import gettext_lazy as _

from coproduction.jobs.running import Progress, background
from coproduction.projects.models import Project
from engagements.imports.occasions import TooManyEngagements
from engagements.imports.refusals import FileRefused
from engagements.models import BulkChange, Concern, ImportBatch
from engagements.queries.hint import LOOK
from engagements.queries.import_file import FileGone
from engagements.services.bulk_change import CHANGE_COMMENTS, run_bulk_change
from engagements.services.bulk_undo import PUT_BACK_COMMENTS, run_undo
from engagements.services.hold import forget_networks
from engagements.services.import_batch import run_import
from engagements.services.import_file import LOOK_THROUGH, look_through
from engagements.services.language_guess import guess_languages
from engagements.services.look import look_at_waiting
from engagements.services.notifications import write_to_lead


@background(LOOK_THROUGH, refusals=(FileGone, FileRefused))
def look_file_through(progress: Progress, *, batch: int) -> dict[str, int]:
    """Count the rows of a big file; begun again after a crash, from the start."""
    found = ImportBatch.objects.select_related("project").get(pk=batch)

    def report(done: int, total: int) -> None:
        progress.report(done, total, _("Looking through the file"))

    return {"rows": look_through(batch=found, report=report).rows}


@background("engagements.import", refusals=(FileGone, FileRefused, TooManyEngagements))
def import_rows(progress: Progress, *, batch: int) -> dict[str, int]:
    """Bring a mapped file's rows in; begun again after a crash, go on where it stopped."""
    found = ImportBatch.objects.select_related("project", "question").get(pk=batch)

    def report(done: int, total: int) -> None:
        progress.report(done, total, _("Reading the rows"))

    done = run_import(batch=found, report=report)
    return {"imported": done.imported, "skipped": done.skipped, "refused": done.refused}


@background(LOOK)
def look_at_comments(progress: Progress, *, project: int) -> dict[str, int]:
    """Look at what people said before it is quoted; begun again, go on with the rest."""

    def report(done: int, total: int) -> None:
        progress.report(done, total, _("Looking for names and numbers"))

    of = Project.objects.get(pk=project)
    # First, since nothing may be quoted after the look.
    guess_languages(project=of)
    found = look_at_waiting(project=of, report=report)
    return {"comments": found.comments, "marked": found.marked}


@background(CHANGE_COMMENTS)
def change_many_comments(progress: Progress, *, bulk: int) -> dict[str, int]:
    """Change the comments that somebody chose; begun again, go on where it stopped."""
    found = BulkChange.objects.select_related("project", "by", "question", "engagement")

    def report(done: int, total: int) -> None:
        progress.report(done, total, _("Changing the comments"))

    return {"changed": run_bulk_change(bulk=found.get(pk=bulk), report=report).changed}


@background(PUT_BACK_COMMENTS)
def put_many_comments_back(progress: Progress, *, bulk: int) -> dict[str, int]:
    """Put comments back that were changed; begun again after a crash, go on where it stopped."""
    found = BulkChange.objects.select_related("project", "undone_by")

    def report(done: int, total: int) -> None:
        progress.report(done, total, _("Putting the comments back"))

    return {"put_back": run_undo(bulk=found.get(pk=bulk), report=report).put_back}


@background("engagements.tell_lead")
def tell_lead(progress: Progress, *, concern: int) -> None:
    """Write a letter that was asked for before letters were rows; nothing asks so any more."""
    write_to_lead(concern=Concern.objects.select_related("comment__project").get(pk=concern))


@background("engagements.forget_networks")
def forget_old_networks(progress: Progress, *, project: int) -> dict[str, int]:
    """Take out what tells the networks of answers on hold apart, once it was kept long enough."""
    return {"answers": forget_networks(project=Project.objects.get(pk=project))}
