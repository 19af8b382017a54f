"""The front door: the projects of this installation, a person's own, and beginning one."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from coproduction.languages.codes import language_codes
from coproduction.projects.access import allowed, is_operator, projects_where
from coproduction.projects.forms.project import NewProjectForm
from coproduction.projects.models import Blueprint, Membership, Project, Role
from coproduction.projects.pages import (
    SignedInRequest,
    apply_or_report,
    form_page,
    redirect_to,
    site_view,
    url_for,
)
from coproduction.projects.services.project import ProjectAddressTaken
from overview.blueprint.groups import BlueprintGroup
from overview.context import landing_page
from overview.forms import BeginForm, BeginFromForm
from overview.services.project import NotYoursToTake, begin_project


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
    return render(
        request,
        "overview/projects.html",
        {"doors": doors, "may_begin": may_begin, "is_operator": is_operator(request.user)},
    )


@site_view(may="project.manage")
def project_begin(request: SignedInRequest) -> HttpResponse:
    """Begin another project; for those who co-ordinate one already."""
    form = BeginForm(request.POST or None, initial={"languages": language_codes()})
    sources = projects_where(request.user, "blueprints.take")
    return _begin(request, form, sources=sources, title=_("Begin a project"))


@site_view(may="project.manage")
def project_begin_from(request: SignedInRequest) -> HttpResponse:
    """Begin another project with what one has already: ``?project=`` says which."""
    sources = projects_where(request.user, "blueprints.take")
    origin = sources.filter(slug=request.GET.get("project", "")).first()
    initial = {
        "origin": origin and origin.uuid,
        "takes": BlueprintGroup.values,
        "languages": origin.languages if origin else language_codes(),
        # Read before it is sent: the public reads it at once.
        "scope": origin and origin.scope,
    }
    form = BeginFromForm(request.POST or None, projects=sources, initial=initial)
    lead = _(
        "Some boxes are filled in with what %(place)s says. Read them: they were written for "
        "%(place)s."
    )
    return _begin(
        request,
        form,
        title=_("Begin from another project"),
        lead=lead % {"place": origin.place} if origin else "",
    )


def _begin(request: SignedInRequest, form: NewProjectForm, **page: Any) -> HttpResponse:
    """Make the project that a form asks for, or answer with the page of the form."""

    def begin() -> Project | None:
        try:
            return begin_project(by=request.user, **form.cleaned_data)
        except ProjectAddressTaken as refusal:
            # Beside its box, as what comes next.
            form.add_error("slug", str(refusal))
        except NotYoursToTake as refusal:
            form.add_error("origin", str(refusal))
        return None

    project = apply_or_report(form, begin)
    if project is None:
        return form_page(
            request,
            form,
            template="overview/project_begin.html",
            submit=_("Make the project"),
            cancel_url=reverse("overview:projects"),
            base="ui/base_site.html",
            **page,
        )
    if Blueprint.objects.of(project).exists():
        return redirect_to(project, "overview:begun_from")
    return redirect_to(project, "overview:team")
