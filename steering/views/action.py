"""Pages about where actions stand with the group."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from coproduction.projects.access import may, names_of_those_who
from coproduction.projects.models import Project
from coproduction.projects.pages import (
    TeamRequest,
    apply_or_report,
    form_page,
    project_view,
    redirect_to,
    url_for,
)
from steering.forms.action import WithdrawActionForm
from steering.models import Round
from steering.queries.agreement import status_of_action, statuses_of_actions
from steering.queries.answer import answer_counts_of
from steering.queries.evidence import evidence_of_action
from steering.queries.round import was_asked_about
from steering.queries.round_evidence import evidence_of_round
from steering.queries.translation import changed_translations_of
from steering.queries.wording import changes_for_reader
from steering.services.action import withdraw_action
from steering.views.breadcrumbs import action_status_crumbs
from workshops.models import Action


@project_view(may="workshops.view")
def action_status_list(request: TeamRequest, project: Project) -> HttpResponse:
    """Show where every action stands, to whoever may see actions: their lists load it from here."""
    statuses = statuses_of_actions(project).values()
    return render(request, "steering/action_status_list.html", {"action_statuses": statuses})


@project_view(may="steering.view")
def action_status(request: TeamRequest, project: Project, uuid: UUID) -> HttpResponse:
    """Show where one action stands with the group, and how it got there."""
    rows = Action.objects.of(project).select_related("project", "theme")
    action = get_object_or_404(rows, uuid=uuid)
    status = status_of_action(action)
    agreed, latest = status.agreed, status.latest
    rounds = list(
        Round.every.of(project)
        .filter(wording__action=action)
        .select_related("wording", "decision", "meeting")
        .order_by("-opened_at", "-pk")
    )
    tallies = answer_counts_of(rounds)
    for each in rounds:
        each.tally = tallies[each.pk]
    changed = agreed is not None and agreed.pk != latest.pk
    decided = status.deciding_round
    context = {
        "project": project,
        "action": action,
        "action_status": status,
        "wording": agreed or latest,
        "changes": changes_for_reader(agreed, latest) if agreed and changed else [],
        "changed_translations": changed_translations_of([status]),
        "rounds": rounds,
        "asked": evidence_of_round(decided) if decided else None,
        "evidence": None if decided else evidence_of_action(action),
        "sees_action": may(request, "workshops.view"),
        "commits": may(request, "commitments.record"),
        "recorders": names_of_those_who("commitments.record", project),
        "translates": may(request, "steering.translate"),
        "opens": may(request, "rounds.open"),
        "rewords": may(request, "actions.write"),
    }
    return render(request, "steering/action_status.html", context)


@project_view(may="actions.write")
def action_withdraw(request: TeamRequest, project: Project, uuid: UUID) -> HttpResponse:
    """Take an action off that was made by mistake, as long as nobody was asked about it."""
    action = get_object_or_404(Action.objects.of(project).select_related("project"), uuid=uuid)
    form = WithdrawActionForm(request.POST or None)
    withdrawn = apply_or_report(
        form, lambda: withdraw_action(action=action, by=request.user, **form.cleaned_data)
    )
    if withdrawn is not None:
        messages.success(request, _("Action %(number)s is withdrawn.") % {"number": action.number})
        return redirect_to(project, "workshops:action", uuid=uuid)
    return form_page(
        request,
        form,
        template="steering/action_withdraw.html",
        base="steering/base.html",
        title=_("Withdraw action %(number)s") % {"number": action.number},
        submit=_("Withdraw it"),
        kind="danger",
        crumbs=action_status_crumbs(project, action),
        cancel_url=url_for(project, "workshops:action", uuid=uuid),
        action=action,
        was_asked=was_asked_about(action),
    )
