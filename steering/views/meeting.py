"""Pages about the group's meetings."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _

from coproduction.languages.formats import write_date
from coproduction.projects.access import may
from coproduction.projects.models import Project
from coproduction.projects.pages import (
    TeamRequest,
    apply_or_report,
    form_page,
    project_view,
    redirect_to,
    url_for,
)
from coproduction.projects.text_templates import templates_offered
from steering.forms.meeting import CallOffForm, MeetingForm, NewMeetingForm
from steering.models import Meeting, Round
from steering.queries.meeting import TIME_TO_READ, people_who_came, was_time_to_read
from steering.services.meeting import call_meeting, call_off_meeting, change_meeting
from steering.views.breadcrumbs import meeting_crumbs


@project_view(may="steering.view")
def meeting_list(request: TeamRequest, project: Project) -> HttpResponse:
    """Show the group's meetings, newest first."""
    rows = Meeting.objects.of(project).annotate(
        came=Count("attended", distinct=True),
        asked=Count("rounds", distinct=True, filter=Q(rounds__taken_back_at__isnull=True)),
    )
    context = {
        "project": project,
        "page": Paginator(rows.order_by("-date", "-pk"), 50).get_page(request.GET.get("page")),
        "convenes": may(request, "steering.convene"),
    }
    return render(request, "steering/meeting_list.html", context)


@project_view(may="steering.convene")
def meeting_new(request: TeamRequest, project: Project) -> HttpResponse:
    """Call the group together, or write down a meeting that has been."""
    offer = templates_offered(request, project, Meeting)
    form = NewMeetingForm(request.POST or None, initial=offer.initial)
    called = apply_or_report(
        form, lambda: call_meeting(project=project, by=request.user, **form.cleaned_data)
    )
    if called is not None:
        past = called.date < timezone.localdate()
        telling = _("The meeting is called. The members are being told by e-mail.")
        messages.success(request, _("The meeting is written down.") if past else telling)
        return redirect_to(project, "steering:meeting", uuid=called.uuid)
    return form_page(
        request,
        form,
        base="steering/base.html",
        title=_("Call a meeting"),
        submit=_("Call this meeting"),
        crumbs=meeting_crumbs(project),
        cancel_url=url_for(project, "steering:meeting_list"),
        **offer.context,
    )


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
    told_at = found.circulated_at
    context = {
        "project": project,
        "meeting": found,
        "came": people_who_came(found),
        "corrections": found.corrections.select_related("by"),
        "rounds": rounds,
        "may_be_sealed": was_time_to_read(found, timezone.now()),
        "may_be_sealed_from": told_at + TIME_TO_READ if told_at else None,
        "convenes": may(request, "steering.convene"),
        "opens": may(request, "rounds.open"),
    }
    return render(request, "steering/meeting.html", context)


@project_view(may="steering.convene")
def meeting_change(request: TeamRequest, project: Project, uuid: UUID) -> HttpResponse:
    """Put off a meeting, move it, or change what it is to talk about."""
    found = get_object_or_404(Meeting.objects.of(project), uuid=uuid)
    form = MeetingForm(request.POST or None, meeting=found)
    words = {"title": _("Change date or agenda"), "submit": _("Save the changes")}
    return change_unsealed(request, found, form, change_meeting, done=_("Saved."), **words)


@project_view(may="steering.convene")
def meeting_call_off(request: TeamRequest, project: Project, uuid: UUID) -> HttpResponse:
    """Call a meeting off, and say why."""
    found = get_object_or_404(Meeting.objects.of(project), uuid=uuid)
    form = CallOffForm(request.POST or None)
    words = {"title": _("Call off the meeting"), "submit": _("Call it off"), "kind": "danger"}
    done = _("The meeting is called off.")
    return change_unsealed(request, found, form, call_off_meeting, done=done, **words)


def change_unsealed(
    request: TeamRequest,
    meeting: Meeting,
    form: Form,
    change: Callable[..., object],
    *,
    done: str,
    **words: Any,
) -> HttpResponse:
    """Change a meeting as its form says and go back to it; show the form until that is done.

    Of one that is sealed or called off, the page says that nothing changes any more.
    """
    if apply_or_report(form, lambda: change(meeting=meeting, by=request.user, **form.cleaned_data)):
        messages.success(request, done)
        return redirect_to(request.project, "steering:meeting", uuid=meeting.uuid)
    return form_page(
        request,
        form,
        template="steering/unsealed_form_page.html",
        base="steering/base.html",
        eyebrow=_("Meeting on %(day)s") % {"day": write_date(meeting.date)},
        crumbs=meeting_crumbs(request.project, meeting),
        cancel_url=url_for(request.project, "steering:meeting", uuid=meeting.uuid),
        meeting=meeting,
        **words,
    )
