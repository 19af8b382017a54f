"""The texts that came from another project: where each can be changed, and that they were read."""

from collections import defaultdict
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import resolve
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from coproduction.projects.access import allowed, may
from coproduction.projects.models import Project, TextTemplate
from coproduction.projects.pages import (
    TeamRequest,
    apply_or_warn,
    project_view,
    redirect_to,
    url_for,
)
from coproduction.projects.services.blueprint import note_texts_read, remove_text_template
from engagements.models import Engagement, Survey
from overview.blueprint.groups import BlueprintGroup
from overview.queries.blueprint import blueprint_of, origin_as_seen
from steering.models import Meeting
from workshops.models import Workshop

# Of each group, the pages on which what came along is changed, with what their links say.
_PAGES = {
    BlueprintGroup.QUESTIONS: [("engagements:questions", gettext_lazy("Open the questions"))],
    BlueprintGroup.LISTENING: [("engagements:hold_rules", gettext_lazy("Open what goes on hold"))],
    BlueprintGroup.SURVEYS: [],
    BlueprintGroup.CODEBOOK: [("themes:theme_tree", gettext_lazy("Open the codebook"))],
    BlueprintGroup.WORKSHOPS: [],
    BlueprintGroup.STEERING: [("steering:terms", gettext_lazy("Open the way of deciding"))],
    BlueprintGroup.PLAN: [("plan:editor", gettext_lazy("Open the texts of the plan"))],
    BlueprintGroup.PERIODS: [("projects:periods", gettext_lazy("Open how long things are kept"))],
}
# What is made from a group's templates, and the page whose form begins with one.
_MADE = {
    BlueprintGroup.LISTENING: (Engagement, "engagements:engagement_plan"),
    BlueprintGroup.SURVEYS: (Survey, "engagements:survey_new"),
    BlueprintGroup.WORKSHOPS: (Workshop, "workshops:workshop_plan"),
    BlueprintGroup.STEERING: (Meeting, "steering:meeting_new"),
}


@project_view(may="team.view")
def begun_from(request: TeamRequest, project: Project) -> HttpResponse:
    """Show what came along from another project, and where each text is read and changed."""
    blueprint = blueprint_of(project)
    by_kind: dict[str, list[TextTemplate]] = defaultdict(list)
    for template in TextTemplate.objects.of(project):
        by_kind[template.kind].append(template)
    came = set(blueprint.groups) if blueprint else set()
    sections: list[dict[str, Any]] = []
    if blueprint and project.scope:
        # It was in the form already; others of the team read it here.
        links: list[tuple[Any, str]] = [
            (_("Open the settings"), _url(request, "projects:settings_page"))
        ]
        sections.append(_section(_("What this can and can't change"), links))
    for group in BlueprintGroup:
        model, page = _MADE.get(group, (None, ""))
        templates = by_kind[model._meta.label] if model else []
        if group not in came and not templates:
            continue
        links = [(label, _url(request, name)) for name, label in _PAGES[group]]
        new_url = _url(request, page) if page else ""
        sections.append(_section(group.label, links, templates=templates, new_url=new_url))
    context = {
        "project": project,
        "blueprint": blueprint,
        "origin": origin_as_seen(blueprint, request.user) if blueprint else "",
        "sections": sections,
        "may_manage": may(request, "project.manage"),
        "crumbs": [{"label": _("Settings"), "url": url_for(project, "projects:settings_page")}]
        if may(request, "project.manage")
        else [],
    }
    return render(request, "overview/begun_from.html", context)


def _section(label: Any, links: list[tuple[Any, str]], **more: Any) -> dict[str, Any]:
    """Return a part of the page: what it is called, with those links that lead somewhere."""
    return {"label": label, "links": [(words, url) for words, url in links if url], **more}


def _url(request: TeamRequest, page: str) -> str:
    """Return the address of a page; nothing for one that this person may not open."""
    url = url_for(request.project, page)
    access = resolve(url).func.access  # type: ignore[attr-defined]
    return url if allowed(request.roles, access) else ""


@project_view(may="project.manage")
@require_POST
def texts_read(request: TeamRequest, project: Project) -> HttpResponseBase:
    """Say that the texts were read: the overview no longer asks for it."""
    blueprint = blueprint_of(project)
    if blueprint is None:
        raise Http404
    apply_or_warn(
        request,
        lambda: note_texts_read(blueprint=blueprint, by=request.user),
        done=_("Noted: the texts are read."),
    )
    return redirect_to(project, "overview:team")


@project_view(may="project.manage")
@require_POST
def text_template_remove(request: TeamRequest, project: Project, uuid: UUID) -> HttpResponseBase:
    """Drop a text that nobody wants to begin with."""
    template = get_object_or_404(TextTemplate.objects.of(project), uuid=uuid)
    apply_or_warn(
        request,
        lambda: remove_text_template(template=template, by=request.user),
        done=_("Removed."),
    )
    return redirect_to(project, "overview:begun_from")
