"""The ways back up from the pages of listening."""

from django.utils.translation import gettext as _

from coproduction.projects.access import may
from coproduction.projects.models import Project
from coproduction.projects.pages import TeamRequest, url_for
from engagements.models import Comment, Engagement
from engagements.views.comment_lookup import comment_url

Crumb = dict[str, str]


def engagement_crumbs(project: Project, engagement: Engagement | None = None) -> list[Crumb]:
    """Return the way back to the list of engagements, by one of them where it is given."""
    crumbs = [{"label": _("Engagements"), "url": url_for(project, "engagements:engagement_list")}]
    if engagement is not None:
        url = url_for(project, "engagements:engagement", uuid=engagement.uuid)
        crumbs.append({"label": engagement.title, "url": url})
    return crumbs


def entry_crumbs(request: TeamRequest, engagement: Engagement | None = None) -> list[Crumb]:
    """Return the way back from typing: for a helper, who opens no other page, among her own."""
    project = request.project
    if may(request, "engagements.view"):
        return engagement_crumbs(project, engagement)
    crumbs = [{"label": _("Engagements"), "url": url_for(project, "engagements:entry_home")}]
    if engagement is not None:
        url = url_for(project, "engagements:entry_list", uuid=engagement.uuid)
        crumbs.append({"label": engagement.title, "url": url})
    return crumbs


def survey_crumbs(project: Project) -> list[Crumb]:
    """Return the way back to the list of surveys."""
    surveys = {"label": _("Surveys"), "url": url_for(project, "engagements:survey_list")}
    return [*engagement_crumbs(project), surveys]


def question_crumbs(project: Project) -> list[Crumb]:
    """Return the way back to the page of questions."""
    every = {"label": _("Questions"), "url": url_for(project, "engagements:questions")}
    return [*engagement_crumbs(project), every]


def comment_crumbs(project: Project, comment: Comment | None = None) -> list[Crumb]:
    """Return the way back to the list of comments, by one comment where it is given."""
    crumbs = [{"label": _("Comments"), "url": url_for(project, "themes:comment_list")}]
    if comment is not None:
        crumbs.append({"label": _("The comment"), "url": comment_url(comment)})
    return crumbs
