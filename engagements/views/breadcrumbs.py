"""The ways around the engagements: crumbs back up, and where to go after a change."""

from typing import Any

from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from coproduction.projects.models import Project
from engagements.models import Engagement

Crumb = dict[str, str]


def address(name: str, project: Project, **kwargs: Any) -> str:
    """Return the address of a page of this app."""
    return reverse(f"engagements:{name}", kwargs={"project": project.slug, **kwargs})


def go(name: str, project: Project, *, query: Any = None, **kwargs: Any) -> HttpResponseRedirect:
    """Send the reader to a page of this app, with a query where one is given."""
    ask = f"?{urlencode(query)}" if query else ""
    return HttpResponseRedirect(address(name, project, **kwargs) + ask)


def engagement_crumbs(project: Project, engagement: Engagement | None = None) -> list[Crumb]:
    """Return the way back to the list of engagements, by one of them where it is given."""
    crumbs = [{"label": _("Engagements"), "url": address("engagement_list", project)}]
    if engagement is not None:
        url = address("engagement", project, uuid=engagement.uuid)
        crumbs.append({"label": engagement.title, "url": url})
    return crumbs
