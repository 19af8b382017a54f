"""Pages of actions: the list, one of them, writing, rewording, translating and moving it."""

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from coproduction.languages.sorting import by_name
from coproduction.projects.access import may
from coproduction.projects.models import Organisation, Project
from coproduction.projects.pages import (
    TeamRequest,
    apply_or_report,
    form_page,
    project_view,
    redirect_to,
    url_for,
)
from workshops.forms.action import (
    ActionFilterForm,
    ActionPlaceForm,
    ProposalForm,
    WordingForm,
    WordingTranslationForm,
)
from workshops.models import Action, Wording, Workshop
from workshops.queries.action import newest_wordings, withdrawn_wordings
from workshops.queries.counts import count_actions_led
from workshops.queries.evidence import CitedEvidence, evidence_of
from workshops.queries.wording import wording_by_language, wording_history, wordings_with_partners
from workshops.services.action import (
    move_action,
    propose_action,
    reword_action,
    translate_wording,
)
from workshops.views.breadcrumbs import action_crumbs

PER_PAGE = 50
COMMENTS_PER_PAGE = 10


@project_view(may="workshops.view")
def action_list(request: TeamRequest, project: Project) -> HttpResponse:
    """List the actions by number, narrowed by theme and lead."""
    form = ActionFilterForm(request.GET, project=project)
    chosen: dict[str, Any] = form.cleaned_data if form.is_valid() else {}
    rows = newest_wordings(project, theme=chosen.get("theme"), lead=chosen.get("lead"))
    context = {
        "page": Paginator(rows, PER_PAGE).get_page(request.GET.get("page")),
        "form": form,
        "narrowed": any(chosen.values()),
        "withdrawn": withdrawn_wordings(project),
        "may_write": may(request, "actions.write"),
    }
    return render(request, "workshops/action_list.html", context)


@project_view(may="workshops.view")
def action_led_list(request: TeamRequest, project: Project) -> HttpResponse:
    """Say of each organisation how many actions it leads. The list of organisations loads it."""
    led = count_actions_led(project)
    organisations = by_name(Organisation.objects.of(project))
    context = {
        "rows": [(each, led.get(each.pk, 0)) for each in organisations],
        "crumbs": action_crumbs(project),
    }
    return render(request, "workshops/action_led_list.html", context)


@project_view(may="workshops.view")
def action(request: TeamRequest, project: Project, uuid: UUID) -> HttpResponse:
    """Show an action: what it promises, what it answers, and how its wording came to be."""
    found = get_object_or_404(
        Action.objects.of(project).select_related("theme", "workshop", "project"), uuid=uuid
    )
    history = wording_history(found)
    evidence = evidence_of(found)
    comments = Paginator(evidence.comments, COMMENTS_PER_PAGE)
    context = {
        "action": found,
        "wording": history[0].wording,
        "history": history,
        "cited": evidence,
        "page": comments.get_page(request.GET.get("page")),
        "crumbs": action_crumbs(project),
        "sides": wording_by_language(history[0].wording, project.languages),
        "thread": _thread(evidence, found, project),
        "next_step": _next_step(request, found, history[0].wording, evidence),
        "taken_off": _taken_off(request, project, found),
        "may_write": may(request, "actions.write") and found.withdrawn_at is None,
        "sees_steering": may(request, "steering.view"),
    }
    return render(request, "workshops/action.html", context)


def _taken_off(request: TeamRequest, project: Project, action: Action) -> dict[str, Any] | None:
    """Say what was just taken off as evidence, and the way back: ``?off=comments-12``."""
    kind, _dash, pk = request.GET.get("off", "").partition("-")
    if kind not in {"comments", "notes", "findings"} or not pk.isdecimal():
        return None
    return {
        "text": _("That is taken off as evidence."),
        "url": url_for(project, "workshops:evidence_cite", uuid=action.uuid),
        "label": _("Put it back"),
        "fields": {kind: pk, "back": "action"},
    }


def _next_step(
    request: TeamRequest, action: Action, wording: Wording, evidence: CitedEvidence
) -> dict[str, str] | None:
    """Say the one next thing an action needs before the group; nothing for those who may not."""
    project = request.project
    if not may(request, "actions.write") or action.withdrawn_at is not None:
        return None
    if not (evidence.notes or evidence.findings or evidence.comments.exists()):
        url = url_for(project, "workshops:evidence_choose", uuid=action.uuid)
        return {"text": _("Say what it answers."), "url": url, "action": _("Choose evidence")}
    if wording.lead is None:
        url = url_for(project, "workshops:action_reword", uuid=action.uuid)
        return {"text": _("Nobody leads it yet."), "url": url, "action": _("Name the lead")}
    if any(
        side.is_missing or side.is_out_of_date
        for side in wording_by_language(wording, project.languages)
    ):
        url = url_for(project, "workshops:wording_translate", uuid=wording.uuid)
        return {"text": _("A translation is waiting."), "url": url, "action": _("Translate it")}
    return None


def _thread(evidence: CitedEvidence, action: Action, project: Project) -> list[dict[str, object]]:
    """Return the stops of the thread that leads to an action: how much it rests on."""
    stops: list[dict[str, object]] = []
    if number := evidence.comments.count():
        stops.append(
            {"number": number, "label": ngettext("comment", "comments", number), "url": "#comments"}
        )
    if number := len(evidence.notes):
        stops.append({"number": number, "label": ngettext("note", "notes", number)})
    if action.workshop:
        url = url_for(project, "workshops:workshop", uuid=action.workshop.uuid)
        stops.append({"label": str(action.workshop.title), "url": url})
    label = _("Action %(number)d") % {"number": action.number}
    return [*stops, {"label": label, "current": True}]


@project_view(may="actions.write")
def action_propose(request: TeamRequest, project: Project) -> HttpResponse:
    """Write a new action; ``?workshop=`` names where it was designed."""
    form = ProposalForm(
        request.POST or None, project=project, initial=_designed_at(request, project)
    )
    proposed = apply_or_report(
        form, lambda: propose_action(project=project, by=request.user, **form.proposal())
    )
    if proposed is not None:
        return redirect_to(project, "workshops:evidence_choose", uuid=proposed.uuid)
    return form_page(
        request,
        form,
        template="workshops/action_propose.html",
        title=_("Write an action"),
        note=_(
            "It gets a number of its own, and stays a draft until the steering group agrees it."
        ),
        submit=_("Save and choose evidence"),
        crumbs=action_crumbs(project),
        cancel_url=url_for(project, "workshops:action_list"),
    )


def _designed_at(request: TeamRequest, project: Project) -> dict[str, Any]:
    """Start from the workshop the reader came from, and its theme."""
    try:
        wanted = UUID(request.GET.get("workshop", ""))
    except ValueError:
        return {}
    standing = Workshop.objects.of(project).standing().select_related("theme")
    workshop = standing.filter(uuid=wanted).first()
    return {"workshop": workshop.uuid, "theme": workshop.theme.uuid} if workshop else {}


@project_view(may="actions.write")
def action_reword(request: TeamRequest, project: Project, uuid: UUID) -> HttpResponse:
    """Promise something else: a new wording of the action."""
    found = get_object_or_404(Action.objects.of(project).select_related("project"), uuid=uuid)
    wording = wordings_with_partners(found).last()
    form = WordingForm(request.POST or None, project=project, wording=wording)
    reworded = apply_or_report(
        form,
        lambda: reword_action(
            action=found, by=request.user, seen=form.cleaned_data["seen"], **form.promise()
        ),
    )
    if reworded is not None:
        return redirect_to(project, "workshops:action", uuid=uuid)
    return form_page(
        request,
        form,
        template="workshops/action_reword.html",
        title=_("Reword action %(number)s") % {"number": found.number},
        submit=_("Save the wording"),
        crumbs=action_crumbs(project, found),
        cancel_url=url_for(project, "workshops:action", uuid=uuid),
    )


@project_view(may="actions.write")
def action_move(request: TeamRequest, project: Project, uuid: UUID) -> HttpResponse:
    """Put an action under another theme, or another workshop."""
    found = get_object_or_404(
        Action.objects.of(project).select_related("theme", "workshop", "project"), uuid=uuid
    )
    form = ActionPlaceForm(request.POST or None, project=project, action=found)
    moved = apply_or_report(
        form, lambda: move_action(action=found, by=request.user, **form.cleaned_data)
    )
    if moved is not None:
        return redirect_to(project, "workshops:action", uuid=uuid)
    return form_page(
        request,
        form,
        title=_("Move action %(number)s") % {"number": found.number},
        note=_("Its number and what it promises stay the same."),
        submit=_("Move the action"),
        crumbs=action_crumbs(project, found),
        cancel_url=url_for(project, "workshops:action", uuid=uuid),
    )


@project_view(may="actions.write")
def wording_translate(request: TeamRequest, project: Project, uuid: UUID) -> HttpResponse:
    """Say the same wording in the project's other languages."""
    wording = get_object_or_404(
        Wording.objects.of(project).select_related("action", "project"), uuid=uuid
    )
    action = wording.action
    form = WordingTranslationForm(request.POST or None, project=project, wording=wording)
    translated = apply_or_report(
        form, lambda: translate_wording(wording=wording, by=request.user, **form.cleaned_data)
    )
    if translated is not None:
        return redirect_to(project, "workshops:action", uuid=action.uuid)
    return form_page(
        request,
        form,
        title=_("Translate action %(number)s") % {"number": action.number},
        eyebrow=_("Wording %(number)s") % {"number": wording.number},
        note=" ".join(
            [
                _(
                    "The words first written stand above each box. A translation says the same, "
                    "so it is not a new wording."
                ),
                _(
                    "What it says now is kept. If the group was asked about it already, its page "
                    "shows both, side by side."
                ),
            ]
        ),
        submit=_("Save the translation"),
        crumbs=action_crumbs(project, action),
        cancel_url=url_for(project, "workshops:action", uuid=action.uuid),
    )
