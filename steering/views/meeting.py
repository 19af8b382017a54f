"""Pages about the group's meetings."""

from functools import partial
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from coproduction.projects.access import may
from coproduction.projects.models import Project
from coproduction.projects.pages import TeamRequest, project_view
from coproduction.projects.refusals import Refusal
from steering.forms.meeting import MeetingForm, MinutesForm
from steering.models import Meeting, Round
from steering.services import meeting as services
from steering.views.trying import status_of, tried


@project_view(may="steering.view")
def meeting_list(request: TeamRequest, project: Project) -> HttpResponse:
    """Show the group's meetings, newest first."""
    rows = Meeting.objects.of(project).annotate(
        came=Count("attended", distinct=True),
        asked=Count("rounds", distinct=True, filter=Q(rounds__taken_back_at__isnull=True)),
    )
    page = Paginator(rows.order_by("-date", "-pk"), 50).get_page(request.GET.get("page"))
    return render(
        request,
        "steering/meeting_list.html",
        {
            "project": project,
            "page": page,
            "convenes": may(request, "steering.convene"),
        },
    )


@project_view(may="steering.convene")
def meeting_new(request: TeamRequest, project: Project) -> HttpResponse:
    """Call a meeting."""
    form = MeetingForm(request.POST or None)
    if form.is_valid():
        change = partial(
            services.call_meeting, project=project, by=request.user, **form.cleaned_data
        )
        if called := tried(form, change):
            told = _("The meeting is called. The members are being told by e-mail.")
            past = called.date < timezone.localdate()
            messages.success(request, _("The meeting is written down.") if past else told)
            return redirect("steering:meeting", project=project.slug, uuid=called.uuid)
    about = {"project": project, "form": form}
    return render(request, "steering/meeting_new.html", about, status=status_of(form))


@project_view(may="steering.view")
def meeting(request: TeamRequest, project: Project, uuid: UUID) -> HttpResponse:
    """Show a meeting: agenda, who came, what was put to the group, minutes."""
    found = get_object_or_404(Meeting.objects.of(project), uuid=uuid)
    rounds = (
        Round.every.of(project)
        .filter(meeting=found)
        .select_related("wording__action", "decision")
        .order_by("wording__action__number", "pk")
    )
    return render(
        request,
        "steering/meeting.html",
        {
            "project": project,
            "meeting": found,
            "came": found.attended.order_by("name"),
            "rounds": rounds,
            "convenes": may(request, "steering.convene"),
            "opens": may(request, "rounds.open"),
        },
    )


@project_view(may="steering.convene")
def meeting_change(request: TeamRequest, project: Project, uuid: UUID) -> HttpResponse:
    """Change when and where, or the agenda."""
    found = get_object_or_404(Meeting.objects.of(project), uuid=uuid)
    form = MeetingForm(request.POST or None, meeting=found)
    if form.is_valid():
        change = partial(
            services.change_meeting, meeting=found, by=request.user, **form.cleaned_data
        )
        if tried(form, change):
            messages.success(request, _("Saved."))
            return redirect("steering:meeting", project=project.slug, uuid=uuid)
    about = {"project": project, "meeting": found, "form": form}
    return render(request, "steering/meeting_change.html", about, status=status_of(form))


@project_view(may="steering.convene")
def meeting_minutes(request: TeamRequest, project: Project, uuid: UUID) -> HttpResponse:
    """Write who came and what was said."""
    found = get_object_or_404(Meeting.objects.of(project), uuid=uuid)
    form = MinutesForm(request.POST or None, meeting=found)
    if form.is_valid():
        change = partial(
            services.record_minutes,
            meeting=found,
            minutes=form.cleaned_data["minutes"],
            attended=list(form.cleaned_data["attended"]),
            by=request.user,
        )
        if tried(form, change):
            messages.success(request, _("The minutes are saved."))
            return redirect("steering:meeting", project=project.slug, uuid=uuid)
    about = {"project": project, "meeting": found, "form": form}
    return render(request, "steering/meeting_minutes.html", about, status=status_of(form))


@project_view(may="steering.convene")
@require_POST
def meeting_seal(request: TeamRequest, project: Project, uuid: UUID) -> HttpResponse:
    """Seal a meeting's minutes, once the group has agreed them."""
    found = get_object_or_404(Meeting.objects.of(project), uuid=uuid)
    try:
        services.seal_meeting(meeting=found, by=request.user)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The minutes are sealed. Nothing in them can change now."))
    return redirect("steering:meeting", project=project.slug, uuid=uuid)
