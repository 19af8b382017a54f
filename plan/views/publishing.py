"""The gate, and going through it."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from coproduction.projects.access import may
from coproduction.projects.models import Project
from coproduction.projects.pages import (
    TeamRequest,
    apply_or_report,
    project_view,
    redirect_to,
    status_of,
)
from plan.forms import PublishForm
from plan.models import Edition
from plan.queries.gate import gate_of
from plan.services.edition import publish as publish_edition
from plan.views.breadcrumbs import editor_crumbs
from plan.views.obstacles import notes_on, obstacles_in


@project_view(may="plan.view")
def gate(request: TeamRequest, project: Project) -> HttpResponse:
    """Show what stands in the way of publishing, each with the page where it is put right."""
    last = Edition.objects.latest_of(project)
    title = last.title if last else project.name
    form = PublishForm(languages=project.languages, initial={"title": title})
    return _gate(request, project, form)


@project_view(may="plan.publish", again=True)
@require_POST
def publish(request: TeamRequest, project: Project) -> HttpResponseBase:
    """Publish an edition, or say what is in the way."""
    form = PublishForm(request.POST, languages=project.languages)
    edition = apply_or_report(
        form, lambda: publish_edition(project=project, by=request.user, **form.cleaned_data)
    )
    if edition is None:
        return _gate(request, project, form)
    # That its files are being made is said beside them, for as long as it is so.
    messages.success(request, _("Edition %(number)d is published.") % {"number": edition.number})
    return redirect_to(project, "plan:editor")


def _gate(request: TeamRequest, project: Project, form: PublishForm) -> HttpResponse:
    """Draw the gate as it stands now."""
    last = Edition.objects.latest_of(project)
    gate = gate_of(project)
    # What is on this page from here on is what they have read.
    form.carry("read", gate.promises_fingerprint)
    form.carry("follows", last.number if last else 0)
    context = {
        "project": project,
        "crumbs": editor_crumbs(project),
        "last": last,
        "gate": gate,
        "obstacles": obstacles_in(gate),
        "notes": notes_on(gate),
        "nothing_new": gate.brings_nothing_new(last),
        "form": form,
        "may_publish": may(request, "plan.publish"),
        "next_number": last.number + 1 if last else 1,
    }
    return render(request, "plan/gate.html", context, status=status_of(form))
