"""The page of what will go, and putting it off."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from coproduction.projects.forms.retention import PutOffForm
from coproduction.projects.models import Project, Retention, RetentionNotice
from coproduction.projects.models.retention import PERIODS
from coproduction.projects.pages import (
    TeamRequest,
    apply_or_report,
    form_page,
    project_view,
    redirect_to,
    url_for,
)
from coproduction.projects.services.retention import put_off
from overview.queries.retention import notice_waiting

# The page tells of so many that went before.
_TOLD = 12


def _lines(counts: dict[str, int]) -> list[tuple[str, int]]:
    """Return each kind by its name, with how many."""
    return [(Retention.label_of(name), counts[name]) for name in PERIODS if name in counts]


@project_view(may="project.manage")
def retention(request: TeamRequest, project: Project) -> HttpResponse:
    """Show what will go, when, and what went before."""
    notice = notice_waiting(project)
    gone = RetentionNotice.objects.of(project).filter(done_at__isnull=False)[:_TOLD]
    context = {
        "project": project,
        "notice": notice,
        "lines": _lines(notice.counts) if notice else [],
        "gone": [(each, _lines(each.counts)) for each in gone],
        "crumbs": _crumbs(project),
    }
    return render(request, "overview/retention.html", context)


@project_view(may="project.manage")
def retention_put_off(request: TeamRequest, project: Project) -> HttpResponse:
    """Let what will go wait once, and say why."""
    notice = notice_waiting(project)
    if notice is None:
        raise Http404
    form = PutOffForm(request.POST or None)
    changed = apply_or_report(
        form, lambda: put_off(notice=notice, by=request.user, **form.cleaned_data)
    )
    if changed is not None:
        messages.success(request, _("Put off."))
        return redirect_to(project, "overview:retention")
    return form_page(
        request,
        form,
        title=_("Put it off"),
        lead=_("What is announced waits for 30 days more. This can be done once."),
        submit=_("Put it off for 30 days"),
        crumbs=_crumbs(project),
        cancel_url=url_for(project, "overview:retention"),
    )


def _crumbs(project: Project) -> list[dict[str, str]]:
    """Return the way back to the settings of how long things are kept."""
    return [
        {"label": _("Settings"), "url": url_for(project, "projects:settings_page")},
        {"label": _("How long things are kept"), "url": url_for(project, "projects:periods")},
    ]
