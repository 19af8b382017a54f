"""A project's public pages that belong to no stage."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from coproduction.languages.codes import translated_name
from coproduction.projects.models import Project
from coproduction.projects.pages import public_view
from engagements.models import Survey
from plan.models import Edition
from themes.models import Theme
from themes.queries.counts import public_totals


@public_view()
def project_home(request: HttpRequest, project: Project) -> HttpResponse:
    """Welcome people to a project: what it can change, and the ways in."""
    context = {
        "project": project,
        "survey": Survey.objects.of(project).open_now().order_by("-opens_at").first(),
        "edition": Edition.objects.latest_of(project),
        "figures": public_totals(project),
        "themes": Theme.objects.of(project).themes(),
    }
    return render(request, "overview/project_home.html", context)


@public_view()
def privacy(request: HttpRequest, project: Project) -> HttpResponse:
    """Say what is kept of people, why and how long."""
    return render(request, "overview/privacy.html", {"project": project})


@public_view()
def accessibility(request: HttpRequest, project: Project) -> HttpResponse:
    """Say how these pages can be used, and whom to tell when they can't."""
    languages = [translated_name(code) for code in project.languages]
    context = {"project": project, "languages": languages}
    return render(request, "overview/accessibility.html", context)
