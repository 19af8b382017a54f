"""Pages of what an action answers: choosing it, citing it, taking it off."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from coproduction.languages.searching import Found
from coproduction.projects.models import Project
from coproduction.projects.pages import TeamRequest, project_view, redirect_to, url_for
from coproduction.projects.queries.counted_rows import CountedKeys
from coproduction.projects.refusals import Refusal
from coproduction.projects.unsent import GO_ON
from coproduction.ui.paging import KeyedPage
from workshops.forms.evidence import CitableCommentsForm, CitableNotesForm, CiteForm, UnciteForm
from workshops.models import Action, Evidence
from workshops.queries.evidence import (
    comments_to_cite,
    evidence_of_step,
    findings_to_cite,
    notes_to_cite,
)
from workshops.services.evidence import cite_evidence, uncite_evidence
from workshops.views.breadcrumbs import action_crumbs

PER_PAGE = 50
KINDS = ("comments", "notes", "findings")
NARROWING_FORMS: dict[str, type[CitableCommentsForm | CitableNotesForm]] = {
    "comments": CitableCommentsForm,
    "notes": CitableNotesForm,
}


def _action(project: Project, uuid: UUID) -> Action:
    """Return an action of this project, or answer that there is none."""
    found: Action = get_object_or_404(
        Action.objects.of(project).select_related("theme", "workshop", "project"), uuid=uuid
    )
    return found


@project_view(may="actions.write")
def evidence_choose(request: TeamRequest, project: Project, uuid: UUID) -> HttpResponse:
    """Choose what an action answers: comments, notes or findings, several at once.

    Going to another page of the list sends the form, so that what is ticked goes along.
    """
    found = _action(project, uuid)
    sent = request.POST if request.method == "POST" else request.GET
    kind = _kind(sent.get("of"))
    form = _narrowing_form(kind, _narrowed_to(request, kind, found), project)
    chosen = form.cleaned_data if form is not None and form.is_valid() else {}
    page = _page(found, kind, chosen, sent.get("page"))
    ticked = _ticked_so_far(sent, kind, project)
    context = {
        "action": found,
        "wording": found.wordings.order_by("number").last(),
        "kind": kind,
        "form": form,
        "here": {"of": kind},
        "page": page,
        "around": _around(page),
        "ticked": ticked,
        "elsewhere": sorted(ticked - {item.pk for item in page}),
        "narrowed": {"of": kind} | dict(form.data if form is not None else {}),
        "tabs": _tabs(project, found, kind),
        "done": _just_cited(request, project, found),
        "crumbs": action_crumbs(project, found),
    }
    return render(request, "workshops/evidence_choose.html", context)


def _ticked_so_far(sent: QueryDict, kind: str, project: Project) -> set[int]:
    """Return what is ticked so far, by number, on the pages of the list seen before."""
    form = CiteForm(sent, project=project)
    if kind not in sent or not form.is_valid():
        return set()
    return {item.pk for item in form.chosen()[kind]}


def _kind(asked: str | None) -> str:
    """Return the kind of evidence that is asked for; comments, unless it is one we know."""
    return asked if asked in KINDS else KINDS[0]


def _narrowing_form(
    kind: str, data: Mapping[str, Any], project: Project
) -> CitableCommentsForm | CitableNotesForm | None:
    """Return the form that narrows a kind of evidence; findings are too few to need one."""
    form = NARROWING_FORMS.get(kind)
    return form(data, project=project) if form else None


def _narrowed_to(request: TeamRequest, kind: str, action: Action) -> dict[str, str]:
    """Return how the list is narrowed: comments to the action's theme, unless asked otherwise."""
    sent = request.POST if request.method == "POST" else request.GET
    names = NARROWING_FORMS[kind].base_fields if kind in NARROWING_FORMS else ()
    given = {name: sent.get(name, "") for name in names}
    if kind == "comments" and "code" not in sent:
        given["code"] = str(action.theme.uuid)
    return given


def _page(action: Action, kind: str, chosen: Mapping[str, Any], place: str | None) -> Any:
    """Return a page of the evidence of a kind: comments, of which there are very many, by key."""
    matching = _matching(action, kind, chosen)
    if isinstance(matching, Found | CountedKeys):
        together = ("engagement", "question")
        return KeyedPage(matching, place, size=PER_PAGE, together=together)
    return Paginator(matching, PER_PAGE).get_page(place)


def _around(page: Any) -> dict[str, Any]:
    """Return how much the list holds, and where the pages before and after this one are."""
    if isinstance(page, KeyedPage):
        return {
            "total": page.count,
            "more": page.has_more_than_counted,
            "previous": page.has_previous and page.previous_place,
            "next": page.has_next and page.next_place,
        }
    return {
        "total": page.paginator.count,
        "previous": page.has_previous() and page.previous_page_number(),
        "next": page.has_next() and page.next_page_number(),
    }


def _matching(action: Action, kind: str, chosen: Mapping[str, Any]) -> Any:
    """Return the evidence of a kind that matches what the form asks."""
    words = chosen.get("words", "")
    if kind == "notes":
        return notes_to_cite(action, workshop=chosen.get("workshop"), words=words)
    if kind == "findings":
        return findings_to_cite(action)
    return comments_to_cite(
        action, theme=chosen.get("code"), question=chosen.get("question"), words=words
    )


def _tabs(project: Project, action: Action, current: str) -> list[dict[str, object]]:
    """Return a tab for each kind of evidence."""
    url = url_for(project, "workshops:evidence_choose", uuid=action.uuid)
    labels = {"comments": _("Comments"), "notes": _("Workshop notes"), "findings": _("Findings")}
    return [
        {"label": labels[kind], "url": f"{url}?of={kind}", "current": kind == current}
        for kind in KINDS
    ]


def _just_cited(request: TeamRequest, project: Project, action: Action) -> dict[str, Any] | None:
    """Say what was just cited, and the way back."""
    try:
        step = UUID(request.GET.get("cited", ""))
    except ValueError:
        return None
    number = len(evidence_of_step(action, step))
    if not number:
        return None
    sentence = ngettext(
        "%(number)d piece of evidence is cited.", "%(number)d pieces of evidence are cited.", number
    )
    return {
        "text": sentence % {"number": number},
        "url": url_for(project, "workshops:evidence_uncite", uuid=action.uuid),
        "fields": {"step": step},
    }


@project_view(may="actions.write")
@require_POST
def evidence_cite(request: TeamRequest, project: Project, uuid: UUID) -> HttpResponse:
    """Cite what was ticked; or, where ``all`` is sent, everything that matches."""
    found = _action(project, uuid)
    kind = _kind(request.POST.get("of"))
    back = {"of": kind} | _narrowed_to(request, kind, found)
    if GO_ON in request.POST:
        ticked = {kind: sorted(_ticked_so_far(request.POST, kind, project))}
        return redirect_to(project, "workshops:evidence_choose", uuid=uuid, query=back | ticked)
    try:
        chosen = _to_cite(request, kind, found)
        made = cite_evidence(
            action=found,
            comments=chosen["comments"],
            notes=chosen["notes"],
            findings=chosen["findings"],
            by=request.user,
        )
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect_to(project, "workshops:evidence_choose", uuid=uuid, query=back)
    if not made:
        messages.info(request, _("All of that was cited already."))
    if request.POST.get("back") == "action":
        return redirect_to(project, "workshops:action", uuid=uuid)
    query = back | ({"cited": str(made[0].step)} if made else {})
    return redirect_to(project, "workshops:evidence_choose", uuid=uuid, query=query)


def _to_cite(request: TeamRequest, kind: str, action: Action) -> dict[str, list[Any]]:
    """Return what the form says to cite. Raises Refusal when it names what is not on offer."""
    ticked = CiteForm(request.POST, project=action.project)
    narrowed = _narrowing_form(kind, request.POST, action.project)
    for form in (ticked, narrowed):
        if form is not None and not form.is_valid():
            raise Refusal(str(next(iter(form.errors.values()))[0]))
    chosen = ticked.chosen()
    if "all" in request.POST:
        asked = narrowed.cleaned_data if narrowed is not None else {}
        matching = _matching(action, kind, asked)
        chosen[kind] = list(matching.rows if kind == "comments" else matching)
    return chosen


@project_view(may="actions.write")
@require_POST
def evidence_uncite(request: TeamRequest, project: Project, uuid: UUID) -> HttpResponse:
    """Take evidence off an action: one piece, or all of a step."""
    found = _action(project, uuid)
    form = UnciteForm(request.POST, action=found)
    evidence = form.chosen() if form.is_valid() else []
    gone = uncite_evidence(action=found, evidence=evidence, by=request.user) if evidence else 0
    if not gone:
        messages.info(request, _("That is not evidence for this action."))
    if form.cleaned_data.get("step"):
        return redirect_to(project, "workshops:evidence_choose", uuid=uuid)
    query = {"off": _cited_as(evidence[0])} if gone else None
    return redirect_to(project, "workshops:action", uuid=uuid, query=query)


def _cited_as(evidence: Evidence) -> str:
    """Name a piece of evidence as the form that cites takes it: ``comments-12``."""
    if evidence.comment_id:
        return f"comments-{evidence.comment_id}"
    if evidence.note_id:
        return f"notes-{evidence.note_id}"
    return f"findings-{evidence.finding_id}"
