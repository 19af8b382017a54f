"""The front door: the projects of this installation, a person's own, and beginning one."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from coproduction.languages.codes import language_codes
from coproduction.projects.access import allowed
from coproduction.projects.models import Membership, Project, Role
from coproduction.projects.pages import (
    SignedInRequest,
    apply_or_report,
    form_page,
    redirect_to,
    site_view,
    url_for,
)
from overview.context import landing_page
from overview.forms import BeginForm
from overview.services.project import begin_project


@site_view(may="anyone")
def home(request: HttpRequest) -> HttpResponse:
    """Show the projects that say what they are; on an empty installation, how to begin."""
    # One that does not say yet what it can change is still being set up.
    every = list(Project.objects.order_by("place"))
    projects = [project for project in every if project.scope]
    return render(
        request,
        "overview/home.html",
        {"projects": projects, "begun": bool(every), "wide": True},
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
            "url": url_for(project, landing_page(frozenset(roles))),
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
    form = BeginForm(request.POST or None, initial={"languages": language_codes()})
    project = apply_or_report(form, lambda: begin_project(by=request.user, **form.cleaned_data))
    if project is not None:
        return redirect_to(project, "overview:team")
    return form_page(
        request,
        form,
        title=_("Begin a project"),
        submit=_("Make the project"),
        cancel_url=reverse("overview:projects"),
        base="ui/base_site.html",
    )
