"""Pages of workshops: the list, one of them, planning and changing it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from coproduction.projects.access import may
from coproduction.projects.models import Project
from coproduction.projects.pages import (
    TeamRequest,
    apply_or_report,
    apply_or_warn,
    form_page,
    project_view,
    redirect_to,
    url_for,
)
from coproduction.projects.text_templates import templates_offered
from workshops.forms.workshop import CallOffWorkshopForm, NewWorkshopForm, WorkshopForm
from workshops.models import Table, Workshop
from workshops.queries.action import newest_wordings
from workshops.queries.attendee import attendee_groups, partners_by_organisation
from workshops.queries.counts import tables_with_counts, workshop_totals, workshops_with_counts
from workshops.queries.note import notes_by_kind
from workshops.services.workshop import (
    call_off_workshop,
    change_workshop,
    plan_workshop,
    revive_workshop,
)
from workshops.views.breadcrumbs import workshop_crumbs

PER_PAGE = 50


@project_view(may="workshops.view")
def workshop_list(request: TeamRequest, project: Project) -> HttpResponse:
    """List the project's workshops, with who came and what came of them."""
    standing = workshops_with_counts(project).standing()
    page = Paginator(standing, PER_PAGE).get_page(request.GET.get("page"))
    totals = workshop_totals(project)
    return render(
        request,
        "workshops/workshop_list.html",
        {
            "page": page,
            "called_off": Workshop.objects.of(project).filter(called_off_at__isnull=False),
            "figures": [
                {"label": _("Residents who came"), "value": totals.residents},
                {"label": _("Partners who came"), "value": totals.partners},
                {
                    "label": _("Actions written"),
                    "value": totals.actions,
                    "url": url_for(project, "workshops:action_list"),
                },
            ],
            "may_run": may(request, "workshops.run"),
        },
    )


@project_view(may="workshops.run")
def workshop_plan(request: TeamRequest, project: Project) -> HttpResponse:
    """Plan a workshop on a theme, with its tables."""
    offer = templates_offered(request, project, Workshop)
    form = NewWorkshopForm(request.POST or None, project=project, initial=offer.initial)
    planned = apply_or_report(
        form, lambda: plan_workshop(project=project, by=request.user, **form.cleaned_data)
    )
    if planned is not None:
        return redirect_to(project, "workshops:workshop", uuid=planned.uuid)
    return form_page(
        request,
        form,
        title=_("Plan a workshop"),
        submit=_("Save the workshop"),
        crumbs=workshop_crumbs(project),
        cancel_url=url_for(project, "workshops:workshop_list"),
        **offer.context,
    )


@project_view(may="workshops.view")
def workshop(request: TeamRequest, project: Project, uuid: UUID) -> HttpResponse:
    """Show a workshop: who came, what each table wrote, and the actions designed there."""
    found = get_object_or_404(workshops_with_counts(project), uuid=uuid)
    tables = list(tables_with_counts(found))
    context = {
        "workshop": found,
        "crumbs": workshop_crumbs(project),
        "tables": tables,
        "partners": partners_by_organisation(attendee_groups(found)),
        "note_groups": notes_by_kind(found.notes.not_undone().select_related("table")),
        "wordings": newest_wordings(project).filter(action__workshop=found),
        "may_run": may(request, "workshops.run") and found.called_off_at is None,
        "may_revive": may(request, "workshops.run") and found.called_off_at is not None,
        "may_write": may(request, "actions.write") and found.called_off_at is None,
        "next_step": None if found.called_off_at else _next_step(request, found, tables),
    }
    return render(request, "workshops/workshop.html", context)


def _next_step(request: TeamRequest, workshop: Any, tables: list[Table]) -> dict[str, str] | None:
    """Say the one next thing to do at a workshop; nothing for those who may not do it."""
    project = request.project
    if may(request, "workshops.run") and not tables:
        url = url_for(project, "workshops:tables", uuid=workshop.uuid)
        return {"text": _("Say how many tables there are."), "url": url, "action": _("Set tables")}
    if may(request, "workshops.run") and workshop.date > timezone.localdate():
        url = url_for(project, "workshops:theme_pack", uuid=workshop.uuid)
        text = _("Print what was heard, one for each table.")
        return {"text": text, "url": url, "action": _("Open the theme pack")}
    if may(request, "workshops.run") and not workshop.residents + workshop.partners:
        url = url_for(project, "workshops:attendees", uuid=workshop.uuid)
        return {"text": _("Say who came."), "url": url, "action": _("Add people")}
    if may(request, "workshops.run") and not workshop.note_count:
        url = url_for(project, "workshops:table", uuid=tables[0].uuid)
        return {"text": _("Type what the tables write."), "url": url, "action": _("Open table 1")}
    if may(request, "actions.write") and not workshop.action_count:
        url = url_for(project, "workshops:action_propose", query={"workshop": workshop.uuid})
        text = _("Turn what was written into actions.")
        return {"text": text, "url": url, "action": _("Write an action")}
    return None


@project_view(may="workshops.run")
def workshop_change(request: TeamRequest, project: Project, uuid: UUID) -> HttpResponse:
    """Put off a workshop, move it, or give it another theme."""
    found = get_object_or_404(
        Workshop.objects.of(project).select_related("theme", "project"), uuid=uuid
    )
    form = WorkshopForm(request.POST or None, project=project, workshop=found)
    changed = apply_or_report(
        form, lambda: change_workshop(workshop=found, by=request.user, **form.cleaned_data)
    )
    if changed is not None:
        return redirect_to(project, "workshops:workshop", uuid=uuid)
    return form_page(
        request,
        form,
        title=_("Change the workshop"),
        submit=_("Save the changes"),
        crumbs=workshop_crumbs(project, found),
        cancel_url=url_for(project, "workshops:workshop", uuid=uuid),
    )


@project_view(may="workshops.run")
def workshop_call_off(request: TeamRequest, project: Project, uuid: UUID) -> HttpResponse:
    """Call a workshop off, and say why."""
    found = get_object_or_404(
        Workshop.objects.of(project).select_related("theme", "project"), uuid=uuid
    )
    form = CallOffWorkshopForm(request.POST or None)
    called_off = apply_or_report(
        form, lambda: call_off_workshop(workshop=found, by=request.user, **form.cleaned_data)
    )
    if called_off is not None:
        messages.success(request, _("The workshop is called off."))
        return redirect_to(project, "workshops:workshop", uuid=uuid)
    return form_page(
        request,
        form,
        title=_("Call off the workshop"),
        submit=_("Call it off"),
        kind="danger",
        crumbs=workshop_crumbs(project, found),
        cancel_url=url_for(project, "workshops:workshop", uuid=uuid),
    )


@project_view(may="workshops.run")
@require_POST
def workshop_revive(request: TeamRequest, project: Project, uuid: UUID) -> HttpResponse:
    """Hold after all a workshop that was called off."""
    found = get_object_or_404(Workshop.objects.of(project), uuid=uuid)
    apply_or_warn(
        request,
        lambda: revive_workshop(workshop=found, by=request.user),
        done=_("The workshop is held after all."),
    )
    return redirect_to(project, "workshops:workshop", uuid=uuid)
