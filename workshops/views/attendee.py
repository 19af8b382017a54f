"""Pages of who came to a workshop, and of its tables."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from coproduction.projects.models import Project
from coproduction.projects.pages import (
    TeamRequest,
    apply_or_report,
    form_page,
    project_view,
    redirect_to,
    status_of,
    url_for,
)
from workshops.forms.workshop import AttendeesForm, StepForm, TableHostForm, TablesForm, table_label
from workshops.models import Table, Workshop
from workshops.queries.attendee import attendee_groups
from workshops.queries.counts import tables_with_counts, workshops_with_counts
from workshops.services.attendee import add_attendees, remove_attendees
from workshops.services.workshop import name_host, set_tables
from workshops.views.breadcrumbs import workshop_crumbs


@project_view(may="workshops.run")
def attendees(request: TeamRequest, project: Project, uuid: UUID) -> HttpResponse:
    """Add people who came, several at once; show those added."""
    workshop = get_object_or_404(workshops_with_counts(project), uuid=uuid)
    form = AttendeesForm(request.POST or None, workshop=workshop)
    added = apply_or_report(
        form, lambda: add_attendees(workshop=workshop, by=request.user, **form.cleaned_data)
    )
    if added is not None:
        query = {"added": added[0].step}
        return redirect_to(project, "workshops:attendees", uuid=uuid, query=query)
    groups = attendee_groups(workshop)
    step = request.GET.get("added", "")
    just_added = next((group for group in groups if str(group.step) == step), None)
    context = {
        "form": form,
        "workshop": workshop,
        "groups": groups,
        "just_added": just_added,
        "undo_fields": {"step": just_added.step} if just_added else {},
        "remove_url": url_for(project, "workshops:attendees_remove", uuid=uuid),
        "crumbs": workshop_crumbs(project, workshop),
    }
    return render(request, "workshops/attendees.html", context, status=status_of(form))


@project_view(may="workshops.run")
@require_POST
def attendees_remove(request: TeamRequest, project: Project, uuid: UUID) -> HttpResponse:
    """Take off the people who were added together."""
    workshop = get_object_or_404(Workshop.objects.of(project), uuid=uuid)
    form = StepForm(request.POST)
    step = form.cleaned_data["step"] if form.is_valid() else None
    gone = remove_attendees(workshop=workshop, step=step, by=request.user) if step else 0
    if gone:
        sentence = ngettext(
            "%(number)d person was taken off.", "%(number)d people were taken off.", gone
        )
        messages.success(request, sentence % {"number": gone})
    else:
        messages.info(request, _("They were taken off already."))
    return redirect_to(project, "workshops:attendees", uuid=uuid)


@project_view(may="workshops.run")
def tables(request: TeamRequest, project: Project, uuid: UUID) -> HttpResponse:
    """Say how many tables there are; open each."""
    workshop = get_object_or_404(Workshop.objects.of(project).select_related("theme"), uuid=uuid)
    rows = list(tables_with_counts(workshop))
    form = TablesForm(request.POST or None, initial={"count": len(rows)})
    tables_set = apply_or_report(
        form,
        lambda: set_tables(workshop=workshop, by=request.user, **form.cleaned_data),
    )
    if tables_set is not None:
        return redirect_to(project, "workshops:tables", uuid=uuid)
    context = {
        "form": form,
        "workshop": workshop,
        "tables": rows,
        "crumbs": workshop_crumbs(project, workshop),
    }
    return render(request, "workshops/tables.html", context, status=status_of(form))


@project_view(may="workshops.run")
def table_host(request: TeamRequest, project: Project, uuid: UUID) -> HttpResponse:
    """Say who leads or writes at a table."""
    table = get_object_or_404(
        Table.objects.select_related("workshop__project"), workshop__project=project, uuid=uuid
    )
    form = TableHostForm(request.POST or None, initial={"host": table.host})
    named = apply_or_report(
        form, lambda: name_host(table=table, by=request.user, **form.cleaned_data)
    )
    if named is not None:
        return redirect_to(project, "workshops:tables", uuid=table.workshop.uuid)
    return form_page(
        request,
        form,
        title=table_label(table),
        submit=_("Save the name"),
        crumbs=workshop_crumbs(project, table.workshop),
        cancel_url=url_for(project, "workshops:tables", uuid=table.workshop.uuid),
    )
