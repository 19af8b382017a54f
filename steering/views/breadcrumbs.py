"""The ways back up from the forms of the steering group."""

from django.utils.translation import gettext as _

from coproduction.languages.formats import write_date
from coproduction.projects.models import Project
from coproduction.projects.pages import url_for
from steering.models import Meeting
from workshops.models import Action

Crumb = dict[str, str]


def group_crumbs(project: Project) -> list[Crumb]:
    """Return the way back to what waits for the group."""
    return [{"label": _("The steering group"), "url": url_for(project, "steering:home")}]


def seat_crumbs(project: Project) -> list[Crumb]:
    """Return the way back to the list of members."""
    members = {"label": _("Members"), "url": url_for(project, "steering:seat_list")}
    return [*group_crumbs(project), members]


def meeting_crumbs(project: Project, meeting: Meeting | None = None) -> list[Crumb]:
    """Return the way back to the list of meetings, by one meeting where it is given."""
    every = {"label": _("Meetings"), "url": url_for(project, "steering:meeting_list")}
    crumbs = [*group_crumbs(project), every]
    if meeting is not None:
        label = _("Meeting on %(day)s") % {"day": write_date(meeting.date)}
        url = url_for(project, "steering:meeting", uuid=meeting.uuid)
        crumbs.append({"label": label, "url": url})
    return crumbs


def action_status_crumbs(project: Project, action: Action) -> list[Crumb]:
    """Return the way back to where an action stands with the group."""
    label = _("Action %(number)s") % {"number": action.number}
    url = url_for(project, "steering:action_status", uuid=action.uuid)
    return [*group_crumbs(project), {"label": label, "url": url}]
