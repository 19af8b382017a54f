"""The way back from the pages of the workshops."""

from django.utils.translation import gettext as _

from coproduction.projects.models import Project
from coproduction.projects.pages import url_for
from workshops.models import Action, Workshop

Crumb = dict[str, str]


def workshop_crumbs(project: Project, workshop: Workshop | None = None) -> list[Crumb]:
    """Return the way back to the list of workshops, by one workshop where it is given."""
    crumbs = [{"label": _("Workshops"), "url": url_for(project, "workshops:workshop_list")}]
    if workshop is not None:
        url = url_for(project, "workshops:workshop", uuid=workshop.uuid)
        crumbs.append({"label": str(workshop.title), "url": url})
    return crumbs


def action_crumbs(project: Project, action: Action | None = None) -> list[Crumb]:
    """Return the way back to the list of actions, by one action where it is given."""
    crumbs = [{"label": _("Actions"), "url": url_for(project, "workshops:action_list")}]
    if action is not None:
        label = _("Action %(number)d") % {"number": action.number}
        url = url_for(project, "workshops:action", uuid=action.uuid)
        crumbs.append({"label": label, "url": url})
    return crumbs
