"""The page by which many comments are changed at once: which are meant, and what to change."""

from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext as _

from coproduction.projects.models import Project
from coproduction.projects.pages import (
    TeamRequest,
    apply_or_report,
    form_page,
    project_view,
    redirect_to,
    url_for,
)
from engagements.forms.bulk_change import BulkChangeForm
from engagements.queries.bulk_change import count_along
from engagements.services.bulk_change import MOST_AT_ONCE, change_comments
from engagements.views.breadcrumbs import comment_crumbs
from themes.views.comments_shown import about_shown, are_few, comments_shown


@project_view(may="comments.withhold")
def comments_change(request: TeamRequest, project: Project) -> HttpResponse:
    """Show some of the comments that are meant, ask what to change, and change them."""
    shown = comments_shown(request)
    keys = shown.some(project, MOST_AT_ONCE + 1)
    if not keys:
        messages.error(request, _("Tick the comments that you mean first."))
        return redirect_to(project, "themes:comment_list")
    form = BulkChangeForm(request.POST if request.method == "POST" else None, project=project)
    bulk = apply_or_report(
        form,
        lambda: change_comments(
            project=project,
            shown=shown,
            to=form.to,
            by=request.user,
            sending=form.cleaned_data["sending"],
        ),
    )
    if bulk is not None:
        return redirect_to(project, "engagements:bulk_change", uuid=bulk.uuid)
    return form_page(
        request,
        form,
        template="themes/comments_change.html",
        title=_("Change many comments"),
        submit=_("Change them"),
        crumbs=comment_crumbs(project),
        cancel_url=url_for(project, "themes:comment_list"),
        action=request.get_full_path(),
        id="comments-change",
        along=count_along(keys) if are_few(keys) else None,
        **about_shown(project, shown, keys),
    )
