"""Pages about what was decided: the register, where an action stands, commitments."""

from functools import partial
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from coproduction.projects.access import may
from coproduction.projects.models import Project
from coproduction.projects.pages import TeamRequest, project_view
from steering.forms.decision import CommitmentForm, SteeringTranslationForm
from steering.models import Commitment, Decision, Round
from steering.queries.agreement import status_of_action
from steering.queries.answer import answer_counts_of
from steering.queries.evidence import in_readers_language, why
from steering.queries.translation import changed_translations_of
from steering.services.commitment import record_commitment, translate_commitment
from steering.services.decision import translate_reason
from steering.services.refusals import NothingToCommitTo
from steering.views.trying import status_of, tried
from workshops.models import Action
from workshops.queries.wording import compare_wordings


@project_view(may="steering.view")
def decision_list(request: TeamRequest, project: Project) -> HttpResponse:
    """Show the register of decisions, newest first."""
    outcome = request.GET.get("outcome", "")
    rows = Decision.objects.of(project).select_related("round__wording__action__theme")
    counts = dict(
        Decision.objects.of(project).values_list("outcome").annotate(Count("pk")).order_by()
    )
    if outcome in Decision.Outcome:
        rows = rows.filter(outcome=outcome)
    page = Paginator(rows.order_by("-decided_on", "-pk"), 50).get_page(request.GET.get("page"))
    numbers = answer_counts_of([decision.round for decision in page])
    for decision in page:
        decision.numbers = numbers[decision.round_id]
    choices = [("", _("All"), sum(counts.values()))]
    choices += [
        (value, str(label), counts.get(value, 0)) for value, label in Decision.Outcome.choices
    ]
    tabs = [
        {"label": label, "number": number, "current": value == outcome, "url": f"?outcome={value}"}
        for value, label, number in choices
    ]
    about = {"project": project, "page": page, "tabs": tabs}
    return render(request, "steering/decision_list.html", about)


@project_view(may="steering.translate")
def decision_translate(request: TeamRequest, project: Project, uuid: UUID) -> HttpResponse:
    """Say a decision's reason in the project's other languages."""
    found = get_object_or_404(
        Decision.objects.of(project).select_related("round__wording__action"), uuid=uuid
    )
    form = SteeringTranslationForm(request.POST or None, project=project, text=found.reason)
    action = found.round.wording.action
    if form.is_valid():
        reason = form.cleaned_data["text"]
        if tried(form, partial(translate_reason, decision=found, reason=reason, by=request.user)):
            messages.success(request, _("The translation is saved."))
            return redirect("steering:action_status", project=project.slug, uuid=action.uuid)
    about = {"project": project, "action": action, "text": found.reason, "form": form}
    about["source_text"] = found.reason.text(found.reason.source or "")
    return render(request, "steering/decision_translate.html", about, status=status_of(form))


@project_view(may="steering.view")
def action_status(request: TeamRequest, project: Project, uuid: UUID) -> HttpResponse:
    """Show where one action stands with the group, and how it got there."""
    rows = Action.objects.of(project).select_related("project", "theme")
    action = get_object_or_404(rows, uuid=uuid)
    stands = status_of_action(action)
    rounds = list(
        Round.every.of(project)
        .filter(wording__action=action)
        .select_related("wording", "decision", "meeting")
        .order_by("-opened_at", "-pk")
    )
    numbers = answer_counts_of(rounds)
    for each in rounds:
        each.numbers = numbers[each.pk]
        each.untranslated = _lacks(getattr(each, "decision", None), project)
    changes = (
        in_readers_language(compare_wordings(stands.agreed, stands.latest))
        if stands.agreed is not None and stands.agreed.pk != stands.latest.pk
        else []
    )
    return render(
        request,
        "steering/action_status.html",
        {
            "project": project,
            "action": action,
            "stands": stands,
            "shown": stands.agreed or stands.latest,
            "changes": changes,
            "retold": changed_translations_of([stands]),
            "rounds": rounds,
            "why": why(action),
            "sees_action": may(request, "workshops.view"),
            "commits": may(request, "commitments.record"),
            "translates": may(request, "steering.translate"),
            "opens": may(request, "rounds.open"),
            "rewords": may(request, "actions.write"),
        },
    )


def _lacks(decision: Decision | None, project: Project) -> bool:
    """Whether a decision's reason is missing, or out of date, in one of the languages owed."""
    if decision is None:
        return False
    owed = project.languages
    return bool(decision.reason.missing(owed) or decision.reason.out_of_date(owed))


@project_view(may="commitments.record")
def commitment_new(request: TeamRequest, project: Project, uuid: UUID) -> HttpResponse:
    """Record the lead partner's word on what the group agreed."""
    action = get_object_or_404(Action.objects.of(project), uuid=uuid)
    stands = status_of_action(action)
    form = CommitmentForm(request.POST or None, project=project)
    if form.is_valid():

        def change() -> Commitment:
            if stands.agreed is None or stands.agreed.lead is None:
                raise NothingToCommitTo
            return record_commitment(
                wording=stands.agreed,
                organisation=stands.agreed.lead,
                by=request.user,
                **form.cleaned_data,
            )

        if tried(form, change):
            messages.success(request, _("The commitment is recorded."))
            return redirect("steering:action_status", project=project.slug, uuid=uuid)
    about = {"project": project, "action": action, "stands": stands, "form": form}
    return render(request, "steering/commitment_new.html", about, status=status_of(form))


@project_view(may="steering.translate")
def commitment_translate(request: TeamRequest, project: Project, uuid: UUID) -> HttpResponse:
    """Say a lead partner's words in the project's other languages."""
    found = get_object_or_404(
        Commitment.objects.of(project).select_related("wording__action"), uuid=uuid
    )
    form = SteeringTranslationForm(request.POST or None, project=project, text=found.text)
    action = found.wording.action
    if form.is_valid():
        text = form.cleaned_data["text"]
        change = partial(translate_commitment, commitment=found, text=text, by=request.user)
        if tried(form, change):
            messages.success(request, _("The translation is saved."))
            return redirect("steering:action_status", project=project.slug, uuid=action.uuid)
    about = {"project": project, "action": action, "text": found.text, "form": form}
    about["source_text"] = found.text.text(found.text.source or "")
    return render(request, "steering/commitment_translate.html", about, status=status_of(form))
