"""Pages about the minutes of a meeting: writing, reading, sealing and correcting them."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from coproduction.languages.formats import write_date
from coproduction.projects.models import Project
from coproduction.projects.pages import (
    TeamRequest,
    apply_or_report,
    apply_or_warn,
    form_page,
    number_sent,
    project_view,
    redirect_to,
    url_for,
)
from steering.forms.meeting import CorrectionForm, MinutesForm
from steering.models import Meeting
from steering.services.minutes import (
    circulate_minutes,
    correct_minutes,
    record_minutes,
    seal_meeting,
)
from steering.views.breadcrumbs import meeting_crumbs
from steering.views.meeting import change_unsealed


@project_view(may="steering.convene")
def meeting_minutes(request: TeamRequest, project: Project, uuid: UUID) -> HttpResponse:
    """Write who came and what was said."""
    found = get_object_or_404(Meeting.objects.of(project), uuid=uuid)
    form = MinutesForm(request.POST or None, meeting=found)
    words = {"title": _("Minutes"), "submit": _("Save the minutes")}
    done = _("The minutes are saved.")
    return change_unsealed(request, found, form, record_minutes, done=done, **words)


@project_view(may="steering.convene")
@require_POST
def minutes_circulate(request: TeamRequest, project: Project, uuid: UUID) -> HttpResponse:
    """Tell the group that it can read the minutes."""
    found = get_object_or_404(Meeting.objects.of(project), uuid=uuid)
    apply_or_warn(
        request,
        lambda: circulate_minutes(
            meeting=found, version=number_sent(request, "version"), by=request.user
        ),
        done=_("The members are being told by e-mail that the minutes are ready to read."),
    )
    return redirect_to(project, "steering:meeting", uuid=uuid)


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


@project_view(may="steering.convene")
def minutes_correct(request: TeamRequest, project: Project, uuid: UUID) -> HttpResponse:
    """Say what is wrong in sealed minutes, in a note beside them."""
    found = get_object_or_404(Meeting.objects.of(project), uuid=uuid)
    form = CorrectionForm(request.POST or None)
    if apply_or_report(
        form, lambda: correct_minutes(meeting=found, by=request.user, **form.cleaned_data)
    ):
        messages.success(request, _("The correction stands beside the minutes."))
        return redirect_to(project, "steering:meeting", uuid=uuid)
    return form_page(
        request,
        form,
        base="steering/base.html",
        title=_("Correct the minutes"),
        eyebrow=_("Meeting on %(day)s") % {"day": write_date(found.date)},
        submit=_("Add the correction"),
        crumbs=meeting_crumbs(project, found),
        cancel_url=url_for(project, "steering:meeting", uuid=uuid),
    )
