"""The page of when answers are put on hold, and the networks that the team looks out for."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

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
from engagements.forms.hold import HoldRulesForm
from engagements.models import Hold, WatchedNetwork
from engagements.services.hold import rules_of
from engagements.services.hold_rules import change_hold_rules, end_watch, watch_network
from engagements.views.breadcrumbs import comment_crumbs


@project_view(may="comments.withhold")
def hold_rules(request: TeamRequest, project: Project) -> HttpResponse:
    """Say how many answers in an hour count unseen, and which words are looked out for."""
    data = request.POST if request.method == "POST" else None
    form = HoldRulesForm(data, rules=rules_of(project))
    changed = apply_or_report(
        form, lambda: change_hold_rules(project=project, by=request.user, **form.cleaned_data)
    )
    desk = url_for(project, "engagements:hold_list")
    if changed is not None:
        messages.success(request, _("Saved. It holds for the answers that come from now on."))
        return redirect_to(project, "engagements:hold_rules")
    watched = WatchedNetwork.objects.of(project).in_force().select_related("by")
    return form_page(
        request,
        form,
        template="engagements/hold_rules.html",
        title=_("What goes on hold"),
        lead=_(
            "An answer to a survey that goes on hold is kept, and counts nowhere until a "
            "co-ordinator has looked at it."
        ),
        submit=_("Save"),
        crumbs=[*comment_crumbs(project), {"label": _("Answers on hold"), "url": desk}],
        cancel_url=desk,
        watched=list(watched),
    )


@project_view(may="comments.withhold")
@require_POST
def network_watch(request: TeamRequest, project: Project, uuid: UUID) -> HttpResponse:
    """Look out for the network that one answer on hold came from."""
    holds = Hold.objects.of(project).select_related("project", "submission")
    hold = get_object_or_404(holds, uuid=uuid)
    apply_or_warn(
        request,
        lambda: watch_network(hold=hold, by=request.user),
        done=_("What comes from that network from now on goes on hold."),
    )
    return redirect_to(project, "engagements:hold_rules")


@project_view(may="comments.withhold")
@require_POST
def network_watch_end(request: TeamRequest, project: Project, uuid: UUID) -> HttpResponse:
    """No longer look out for a network."""
    rows = WatchedNetwork.objects.of(project).select_related("project")
    watched = get_object_or_404(rows, uuid=uuid)
    apply_or_warn(
        request,
        lambda: end_watch(watched=watched, by=request.user),
        done=_("What comes from that network counts again like any other."),
    )
    return redirect_to(project, "engagements:hold_rules")
