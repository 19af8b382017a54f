"""Pages about who sits on the group, and how it decides."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from coproduction.projects.access import may
from coproduction.projects.models import Project, User
from coproduction.projects.pages import (
    TeamRequest,
    apply_or_report,
    apply_or_warn,
    form_page,
    project_view,
    redirect_to,
    status_of,
    url_for,
)
from steering.forms.seat import LeaveForm, NewSeatForm, SeatForm, TermsForm
from steering.models import Seat, Terms
from steering.queries.group import group_of, was_seat_used
from steering.services.seat import (
    change_seat,
    end_seat,
    let_holder_answer,
    remove_seat,
    seat_member,
)
from steering.services.terms import set_terms
from steering.views.breadcrumbs import seat_crumbs


@project_view(may="steering.view")
def seat_list(request: TeamRequest, project: Project) -> HttpResponse:
    """Show who sits on the group by sector, and which sectors nobody speaks for."""
    context = {
        "project": project,
        "group": group_of(project),
        "terms": Terms.objects.in_force(project),
        "convenes": may(request, "steering.convene"),
        "manages": may(request, "project.manage"),
    }
    return render(request, "steering/seat_list.html", context)


@project_view(may="steering.view")
def seat_holder(request: TeamRequest, project: Project, uuid: UUID) -> HttpResponse:
    """Say which seats a person holds: the page that takes a role from them loads it."""
    person = get_object_or_404(User.objects.team_of(project), uuid=uuid)
    seats = Seat.objects.of(project).not_ended().filter(user=person)
    context = {"project": project, "person": person, "seats": seats, "crumbs": seat_crumbs(project)}
    return render(request, "steering/seat_holder.html", context)


@project_view(may="project.manage")
@require_POST
def seat_let_answer(request: TeamRequest, project: Project, uuid: UUID) -> HttpResponse:
    """Give the holder of a seat the role that lets members answer."""
    seat = get_object_or_404(Seat.objects.of(project), uuid=uuid)
    apply_or_warn(
        request,
        lambda: let_holder_answer(seat=seat, by=request.user),
        done=_("%(name)s can answer now.") % {"name": seat.name},
    )
    return redirect_to(project, "steering:seat_list")


@project_view(may="steering.convene")
def seat_new(request: TeamRequest, project: Project) -> HttpResponse:
    """Give a seat in the group to somebody who speaks for a sector."""
    form = NewSeatForm(request.POST or None, project=project)
    seat = apply_or_report(
        form, lambda: seat_member(project=project, by=request.user, **form.cleaned_data)
    )
    if seat is not None:
        messages.success(request, _("%(name)s has a seat.") % {"name": seat.name})
        return redirect_to(project, "steering:seat_list")
    return form_page(
        request,
        form,
        base="steering/base.html",
        title=_("Add a seat"),
        lead=_(
            "A seat gives a vote from its first day. It does not let anyone sign in: invite them "
            "under People first."
        ),
        submit=_("Add this seat"),
        crumbs=seat_crumbs(project),
        cancel_url=url_for(project, "steering:seat_list"),
    )


@project_view(may="steering.convene")
def seat_change(request: TeamRequest, project: Project, uuid: UUID) -> HttpResponse:
    """Put right what a seat says."""
    seat = get_object_or_404(Seat.objects.of(project), uuid=uuid)
    form = SeatForm(request.POST or None, project=project, seat=seat)
    if apply_or_report(form, lambda: change_seat(seat=seat, by=request.user, **form.cleaned_data)):
        messages.success(request, _("Saved."))
        return redirect_to(project, "steering:seat_list")
    return _seat_page(request, project, seat, form=form)


@project_view(may="steering.convene")
@require_POST
def seat_leave(request: TeamRequest, project: Project, uuid: UUID) -> HttpResponse:
    """End a seat on a day; what its member answered stays."""
    seat = get_object_or_404(Seat.objects.of(project), uuid=uuid)
    leaving = LeaveForm(request.POST)
    if apply_or_report(
        leaving, lambda: end_seat(seat=seat, by=request.user, **leaving.cleaned_data)
    ):
        messages.success(request, _("The seat has ended."))
        return redirect_to(project, "steering:seat_list")
    return _seat_page(request, project, seat, leaving=leaving)


@project_view(may="steering.convene")
@require_POST
def seat_remove(request: TeamRequest, project: Project, uuid: UUID) -> HttpResponse:
    """Take away a seat that was made by mistake."""
    seat = get_object_or_404(Seat.objects.of(project), uuid=uuid)
    removed = apply_or_warn(
        request,
        lambda: remove_seat(seat=seat, by=request.user),
        done=_("The seat of %(name)s is taken away.") % {"name": seat.name},
    )
    if not removed:
        return redirect_to(project, "steering:seat_change", uuid=uuid)
    return redirect_to(project, "steering:seat_list")


def _seat_page(
    request: TeamRequest,
    project: Project,
    seat: Seat,
    form: SeatForm | None = None,
    leaving: LeaveForm | None = None,
) -> HttpResponse:
    """Show a seat with both its forms."""
    form = form or SeatForm(project=project, seat=seat)
    status = status_of(leaving or form)
    context = {
        "project": project,
        "crumbs": seat_crumbs(project),
        "seat": seat,
        "form": form,
        "leaving": leaving or LeaveForm(),
        "may_remove": not was_seat_used(seat),
    }
    return render(request, "steering/seat_change.html", context, status=status)


@project_view(may="steering.convene")
def terms(request: TeamRequest, project: Project) -> HttpResponse:
    """Say how many must answer and how the group decides."""
    now = Terms.objects.in_force(project)
    initial = {"quorum": now.quorum, "decision_method": now.decision_method}
    form = TermsForm(request.POST or None, initial=initial)
    if apply_or_report(
        form, lambda: set_terms(project=project, by=request.user, **form.cleaned_data)
    ):
        messages.success(request, _("Saved. It holds for what is put to the group from now."))
        return redirect_to(project, "steering:seat_list")
    return form_page(
        request,
        form,
        base="steering/base.html",
        title=_("How the group decides"),
        lead=_(
            "This holds for what is put to the group from now on. What it is answering already "
            "stays as it was asked."
        ),
        submit=_("Save how we decide"),
        crumbs=seat_crumbs(project),
        cancel_url=url_for(project, "steering:seat_list"),
    )
