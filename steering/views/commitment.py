"""Pages about a lead partner's word."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _

from coproduction.languages.codes import page_language
from coproduction.projects.models import Pass, PassScope, Project
from coproduction.projects.pages import (
    TeamRequest,
    apply_or_report,
    form_page,
    pass_view,
    project_view,
    redirect_to,
    status_of,
    url_for,
)
from steering.forms.commitment import CommitmentForm, PartnerWordForm
from steering.forms.decision import SteeringTranslationForm
from steering.models import Commitment
from steering.queries.agreement import status_of_action
from steering.services.commitment import record_commitment, translate_commitment
from steering.services.refusals import NothingToCommitTo
from steering.views.breadcrumbs import action_status_crumbs
from steering.views.decision import translation_page
from workshops.models import Action, Wording


@project_view(may="commitments.record")
def commitment_new(request: TeamRequest, project: Project, uuid: UUID) -> HttpResponse:
    """Record the lead partner's word on what the group agreed."""
    action = get_object_or_404(Action.objects.of(project), uuid=uuid)
    status = status_of_action(action)
    form = CommitmentForm(request.POST or None, project=project)

    def change() -> Commitment:
        agreed = status.agreed
        if agreed is None or agreed.lead is None:
            raise NothingToCommitTo
        lead = agreed.lead
        return record_commitment(
            wording=agreed, organisation=lead, by=request.user, **form.cleaned_data
        )

    if apply_or_report(form, change):
        messages.success(request, _("The commitment is recorded."))
        return redirect_to(project, "steering:action_status", uuid=uuid)
    return form_page(
        request,
        form,
        template="steering/commitment_new.html",
        base="steering/base.html",
        title=_("Record the lead partner's word"),
        eyebrow=_("Action %(number)s") % {"number": action.number},
        submit=_("Record this commitment"),
        crumbs=action_status_crumbs(project, action),
        cancel_url=url_for(project, "steering:action_status", uuid=uuid),
        action_status=status,
    )


@project_view(may="steering.translate")
def commitment_translate(request: TeamRequest, project: Project, uuid: UUID) -> HttpResponse:
    """Say a lead partner's words in the project's other languages."""
    rows = Commitment.objects.of(project).select_related("wording__action")
    found = get_object_or_404(rows, uuid=uuid)
    form = SteeringTranslationForm(request.POST or None, project=project, text=found.text)
    return translation_page(
        request,
        form,
        lambda: translate_commitment(commitment=found, by=request.user, **form.cleaned_data),
        title=_("Translate the partner's words"),
        text=found.text,
        action=found.wording.action,
    )


@pass_view(scope=PassScope.COMMITMENT)
def commitment_by_pass(
    request: HttpRequest, project: Project, given: Pass, token: str
) -> HttpResponse:
    """Let a lead partner give its word on what the group agreed last, without signing in."""
    wording = get_object_or_404(Wording.objects.of(project), uuid=given.subject)
    status = status_of_action(wording.action)
    earlier = status.earlier_commitment
    form = PartnerWordForm(request.POST if request.method == "POST" else None)

    def change() -> Commitment:
        if wording.lead is None:
            raise NothingToCommitTo
        words = form.cleaned_data["text"]
        return record_commitment(
            wording=wording,
            organisation=wording.lead,
            text={page_language(): words} if words else {},
            committed_on=timezone.localdate(),
            contact_email=earlier.contact_email if earlier else "",
            by=given,
            sending=form.cleaned_data["sending"],
        )

    if apply_or_report(form, change):
        return redirect_to(project, "steering:commitment_by_pass", token=token)
    context = {
        "project": project,
        "wording": wording,
        "earlier": earlier,
        "commitment": status.commitment if status.agreed == wording else None,
        "is_agreed": status.agreed == wording,
        "form": form,
        "token": token,
    }
    page = "steering/commitment_by_pass.html"
    return render(request, page, context, status=status_of(form))
