"""A project's public pages that belong to no stage."""

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from coproduction.languages.codes import translated_name
from coproduction.projects.kept_pages import kept_page
from coproduction.projects.models import Project, Retention
from engagements.models import Survey
from engagements.queries.survey import next_opening_or_closing
from overview.queries.kept import kinds_of_people
from overview.views.kept import WHOSE, how_long
from plan.models import Edition
from themes.models import Theme
from themes.queries.public_counts import PublicCounts

# The day on which somebody last made sure that the page about accessibility says what is true.
_CHECKED_ON = date(2026, 11, 29)


@kept_page(tells_counts=True, until=next_opening_or_closing)
def project_home(request: HttpRequest, project: Project) -> HttpResponse:
    """Welcome people to a project: what it can change, and the ways in."""
    context = {
        "project": project,
        "survey": Survey.objects.of(project).open_now().order_by("-opens_at").first(),
        "edition": Edition.objects.latest_of(project),
        "figures": PublicCounts(project),
        "themes": Theme.objects.of(project).themes(),
    }
    return render(request, "overview/project_home.html", context)


@kept_page()
def privacy(request: HttpRequest, project: Project) -> HttpResponse:
    """Say what is kept of people, why and how long."""
    periods = Retention.objects.in_force(project)
    kept = [
        (WHOSE[whose], [(kind.what, kind.why, how_long(kind, periods)) for kind in kinds])
        for whose, kinds in kinds_of_people()
    ]
    return render(request, "overview/privacy.html", {"project": project, "kept": kept})


@kept_page()
def accessibility(request: HttpRequest, project: Project) -> HttpResponse:
    """Say how these pages can be used, and whom to tell when they can't."""
    languages = [translated_name(code) for code in project.languages]
    context = {"project": project, "languages": languages, "checked_on": _CHECKED_ON}
    return render(request, "overview/accessibility.html", context)
