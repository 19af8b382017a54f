"""The way back up from the editor's pages."""

from django.utils.translation import gettext as _

from coproduction.projects.models import Project
from coproduction.projects.pages import url_for


def editor_crumbs(project: Project) -> list[dict[str, str]]:
    """Return the way back to the page of the plan being written."""
    return [{"label": _("The plan"), "url": url_for(project, "plan:editor")}]
