"""Pages of the organisations that can lead or support actions."""

from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from coproduction.languages.sorting import by_name
from coproduction.projects.access import may
from coproduction.projects.forms.organisation import NewOrganisationForm, OrganisationForm
from coproduction.projects.models import Organisation, Project
from coproduction.projects.pages import (
    TeamRequest,
    apply_or_report,
    form_page,
    project_view,
    redirect_to,
    url_for,
)
from coproduction.projects.services.organisation import add_organisation, change_organisation

PER_PAGE = 50


@project_view(may="workshops.view")
def organisation_list(request: TeamRequest, project: Project) -> HttpResponse:
    """List the organisations by name; a page of the workshops says what each leads."""
    organisations = by_name(Organisation.objects.of(project))
    context = {
        "page": Paginator(organisations, PER_PAGE).get_page(request.GET.get("page")),
        "may_write": may(request, "actions.write"),
    }
    return render(request, "projects/organisation_list.html", context)


@project_view(may="actions.write")
def organisation_add(request: TeamRequest, project: Project) -> HttpResponse:
    """Add an organisation; go on to another where asked."""
    form = NewOrganisationForm(request.POST or None, project=project)
    added = apply_or_report(
        form,
        lambda: add_organisation(project=project, by=request.user, **form.cleaned_data),
        field="name",
    )
    if added is not None:
        another = "again" in request.POST
        name = "organisation_add" if another else "organisation_list"
        return redirect_to(project, f"projects:{name}")
    return form_page(
        request,
        form,
        title=_("Add an organisation"),
        submit=_("Save the organisation"),
        second=_("Save and add another"),
        second_name="again",
        crumbs=_crumbs(project),
        cancel_url=url_for(project, "projects:organisation_list"),
    )


@project_view(may="actions.write")
def organisation_change(request: TeamRequest, project: Project, uuid: UUID) -> HttpResponse:
    """Put right an organisation's name or sector."""
    found = get_object_or_404(Organisation.objects.of(project).select_related("project"), uuid=uuid)
    form = OrganisationForm(request.POST or None, project=project, organisation=found)
    changed = apply_or_report(
        form,
        lambda: change_organisation(organisation=found, by=request.user, **form.cleaned_data),
        field="name",
    )
    if changed is not None:
        return redirect_to(project, "projects:organisation_list")
    return form_page(
        request,
        form,
        title=_("Change an organisation"),
        submit=_("Save the organisation"),
        crumbs=_crumbs(project),
        cancel_url=url_for(project, "projects:organisation_list"),
    )


def _crumbs(project: Project) -> list[dict[str, str]]:
    """Return the way back to the list."""
    return [{"label": _("Organisations"), "url": url_for(project, "projects:organisation_list")}]
