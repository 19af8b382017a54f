"""Pages over all stages: the front door, a project's home, the team's overview."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from coproduction.projects.access import allowed
from coproduction.projects.demo import is_demo
from coproduction.projects.models import Membership, Project, Role
from coproduction.projects.pages import (
    SignedInRequest,
    TeamRequest,
    project_view,
    public_view,
    site_view,
)
from coproduction.projects.refusals import Refusal
from overview import queries, services
from overview.forms import ASKED, BeginForm
from plan.models import Edition
from themes.models import Theme
from themes.queries.counts import public_totals


@site_view(may="anyone")
def home(request: HttpRequest) -> HttpResponse:
    """Show the projects that say what they are; on an empty installation, how to begin."""
    # One that does not say yet what it can change is still being set up.
    every = list(Project.objects.order_by("place"))
    projects = [project for project in every if project.scope]
    return render(
        request,
        "overview/home.html",
        {"projects": projects, "begun": bool(every), "demo": is_demo(request), "wide": True},
    )


@site_view(may="signed-in")
def projects(request: HttpRequest) -> HttpResponse:
    """Show a person their projects; where there is one, go straight to their work in it."""
    mine: dict[Project, set[str]] = {}
    rows = Membership.objects.filter(user=request.user.pk).select_related("project")
    for membership in rows.order_by("project__place", "role"):
        mine.setdefault(membership.project, set()).add(membership.role)
    doors = [
        {
            "project": project,
            "url": reverse(
                "overview:team" if allowed(frozenset(roles), "team.view") else "steering:home",
                kwargs={"project": project.slug},
            ),
            "roles": [Role(role).label for role in sorted(roles)],
        }
        for project, roles in mine.items()
    ]
    if len(doors) == 1 and "all" not in request.GET:
        return redirect(str(doors[0]["url"]))
    may_begin = any(allowed(frozenset(roles), "project.manage") for roles in mine.values())
    return render(request, "overview/projects.html", {"doors": doors, "may_begin": may_begin})


@site_view(may="project.manage")
def project_begin(request: SignedInRequest) -> HttpResponse:
    """Begin another project; for those who co-ordinate one already."""
    form = BeginForm(request.POST or None, initial={"languages": ["en", "cy"]})
    if request.method == "POST" and form.is_valid():
        fields = dict(form.cleaned_data)
        wordings = {kind.value: fields.pop(f"question_{kind}") for kind in ASKED}
        try:
            project = services.begin_project(wordings=wordings, by=request.user, **fields)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("overview:team", project=project.slug)
    return render(request, "overview/project_begin.html", {"form": form})


@public_view()
def project_home(request: HttpRequest, project: Project) -> HttpResponse:
    """Welcome people to a project: what it can change, and the ways in."""
    context = {
        "project": project,
        "survey": queries.open_survey(project),
        "edition": Edition.objects.latest_of(project),
        "figures": public_totals(project),
        "themes": Theme.objects.of(project).themes(),
    }
    return render(request, "overview/project_home.html", context)


@project_view(may="team.view")
def team(request: TeamRequest, project: Project) -> HttpResponse:
    """Show the team where each stage stands, and the next thing to do."""
    states = queries.stages(project, request.roles)
    step = queries.next_step(states, request.roles)
    shown = [
        {"state": state, "may": allowed(request.roles, state.step.capability)} for state in states
    ]
    return render(
        request, "overview/team.html", {"project": project, "states": shown, "next_step": step}
    )


@public_view()
def privacy(request: HttpRequest, project: Project) -> HttpResponse:
    """Say what is kept of people, why and how long."""
    return render(request, "overview/privacy.html", {"project": project})


@public_view()
def accessibility(request: HttpRequest, project: Project) -> HttpResponse:
    """Say how these pages can be used, and whom to tell when they can't."""
    return render(request, "overview/accessibility.html", {"project": project})
