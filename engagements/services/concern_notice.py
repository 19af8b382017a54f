"""What is said to somebody who raises a concern about a comment, wherever they read it."""

from django.utils.translation import gettext as _

from coproduction.projects.models import Project


def concern_notice(project: Project) -> str:
    """Say what has happened to the comment, and whether a safeguarding lead is told of it."""
    if project.safeguarding_lead:
        return _("The comment is hidden everywhere. We are writing to the safeguarding lead.")
    return _("The comment is hidden everywhere. Tell a co-ordinator: no lead is named.")
