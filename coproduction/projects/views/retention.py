"""The settings of how small a number is shown, and how long things are kept."""

from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext as _

from coproduction.projects.forms.retention import PeriodsForm
from coproduction.projects.models import Project, Retention
from coproduction.projects.pages import (
    TeamRequest,
    apply_or_report,
    form_page,
    project_view,
    redirect_to,
    url_for,
)
from coproduction.projects.services.retention import set_periods


@project_view(may="project.manage")
def periods(request: TeamRequest, project: Project) -> HttpResponse:
    """Say how small a number is shown, and for how long each kind of thing is kept."""
    now = Retention.objects.in_force(project)
    form = PeriodsForm(
        request.POST or None, initial={"small_number": project.small_number, **now.months}
    )
    changed = apply_or_report(
        form, lambda: set_periods(project=project, by=request.user, **form.cleaned_data)
    )
    if changed is not None:
        messages.success(request, _("Saved."))
        return redirect_to(project, "projects:periods")
    return form_page(
        request,
        form,
        title=_("How long things are kept"),
        lead=_(
            "These go by themselves when their time is over, and the page about privacy says so. "
            "Before anything goes, you are told two weeks ahead. What people said, what the group "
            "agreed, what was published and the history of changes always stay."
        ),
        submit=_("Save"),
        crumbs=[{"label": _("Settings"), "url": url_for(project, "projects:settings_page")}],
        cancel_url=url_for(project, "projects:settings_page"),
    )
