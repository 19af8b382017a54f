"""Clearing words that were erased from the files that a whole project stood ready in."""

from coproduction.jobs.models import Job
from coproduction.projects.models import Project
from engagements.models import ErasedComment
from engagements.services.erasure import note_gone
from overview.archive.shape import MAKE
from overview.services.taking_out import FORGET, forget_archive
from plan.queries.erasure import ARCHIVES, is_ready_for_archives
from plan.services.erasure import queue_clearing, queue_clearing_archives

# One that is being made may have read the words before they went: it is waited for, and then goes.
_ASKED_AGAIN_SECONDS = 30


def clear_archives(*, project: Project) -> bool:
    """Delete every archive of a project that waits to be taken, where words in it were erased.

    It can be made again, without them. Return False while one is being made: then it is asked for
    again. Words that have not gone from elsewhere yet come later, with the next follow-up.
    """
    rows = ErasedComment.objects.of(project).under_way().select_related("project")
    ready = [each for each in rows if is_ready_for_archives(each)]
    if not ready:
        return True
    if Job.objects.of(project.uuid).filter(task=MAKE, state=Job.State.RUNNING).exists():
        queue_clearing_archives(project=project, wait=_ASKED_AGAIN_SECONDS)
        return False
    for archive in _archives_of(project):
        forget_archive(archive)
    note_gone(project=project, erasures=ready, place=ARCHIVES)
    queue_clearing()
    return True


def _archives_of(project: Project) -> set[str]:
    """Name every archive of a project that may be there, finished or not."""
    own = Job.objects.of(project.uuid)
    made = own.filter(task=MAKE).values_list("result", flat=True)
    # Asked for before anything of it is written, so it names what was cut short as well.
    to_forget = own.filter(task=FORGET).values_list("arguments", flat=True)
    return {name for each in [*made, *to_forget] if (name := each.get("archive"))}
