"""Taking everything of a project along: asking for the file, and getting it, once."""

from django.core.files.base import File
from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from coproduction.projects.models import Project
from coproduction.projects.pages import TeamRequest, apply_or_warn, project_view, redirect_to
from overview.queries.archive_to_take import archive_to_take
from overview.services.taking_out import ask_for_archive, take_archive


@project_view(may="project.manage", again=True)
def project_archive(request: TeamRequest, project: Project) -> HttpResponse:
    """Say what is in the archive, and how far the last one is."""
    context = {"project": project, "archive": archive_to_take(project)}
    return render(request, "overview/project_archive.html", context)


@project_view(may="project.manage", again=True)
@require_POST
def archive_make(request: TeamRequest, project: Project) -> HttpResponseBase:
    """Have everything of the project written into one file, in the background."""
    apply_or_warn(
        request,
        lambda: ask_for_archive(project=project, by=request.user),
        done=_("The file is being made."),
    )
    return redirect_to(project, "overview:project_archive")


@project_view(may="project.manage", again=True)
@require_POST
def archive_take(request: TeamRequest, project: Project) -> HttpResponseBase:
    """Give the archive out; it is deleted with that."""
    name = archive_to_take(project).name
    taken: list[File[bytes]] = []
    if not apply_or_warn(
        request,
        lambda: taken.append(take_archive(project=project, archive=name, by=request.user)),
    ):
        return redirect_to(project, "overview:project_archive")
    response = FileResponse(taken[0], as_attachment=True, filename=f"{project.slug}.zip")
    response.headers["Content-Type"] = "application/zip"
    return response
