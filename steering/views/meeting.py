"""Pages about the group's meetings."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from coproduction.languages.formats import write_date
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
from steering.forms.meeting import MeetingForm, MinutesForm
from steering.models import Meeting, Round
from steering.services.meeting import call_meeting, change_meeting
from steering.services.minutes import record_minutes, seal_meeting
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
    """Call a meeting."""
    form = MeetingForm(request.POST or None)
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
    context = {
        "project": project,
        "meeting": found,
        "came": found.attended.order_by("name"),
        "rounds": rounds,
        "convenes": may(request, "steering.convene"),
        "opens": may(request, "rounds.open"),
    }
    return render(request, "steering/meeting.html", context)


@project_view(may="steering.convene")
def meeting_change(request: TeamRequest, project: Project, uuid: UUID) -> HttpResponse:
    """Change when and where, or the agenda."""
    found = get_object_or_404(Meeting.objects.of(project), uuid=uuid)
    form = MeetingForm(request.POST or None, meeting=found)
    if apply_or_report(
        form, lambda: change_meeting(meeting=found, by=request.user, **form.cleaned_data)
    ):
        messages.success(request, _("Saved."))
        return redirect_to(project, "steering:meeting", uuid=uuid)
    words = {"title": _("Change date or agenda"), "submit": _("Save the changes")}
    return _unsealed_form_page(request, form, found, **words)


@project_view(may="steering.convene")
def meeting_minutes(request: TeamRequest, project: Project, uuid: UUID) -> HttpResponse:
    """Write who came and what was said."""
    found = get_object_or_404(Meeting.objects.of(project), uuid=uuid)
    form = MinutesForm(request.POST or None, meeting=found)
    if apply_or_report(
        form, lambda: record_minutes(meeting=found, by=request.user, **form.cleaned_data)
    ):
        messages.success(request, _("The minutes are saved."))
        return redirect_to(project, "steering:meeting", uuid=uuid)
    words = {"title": _("Minutes"), "submit": _("Save the minutes")}
    return _unsealed_form_page(request, form, found, **words)


def _unsealed_form_page(
    request: TeamRequest, form: BaseForm, meeting: Meeting, **words: Any
) -> HttpResponse:
    """Show a form about a meeting; once its minutes are sealed, that it can't change any more."""
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


@project_view(may="steering.convene")
@require_POST
def meeting_seal(request: TeamRequest, project: Project, uuid: UUID) -> HttpResponse:
    """Seal a meeting's minutes, once the group has agreed them."""
    found = get_object_or_404(Meeting.objects.of(project), uuid=uuid)
    apply_or_warn(
        request,
        lambda: seal_meeting(meeting=found, by=request.user),
        done=_("The minutes are sealed. Nothing in them can change now."),
    )
    return redirect_to(project, "steering:meeting", uuid=uuid)
