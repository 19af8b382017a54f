"""Pages about who sits on the group, and how it decides."""

from functools import partial
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from coproduction.projects.access import may
from coproduction.projects.models import Project
from coproduction.projects.pages import TeamRequest, project_view
from steering.forms.seat import LeaveForm, NewSeatForm, SeatForm, TermsForm
from steering.models import Seat, Terms
from steering.queries.group import group_of
from steering.services.seat import change_seat, end_seat, seat_member
from steering.services.terms import set_terms
from steering.views.trying import status_of, tried


@project_view(may="steering.view")
def seat_list(request: TeamRequest, project: Project) -> HttpResponse:
    """Show who sits on the group by sector, and which sectors nobody speaks for."""
    return render(
        request,
        "steering/seat_list.html",
        {
            "project": project,
            "group": group_of(project),
            "terms": Terms.objects.in_force(project),
            "convenes": may(request, "steering.convene"),
        },
    )


@project_view(may="steering.convene")
def seat_new(request: TeamRequest, project: Project) -> HttpResponse:
    """Give somebody a seat."""
    form = NewSeatForm(request.POST or None, project=project)
    if form.is_valid():
        change = partial(seat_member, project=project, by=request.user, **form.cleaned_data)
        if seat := tried(form, change):
            messages.success(request, _("%(name)s has a seat.") % {"name": seat.name})
            return redirect("steering:seat_list", project=project.slug)
    about = {"project": project, "form": form}
    return render(request, "steering/seat_new.html", about, status=status_of(form))


@project_view(may="steering.convene")
def seat_change(request: TeamRequest, project: Project, uuid: UUID) -> HttpResponse:
    """Put right what a seat says."""
    seat = get_object_or_404(Seat.objects.of(project), uuid=uuid)
    form = SeatForm(request.POST or None, project=project, seat=seat)
    if form.is_valid():
        change = partial(change_seat, seat=seat, by=request.user, **form.cleaned_data)
        if tried(form, change):
            messages.success(request, _("Saved."))
            return redirect("steering:seat_list", project=project.slug)
    return _seat_page(request, project, seat, form=form)


@project_view(may="steering.convene")
@require_POST
def seat_leave(request: TeamRequest, project: Project, uuid: UUID) -> HttpResponse:
    """End a seat."""
    seat = get_object_or_404(Seat.objects.of(project), uuid=uuid)
    leaving = LeaveForm(request.POST)
    if leaving.is_valid():
        change = partial(end_seat, seat=seat, by=request.user, **leaving.cleaned_data)
        if tried(leaving, change):
            messages.success(request, _("The seat has ended."))
            return redirect("steering:seat_list", project=project.slug)
    return _seat_page(request, project, seat, leaving=leaving)


def _seat_page(
    request: TeamRequest,
    project: Project,
    seat: Seat,
    form: SeatForm | None = None,
    leaving: LeaveForm | None = None,
) -> HttpResponse:
    """Show a seat with both its forms."""
    about = {
        "project": project,
        "seat": seat,
        "form": form or SeatForm(project=project, seat=seat),
        "leaving": leaving or LeaveForm(),
    }
    status = status_of(leaving or about["form"])  # type: ignore[arg-type]
    return render(request, "steering/seat_change.html", about, status=status)


@project_view(may="steering.convene")
def terms(request: TeamRequest, project: Project) -> HttpResponse:
    """Say how many must answer and how the group decides."""
    now = Terms.objects.in_force(project)
    initial = {"quorum": now.quorum, "decision_method": now.decision_method}
    form = TermsForm(request.POST or None, initial=initial)
    if form.is_valid():
        change = partial(set_terms, project=project, by=request.user, **form.cleaned_data)
        if tried(form, change):
            messages.success(request, _("Saved. It holds for what is put to the group from now."))
            return redirect("steering:seat_list", project=project.slug)
    about = {"project": project, "form": form}
    return render(request, "steering/terms.html", about, status=status_of(form))
