"""The page that the steering group's pages link to, and load: an action's place in the plan."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from coproduction.projects.models import Project
from coproduction.projects.pages import TeamRequest, project_view
from plan.models import Edition
from plan.queries.edition import snapshot_of_edition
from workshops.models import Action


@project_view(may="steering.view")
def action_in_plan(request: TeamRequest, project: Project, uuid: UUID) -> HttpResponse:
    """Say whether the published plan holds an action, and link to it there."""
    found = get_object_or_404(Action.objects.of(project), uuid=uuid)
    edition = Edition.objects.latest_of(project)
    rows = snapshot_of_edition(edition).actions if edition else ()
    about = {
        "project": project,
        "action": found,
        "edition": edition,
        "is_in_it": any(row.uuid == str(uuid) for row in rows),
    }
    return render(request, "plan/action_in_plan.html", about)
