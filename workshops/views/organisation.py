"""Pages of the organisations that can lead or support actions."""

from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from coproduction.projects.access import may
from coproduction.projects.models import Organisation, Project
from coproduction.projects.pages import TeamRequest, project_view
from coproduction.projects.services.organisation import add_organisation, change_organisation
from workshops.forms.organisation import OrganisationForm
from workshops.queries.counts import count_actions_led
from workshops.views.crumbs import Crumb, redirect_to, url_for

PER_PAGE = 50


@project_view(may="workshops.view")
def organisation_list(request: TeamRequest, project: Project) -> HttpResponse:
    """List the organisations by name, with how many actions each leads."""
    bodies = sorted(Organisation.objects.of(project), key=lambda body: str(body).casefold())
    page = Paginator(bodies, PER_PAGE).get_page(request.GET.get("page"))
    leads = count_actions_led(project)
    context = {
        "page": page,
        "rows": [(body, leads.get(body.pk, 0)) for body in page],
        "may_write": may(request, "actions.write"),
    }
    return render(request, "workshops/organisation_list.html", context)


@project_view(may="actions.write")
def organisation_add(request: TeamRequest, project: Project) -> HttpResponse:
    """Add an organisation; go on to another where asked."""
    data = request.POST if request.method == "POST" else None
    form = OrganisationForm(data, project=project)
    if form.is_valid():
        add_organisation(project=project, by=request.user, **form.cleaned_data)
        return redirect_to(
            "organisation_add" if "again" in request.POST else "organisation_list", project
        )
    context = {"form": form, "crumbs": _crumbs(project)}
    return render(request, "workshops/organisation_add.html", context)


@project_view(may="actions.write")
def organisation_change(request: TeamRequest, project: Project, uuid: UUID) -> HttpResponse:
    """Put right an organisation's name or sector."""
    found = get_object_or_404(Organisation.objects.of(project).select_related("project"), uuid=uuid)
    data = request.POST if request.method == "POST" else None
    form = OrganisationForm(data, project=project, organisation=found)
    if form.is_valid():
        change_organisation(organisation=found, by=request.user, **form.cleaned_data)
        return redirect_to("organisation_list", project)
    context = {"form": form, "organisation": found, "crumbs": _crumbs(project)}
    return render(request, "workshops/organisation_change.html", context)


def _crumbs(project: Project) -> list[Crumb]:
    """Return the way back to the list."""
    return [{"label": _("Organisations"), "url": url_for("organisation_list", project)}]
