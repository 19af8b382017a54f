"""The theme pack: one page to print for the tables of a workshop."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from coproduction.projects.models import Project
from coproduction.projects.pages import TeamRequest, project_view
from workshops.models import Workshop
from workshops.queries.theme_pack import theme_pack_for
from workshops.views.breadcrumbs import workshop_crumbs


@project_view(may="workshops.view")
def theme_pack(request: TeamRequest, project: Project, uuid: UUID) -> HttpResponse:
    """Show what was heard on a workshop's theme, and what can't be changed, ready to print."""
    workshop = get_object_or_404(
        Workshop.objects.of(project).select_related("theme__project"), uuid=uuid
    )
    context = {
        "project": project,
        "workshop": workshop,
        "pack": theme_pack_for(workshop.theme),
        "crumbs": workshop_crumbs(project, workshop),
    }
    return render(request, "workshops/theme_pack.html", context)
