"""The page by which many comments are changed at once: which are meant, and what to change."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext as _

from coproduction.languages.searching import COUNTED
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
from engagements.queries.bulk_change import count_along, first_of, keys_of_ticked
from engagements.services.bulk_change import MOST_AT_ONCE, CommentsShown, change_comments
from engagements.views.breadcrumbs import comment_crumbs
from themes.forms.comment_list import ChosenCommentsForm

_SHOWN = 5


@project_view(may="comments.withhold")
def comments_change(request: TeamRequest, project: Project) -> HttpResponse:
    """Show some of the comments that are meant, ask what to change, and change them."""
    shown = _shown(request)
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
        **_meant(project, shown, keys),
    )


def _shown(request: TeamRequest) -> CommentsShown:
    """Return which comments the address means."""
    project = request.project
    form = ChosenCommentsForm(request.GET, project=project, may_withhold=True)
    form.is_valid()
    sent: dict[str, Any] = form.cleaned_data
    then: dict[str, Any] = {name: sent.get(name) or 0 for name in ("entry", "newest")}
    if not form.means_every:
        ticked = keys_of_ticked(project, sent.get("ticked") or [])
        return CommentsShown(**then, ticked=ticked, number=len(ticked))
    return CommentsShown(**then, number=sent.get("number") or 0, which=form.selection)


def _meant(project: Project, shown: CommentsShown, keys: list[int]) -> dict[str, Any]:
    """Return what the page says of the comments that are meant."""
    few = len(keys) <= MOST_AT_ONCE
    number = len(keys) if few else shown.found(project).count
    return {
        "number": min(number, COUNTED),
        "has_more": number > COUNTED,
        "along": count_along(keys) if few else None,
        "some": first_of(keys, _SHOWN),
        "others": max(0, number - _SHOWN),
    }
