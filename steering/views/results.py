"""Pages that earlier stages link to, and load into their own: what came of a thing they hold."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from coproduction.projects.access import may
from coproduction.projects.models import Project
from coproduction.projects.pages import TeamRequest, project_view, url_for
from engagements.models import Comment
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


@project_view(may="engagements.view")
def comment_results(
    request: TeamRequest, project: Project, uuid: UUID, position: int
) -> HttpResponse:
    """Show what came of one comment: its codes, and the actions that cite it."""
    rows = Comment.objects.of(project).visible().select_related("project")
    found = get_object_or_404(rows, submission__uuid=uuid, position=position)
    url = url_for(project, "engagements:comment", uuid=uuid, position=position)
    return _results_page(request, project, results_of_comment(found), _("A comment"), url)


@project_view(may="themes.view")
def theme_results(request: TeamRequest, project: Project, uuid: UUID) -> HttpResponse:
    """Show what came of a theme or code: its workshops and actions."""
    rows = Theme.objects.of(project).select_related("project")
    found = theme_after_merges(get_object_or_404(rows, uuid=uuid))
    url = url_for(project, "themes:theme", uuid=found.uuid)
    return _results_page(request, project, results_of_theme(found), str(found), url)


@project_view(may="workshops.view")
def workshop_results(request: TeamRequest, project: Project, uuid: UUID) -> HttpResponse:
    """Show what came of a workshop: the actions designed there."""
    found = get_object_or_404(Workshop.objects.of(project).select_related("project"), uuid=uuid)
    url = url_for(project, "workshops:workshop", uuid=uuid)
    return _results_page(request, project, results_of_workshop(found), str(found), url)


def _results_page(
    request: TeamRequest, project: Project, results: Results, label: str, url: str
) -> HttpResponse:
    """Draw the thread forwards, with the actions at its end; ``label`` names where it begins."""
    context = {
        "project": project,
        "results": results,
        "thread": _stops(results),
        "crumbs": [{"label": label, "url": url}],
        "label": label,
        "sees_steering": may(request, "steering.view"),
    }
    return render(request, "steering/results.html", context)


def _stops(results: Results) -> list[dict[str, object]]:
    """Return the stops from a thing to what was decided; what is not reached yet is said so."""
    stops: list[dict[str, object]] = []
    if number := len(results.codes):
        stops.append({"number": number, "label": ngettext("code", "codes", number)})
    if number := len(results.workshops):
        stops.append({"number": number, "label": ngettext("workshop", "workshops", number)})
    number = len(results.actions)
    stops.append({"number": number, "label": ngettext("action", "actions", number)})
    stops.append({"number": results.counts.agreed, "label": _("agreed by the group")})
    stops.append({"number": results.counts.committed, "label": _("promised by the lead partner")})
    return [stop | {"ahead": not stop["number"]} for stop in stops]
