"""Pages of who came to a workshop, and of its tables."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from coproduction.projects.models import Project
from coproduction.projects.pages import TeamRequest, project_view
from coproduction.projects.refusals import Refusal
from workshops.forms.workshop import AttendeesForm, StepForm, TableHostForm, TablesForm, table_label
from workshops.models import Table, Workshop
from workshops.queries.attendee import attendee_groups
from workshops.queries.counts import tables_with_counts, workshops_with_counts
from workshops.services.attendee import add_attendees, remove_attendees
from workshops.services.workshop import name_host, set_tables
from workshops.views.crumbs import redirect_to, url_for, workshop_crumbs


@project_view(may="workshops.run")
def attendees(request: TeamRequest, project: Project, uuid: UUID) -> HttpResponse:
    """Add people who came, several at once; show those added."""
    workshop = get_object_or_404(workshops_with_counts(project), uuid=uuid)
    data = request.POST if request.method == "POST" else None
    form = AttendeesForm(data, workshop=workshop)
    if form.is_valid():
        try:
            added = add_attendees(workshop=workshop, by=request.user, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect_to("attendees", project, uuid=uuid, query={"added": added[0].step})
    came = attendee_groups(workshop)
    step = request.GET.get("added", "")
    just_added = next((party for party in came if str(party.step) == step), None)
    context = {
        "form": form,
        "workshop": workshop,
        "parties": came,
        "just_added": just_added,
        "undo_fields": {"step": just_added.step} if just_added else {},
        "remove_url": url_for("attendees_remove", project, uuid=uuid),
        "crumbs": workshop_crumbs(project, workshop),
    }
    return render(request, "workshops/attendees.html", context)


@project_view(may="workshops.run")
@require_POST
def attendees_remove(request: TeamRequest, project: Project, uuid: UUID) -> HttpResponse:
    """Take off the people who were added together."""
    workshop = get_object_or_404(Workshop.objects.of(project), uuid=uuid)
    form = StepForm(request.POST)
    step = form.cleaned_data["step"] if form.is_valid() else None
    gone = remove_attendees(workshop=workshop, step=step, by=request.user) if step else 0
    if gone:
        told = ngettext(
            "%(number)d person was taken off.", "%(number)d people were taken off.", gone
        )
        messages.success(request, told % {"number": gone})
    else:
        messages.info(request, _("They were taken off already."))
    return redirect_to("attendees", project, uuid=uuid)


@project_view(may="workshops.run")
def tables(request: TeamRequest, project: Project, uuid: UUID) -> HttpResponse:
    """Say how many tables there are; open each."""
    workshop = get_object_or_404(Workshop.objects.of(project).select_related("theme"), uuid=uuid)
    data = request.POST if request.method == "POST" else None
    rows = list(tables_with_counts(workshop))
    form = TablesForm(data, initial={"count": len(rows)})
    if form.is_valid():
        try:
            set_tables(workshop=workshop, count=form.cleaned_data["count"], by=request.user)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect_to("tables", project, uuid=uuid)
    context = {
        "form": form,
        "workshop": workshop,
        "tables": rows,
        "crumbs": workshop_crumbs(project, workshop),
    }
    return render(request, "workshops/tables.html", context)


@project_view(may="workshops.run")
def table_host(request: TeamRequest, project: Project, uuid: UUID) -> HttpResponse:
    """Say who leads or writes at a table."""
    table = get_object_or_404(
        Table.objects.select_related("workshop__project"), workshop__project=project, uuid=uuid
    )
    data = request.POST if request.method == "POST" else None
    form = TableHostForm(data, initial={"host": table.host})
    if form.is_valid():
        name_host(table=table, host=form.cleaned_data["host"], by=request.user)
        return redirect_to("tables", project, uuid=table.workshop.uuid)
    context = {
        "form": form,
        "table": table,
        "label": table_label(table),
        "crumbs": workshop_crumbs(project, table.workshop),
        "back": url_for("tables", project, uuid=table.workshop.uuid),
    }
    return render(request, "workshops/table_host.html", context)
