"""The public page of a trail: its heads, the keys, and what it takes to check it oneself."""

from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.http import StreamingHttpResponse as Streaming
from django.shortcuts import render
from django.views.decorators.http import require_safe

from coproduction.projects.models import Project, TrailHead
from coproduction.projects.pages import TeamRequest, project_view, public_view
from coproduction.projects.services.register import note_export
from coproduction.projects.trail.register import (
    full_register,
    keys_as_json,
    keys_of,
    public_register,
)

_LINES = "application/jsonl; charset=utf-8"


@public_view()
@require_safe
def trail(request: HttpRequest, project: Project) -> HttpResponse:
    """Say how anybody can check that nothing was changed behind what was decided."""
    context = {
        "project": project,
        "heads": TrailHead.objects.filter(project=project).order_by("-number"),
        "keys": keys_of(project),
    }
    return render(request, "projects/trail.html", context)


@public_view()
@require_safe
def trail_keys(request: HttpRequest, project: Project) -> HttpResponse:
    """Give every public key that heads were signed with."""
    response = JsonResponse({"keys": keys_as_json(project)}, json_dumps_params={"indent": 1})
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response


@public_view()
@require_safe
def trail_register(request: HttpRequest, project: Project) -> HttpResponseBase:
    """Give the register to everybody: hashes, which tell nothing of what was done."""
    return _download(Streaming(public_register(project), content_type=_LINES), project, "trail")


@project_view(may="audit.view", again=True)
@require_safe
def history_register(request: TeamRequest, project: Project) -> HttpResponseBase:
    """Give the register to those who may read the history: with what each entry says."""
    note_export(project=project, by=request.user)
    lines = Streaming(full_register(project), content_type=_LINES)
    return _download(lines, project, "history")


def _download(response: Streaming, project: Project, name: str) -> Streaming:
    """Have a browser keep it as a file."""
    file = f"{project.slug}-{name}.jsonl"
    response.headers["Content-Disposition"] = f'attachment; filename="{file}"'
    return response
