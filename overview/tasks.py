"""Work over all stages that is done later: what is over goes; archives are made, and go too."""

import secrets
from datetime import timedelta
from typing import Any

from django.core.files import File
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from coproduction.jobs.running import Progress, background
from coproduction.jobs.services import begin_daily
from coproduction.projects.models import Project
from engagements.services.answers_letter import tell_of_answers
from engagements.services.look import queue_looks
from overview.archive.shape import MAKE, name_of_archive
from overview.queries.archive import write_archive
from overview.services.erasure import clear_archives
from overview.services.retention import apply_retention
from overview.services.taking_out import FORGET, being_made, forget_archive, forget_later
from plan.services.erasure import CLEAR_ARCHIVES

_A_DAY = timedelta(days=1).total_seconds()


@background("overview.daily")
def daily(progress: Progress) -> dict[str, int]:
    """Announce or take away what is over, tell of answers, and ask for tomorrow's run.

    Begun again after a crash, it finds done what was done. An invented place keeps its whole story.
    """
    announced = taken = answers = 0
    projects = list(Project.objects.filter(is_invented=False).order_by("pk"))
    for done, project in enumerate(projects, 1):
        found = apply_retention(project=project)
        announced += sum(found.announced.values())
        taken += sum(found.taken.values())
        answers += tell_of_answers(project=project)
        progress.report(done, len(projects))
    queue_looks()
    begin_daily(wait=_A_DAY)
    return {"announced": announced, "taken": taken, "answers": answers}


@background(MAKE)
def make_archive(progress: Progress, *, project: int) -> dict[str, Any]:
    """Write everything of a project into one file, which is kept for some days."""
    archive, whole = secrets.token_hex(16), Project.objects.get(pk=project)
    forget_later(whole, archive)
    path = being_made(archive)

    def report(done: int, total: int) -> None:
        progress.report(done, total, _("Writing everything down"))

    try:
        write_archive(whole, path, report=report)
        with path.open("rb") as file:
            default_storage.save(name_of_archive(archive), File(file))
        with transaction.atomic():
            progress.confirm()
        return {"archive": archive, "bytes": path.stat().st_size}
    except BaseException:
        forget_archive(archive)
        raise
    finally:
        path.unlink(missing_ok=True)


@background(FORGET)
def forget(progress: Progress, *, archive: str) -> None:
    """Delete an archive whose days are over."""
    with transaction.atomic():
        progress.confirm()
        forget_archive(archive)


@background(CLEAR_ARCHIVES)
def clear_archives_of_erased(progress: Progress, *, project: int) -> dict[str, bool]:
    """Delete the archives that may still hold words which were erased since."""
    return {"is_done": clear_archives(project=Project.objects.get(pk=project))}
