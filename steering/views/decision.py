"""Pages about what was decided: the register, and the reasons in other languages."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from coproduction.languages.models import Translated
from coproduction.projects.models import Project
from coproduction.projects.pages import (
    TeamRequest,
    apply_or_report,
    form_page,
    project_view,
    url_for,
)
from steering.forms.decision import SteeringTranslationForm
from steering.models import Decision
from steering.queries.answer import answer_counts_of
from steering.services.decision import translate_reason
from steering.views.breadcrumbs import action_status_crumbs
from workshops.models import Action


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
    tallies = answer_counts_of([decision.round for decision in page])
    for decision in page:
        decision.tally = tallies[decision.round_id]
    choices = [("", _("All"), sum(counts.values()))]
    choices += [
        (value, str(label), counts.get(value, 0)) for value, label in Decision.Outcome.choices
    ]
    tabs = [
        {"label": label, "number": number, "current": value == outcome, "url": f"?outcome={value}"}
        for value, label, number in choices
    ]
    context = {"project": project, "page": page, "tabs": tabs}
    return render(request, "steering/decision_list.html", context)


@project_view(may="steering.translate")
def decision_translate(request: TeamRequest, project: Project, uuid: UUID) -> HttpResponse:
    """Say a decision's reason in the project's other languages."""
    rows = Decision.objects.of(project).select_related("round__wording__action")
    found = get_object_or_404(rows, uuid=uuid)
    form = SteeringTranslationForm(request.POST or None, project=project, text=found.reason)
    return translation_page(
        request,
        form,
        lambda: translate_reason(decision=found, by=request.user, **form.cleaned_data),
        title=_("Translate the reason"),
        text=found.reason,
        action=found.round.wording.action,
    )


def translation_page(
    request: TeamRequest,
    form: SteeringTranslationForm,
    change: Callable[[], object],
    *,
    title: str,
    text: Translated,
    action: Action,
) -> HttpResponse:
    """Ask for a text of an action in the project's other languages, beside what it says now."""
    url = url_for(request.project, "steering:action_status", uuid=action.uuid)
    if apply_or_report(form, change):
        messages.success(request, _("The translation is saved."))
        return HttpResponseRedirect(url)
    return form_page(
        request,
        form,
        template="steering/translation_page.html",
        base="steering/base.html",
        title=title,
        eyebrow=_("Action %(number)s") % {"number": action.number},
        submit=_("Save the translation"),
        crumbs=action_status_crumbs(request.project, action),
        cancel_url=url,
        text=text,
        source_text=text.text(text.source or ""),
    )
