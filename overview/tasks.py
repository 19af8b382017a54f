"""Work of each day over all stages: what is over goes."""

from datetime import timedelta

from coproduction.jobs.running import Progress, background
from coproduction.jobs.services import begin_daily
from coproduction.projects.models import Project
from overview.services.retention import apply_retention

_A_DAY = timedelta(days=1).total_seconds()


@background("overview.daily")
def daily(progress: Progress) -> dict[str, int]:
    """Announce or take away what is over, project by project, and ask for tomorrow's run.

    Begun again after a crash, it finds done what was done. An invented place keeps its whole story.
    """
    announced = taken = 0
    projects = list(Project.objects.filter(is_invented=False).order_by("pk"))
    for done, project in enumerate(projects, 1):
        found = apply_retention(project=project)
        announced += sum(found.announced.values())
        taken += sum(found.taken.values())
        progress.report(done, len(projects))
    begin_daily(wait=_A_DAY)
    return {"announced": announced, "taken": taken}
