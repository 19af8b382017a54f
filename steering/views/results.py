"""Pages that earlier stages link to, and load into their own: what came of a thing they hold."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from coproduction.projects.access import may
from coproduction.projects.models import Project
from coproduction.projects.pages import TeamRequest, project_view
from engagements.models import Comment
from steering.queries.agreement import statuses_of_actions
from steering.queries.results import (
    Results,
    results_of_comment,
    results_of_theme,
    results_of_workshop,
)
from themes.models import Theme
from themes.queries.codebook import theme_after_merges
from workshops.models import Workshop

# Each page may be opened by those who may open the page it is loaded into.


@project_view(may="workshops.view")
def action_status_list(request: TeamRequest, project: Project) -> HttpResponse:
    """Show where every action stands. Lists of actions take their marks from here."""
    about = {
        "project": project,
        "standings": statuses_of_actions(project).values(),
        "sees_steering": may(request, "steering.view"),
    }
    return render(request, "steering/action_status_list.html", about)


@project_view(may="engagements.view")
def comment_results(
    request: TeamRequest, project: Project, uuid: UUID, position: int
) -> HttpResponse:
    """Show what came of one comment: its codes, and the actions that cite it."""
    rows = Comment.objects.of(project).visible().select_related("project")
    found = get_object_or_404(rows, submission__uuid=uuid, position=position)
    takes = {"uuid": uuid, "position": position}
    back = _back(_("A comment"), "engagements:comment", project, **takes)
    return _shown(request, project, results_of_comment(found), back)


@project_view(may="themes.view")
def theme_results(request: TeamRequest, project: Project, uuid: UUID) -> HttpResponse:
    """Show what came of a theme or code: its workshops and actions."""
    rows = Theme.objects.of(project).select_related("project")
    found = theme_after_merges(get_object_or_404(rows, uuid=uuid))
    back = _back(str(found), "themes:theme", project, uuid=found.uuid)
    return _shown(request, project, results_of_theme(found), back)


@project_view(may="workshops.view")
def workshop_results(request: TeamRequest, project: Project, uuid: UUID) -> HttpResponse:
    """Show what came of a workshop: the actions designed there."""
    found = get_object_or_404(Workshop.objects.of(project).select_related("project"), uuid=uuid)
    back = _back(str(found), "workshops:workshop", project, uuid=uuid)
    return _shown(request, project, results_of_workshop(found), back)


def _back(label: str, name: str, project: Project, **takes: object) -> dict[str, str]:
    """Name the page this one is about."""
    return {"label": label, "url": reverse(name, kwargs={"project": project.slug, **takes})}


def _shown(
    request: TeamRequest, project: Project, came: Results, back: dict[str, str]
) -> HttpResponse:
    """Draw the thread forwards, with the actions at its end."""
    about = {
        "project": project,
        "came": came,
        "thread": _stops(came),
        "crumbs": [back],
        "back": back,
        "sees_steering": may(request, "steering.view"),
    }
    return render(request, "steering/results.html", about)


def _stops(came: Results) -> list[dict[str, object]]:
    """Return the stops from a thing to what was decided; what is not reached yet is said so."""
    stops: list[dict[str, object]] = []
    if number := len(came.codes):
        stops.append({"number": number, "label": ngettext("code", "codes", number)})
    if number := len(came.workshops):
        stops.append({"number": number, "label": ngettext("workshop", "workshops", number)})
    number = len(came.actions)
    stops.append({"number": number, "label": ngettext("action", "actions", number)})
    stops.append({"number": came.counts.agreed, "label": _("agreed by the group")})
    stops.append({"number": came.counts.committed, "label": _("promised by the lead partner")})
    return [stop | {"ahead": not stop["number"]} for stop in stops]
