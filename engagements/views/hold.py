"""The desk of answers on hold: what waits, what was set aside, and what is done about it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from coproduction.projects.models import Project
from coproduction.projects.pages import TeamRequest, project_view, redirect_to, url_for
from coproduction.projects.refusals import Refusal
from coproduction.ui.numbers import format_number
from engagements.forms.hold import HoldDecisionForm
from engagements.models import Hold, HoldDecision
from engagements.queries.hold import (
    group_page,
    holds_of,
    last_decisions,
    newest_decision,
    size_of,
    with_words,
)
from engagements.services.hold_decision import Decided, decide_holds, undo_hold_decision
from engagements.views.breadcrumbs import Crumb, comment_crumbs

PER_PAGE = 50
_ASIDE = "aside"


@project_view(may="comments.withhold")
def hold_list(request: TeamRequest, project: Project) -> HttpResponse:
    """Show what waits, or what was set aside, in groups, the newest first; and what was decided."""
    aside = request.GET.get("show") == _ASIDE
    holds = holds_of(project, aside=aside)
    groups = group_page(holds, request.GET.get("page"))
    sizes = {each: size_of(holds_of(project, aside=each)) for each in (False, True)}
    number, last_hold = sizes[aside]
    decisions = last_decisions(project)
    context = {
        "crumbs": comment_crumbs(project),
        "page": groups,
        "aside": aside,
        "tabs": _tabs(project, {each: size[0] for each, size in sizes.items()}, aside),
        "last_hold": last_hold,
        "newest_decision": decisions[0].pk if decisions else 0,
        "number": number,
        "decisions": decisions,
        "just_decided": _just_decided(request, decisions),
    }
    return render(request, "engagements/hold_list.html", context)


def _tabs(project: Project, numbers: dict[bool, int], aside: bool) -> list[dict[str, Any]]:
    """Return the two lists that there are, each with how many it has."""
    labels = {False: _("To look at"), True: _("Set aside")}
    return [
        {
            "label": label,
            "url": _list_url(project, aside=each),
            "current": each == aside,
            "number": numbers[each],
        }
        for each, label in labels.items()
    ]


def _list_url(project: Project, *, aside: bool) -> str:
    """Return the address of one of the two lists."""
    query = {"show": _ASIDE} if aside else None
    return url_for(project, "engagements:hold_list", query=query)


def _just_decided(request: TeamRequest, decisions: list[HoldDecision]) -> HoldDecision | None:
    """Return the decision that this person made a moment ago, for the way back beside it."""
    key = request.GET.get("decided", "")
    found = (each for each in decisions if str(each.uuid) == key and not each.is_undone)
    return next(found, None)


@project_view(may="comments.withhold")
def hold_group(request: TeamRequest, project: Project, uuid: UUID) -> HttpResponse:
    """Show all answers of one group, to tick those that are meant."""
    aside = request.GET.get("show") == _ASIDE
    holds = holds_of(project, aside=aside).filter(group=uuid)
    page = Paginator(with_words(holds).order_by("-pk"), PER_PAGE).get_page(request.GET.get("page"))
    if not page.paginator.count:
        if Hold.objects.of(project).filter(group=uuid).exists():
            messages.info(request, _("Nothing of that group is left on this list."))
            return redirect_to(project, "engagements:hold_list")
        raise Http404
    # Only those ticked are meant here, so what came since changes nothing.
    newest = page.paginator.object_list[0].pk
    carried = {"aside": "1" if aside else "", "group": uuid, "number": 0, "last_hold": newest}
    context = {
        "crumbs": _crumbs(project, aside=aside),
        "page": page,
        "first": page[0],
        "aside": aside,
        "carried": carried | {"last_decision": newest_decision(project)},
    }
    return render(request, "engagements/hold_group.html", context)


def _crumbs(project: Project, *, aside: bool = False) -> list[Crumb]:
    """Return the way back to the desk."""
    desk = {"label": _("Answers on hold"), "url": _list_url(project, aside=aside)}
    return [*comment_crumbs(project), desk]


@project_view(may="comments.withhold")
@require_POST
def hold_decide(request: TeamRequest, project: Project) -> HttpResponse:
    """Let in or set aside what a button was about, and say what came of it."""
    form = HoldDecisionForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Nothing was done. Choose again."))
        return redirect_to(project, "engagements:hold_list")
    here = {"show": _ASIDE} if form.cleaned_data["aside"] else {}
    if form.lacks_ticks:
        messages.error(request, _("Tick the answers that you mean first."))
        return _back_to_group(project, form.cleaned_data["group"], here)
    outcome = form.cleaned_data["outcome"]
    try:
        decided = decide_holds(project=project, shown=form.shown, outcome=outcome, by=request.user)
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect_to(project, "engagements:hold_list", query=here)
    if decided.overtaken:
        messages.warning(request, _what_stays(decided))
    query = {**here, "decided": str(decided.decision.uuid)}
    return redirect_to(project, "engagements:hold_list", query=query)


def _back_to_group(project: Project, group: UUID | None, here: dict[str, str]) -> HttpResponse:
    """Send somebody back to where they were to tick."""
    if group is None:
        return redirect_to(project, "engagements:hold_list", query=here)
    return redirect_to(project, "engagements:hold_group", uuid=group, query=here)


def _what_stays(decided: Decided) -> str:
    """Say of how many answers somebody else was quicker, and who."""
    text = ngettext(
        "Meanwhile %(who)s decided about %(number)s of the answers on your page. That one stays as "
        "it is.",
        "Meanwhile %(who)s decided about %(number)s of the answers on your page. Those stay as "
        "they are.",
        decided.overtaken,
    )
    who = ", ".join(decided.others) or _("somebody else")
    return text % {"who": who, "number": format_number(decided.overtaken)}


@project_view(may="comments.withhold")
@require_POST
def hold_undo(request: TeamRequest, project: Project, uuid: UUID) -> HttpResponse:
    """Have the answers of a decision wait again, however long ago it was."""
    rows = HoldDecision.objects.of(project).select_related("project")
    number = undo_hold_decision(decision=get_object_or_404(rows, uuid=uuid), by=request.user)
    if number:
        text = ngettext(
            "Undone. %(number)s answer waits again to be looked at.",
            "Undone. %(number)s answers wait again to be looked at.",
            number,
        )
        messages.success(request, text % {"number": format_number(number)})
    else:
        messages.info(
            request,
            _("That was undone already, or decided otherwise since. Nothing more was done."),
        )
    return redirect_to(project, "engagements:hold_list")
