"""The ways around the workshops: crumbs back up, and where to go after a change."""

from typing import Any

from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from coproduction.projects.models import Project
from workshops.models import Action, Workshop

Crumb = dict[str, str]


def url_for(name: str, project: Project, **kwargs: Any) -> str:
    """Return the address of a page of this app."""
    return reverse(f"workshops:{name}", kwargs={"project": project.slug, **kwargs})


def redirect_to(
    name: str, project: Project, *, query: Any = None, **kwargs: Any
) -> HttpResponseRedirect:
    """Send the reader to a page of this app, with a query where one is given."""
    ask = f"?{urlencode(query)}" if query else ""
    return HttpResponseRedirect(url_for(name, project, **kwargs) + ask)


def workshop_crumbs(project: Project, workshop: Workshop | None = None) -> list[Crumb]:
    """Return the way back to the list of workshops, by one workshop where it is given."""
    crumbs = [{"label": _("Workshops"), "url": url_for("workshop_list", project)}]
    if workshop is not None:
        url = url_for("workshop", project, uuid=workshop.uuid)
        crumbs.append({"label": str(workshop.title), "url": url})
    return crumbs


def action_crumbs(project: Project, action: Action | None = None) -> list[Crumb]:
    """Return the way back to the list of actions, by one action where it is given."""
    crumbs = [{"label": _("Actions"), "url": url_for("action_list", project)}]
    if action is not None:
        label = _("Action %(number)d") % {"number": action.number}
        crumbs.append({"label": label, "url": url_for("action", project, uuid=action.uuid)})
    return crumbs
