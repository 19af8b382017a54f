"""Pages of changes to many comments: the list of them, what came of one, the way back."""

from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext_lazy
from django.views.decorators.http import require_POST, require_safe

from coproduction.jobs.models import Job
from coproduction.projects.models import Project
from coproduction.projects.pages import (
    TeamRequest,
    apply_or_warn,
    project_view,
    redirect_to,
    url_for,
)
from engagements.models import BulkChange
from engagements.queries.bulk_change import (
    changes_of,
    those_that_stayed,
)
from engagements.services.bulk_undo import undo_change_of_comments
from engagements.views.breadcrumbs import Crumb, comment_crumbs

PER_PAGE = 50


@project_view(may="comments.withhold")
@require_safe
def bulk_change_list(request: TeamRequest, project: Project) -> HttpResponse:
    """List the changes to many comments, the newest first: who, when, how many."""
    page = Paginator(changes_of(project), PER_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "crumbs": comment_crumbs(project)}
    return render(request, "engagements/bulk_change_list.html", context)


@project_view(may="comments.withhold")
@require_safe
def bulk_change(request: TeamRequest, project: Project, uuid: UUID) -> HttpResponse:
    """Show what became of a change to many comments, and the way back."""
    bulk = _bulk(project, uuid)
    stayed = Paginator(those_that_stayed(bulk), PER_PAGE)
    context = {
        "bulk": bulk,
        "job": Job.objects.filter(uuid=bulk.job).first() if bulk.job else None,
        "page": stayed.get_page(request.GET.get("page")),
        "left": _what_stayed(bulk),
        "crumbs": _crumbs(project),
    }
    # The part that moves is asked for again and again; the rest stays.
    is_poll = request.headers.get("HX-Request") == "true"
    template = "_bulk_change_state.html" if is_poll else "bulk_change.html"
    return render(request, f"engagements/{template}", context)


def _what_stayed(bulk: BulkChange) -> list[str]:
    """Say of how many comments nothing was changed, or put back, and why."""
    sentences = {
        "left_changed": ngettext_lazy(
            "%(number)s comment was changed by others since you opened the list, and stays so.",
            "%(number)s comments were changed by others since you opened the list, and stay so.",
            "number",
        ),
        "left_hidden": ngettext_lazy(
            "%(number)s comment is out of sight by now, and stays as it is.",
            "%(number)s comments are out of sight by now, and stay as they are.",
            "number",
        ),
        "left_taken": ngettext_lazy(
            "Consent was taken back before for %(number)s comment: it stays “Not to be quoted”.",
            "Consent was taken back before for %(number)s comments: they stay “Not to be quoted”.",
            "number",
        ),
        "same": ngettext_lazy(
            "%(number)s comment was so already.", "%(number)s comments were so already.", "number"
        ),
        "gone": ngettext_lazy(
            "%(number)s comment no longer fits what the list showed.",
            "%(number)s comments no longer fit what the list showed.",
            "number",
        ),
        "stayed": ngettext_lazy(
            "%(number)s comment was changed since, and stays as it is.",
            "%(number)s comments were changed since, and stay as they are.",
            "number",
        ),
    }
    numbers = {**bulk.left, "stayed": bulk.stayed}
    return [
        str(sentence % {"number": numbers[why]})
        for why, sentence in sentences.items()
        if numbers.get(why)
    ]


def _crumbs(project: Project) -> list[Crumb]:
    """Return the way back to the list of changes."""
    url = url_for(project, "engagements:bulk_change_list")
    return [*comment_crumbs(project), {"label": _("Changes to many comments"), "url": url}]


@project_view(may="comments.withhold")
@require_POST
def bulk_change_undo(request: TeamRequest, project: Project, uuid: UUID) -> HttpResponse:
    """Put back what still is as a change made it, however long ago it was."""
    bulk = _bulk(project, uuid)
    apply_or_warn(request, lambda: undo_change_of_comments(bulk=bulk, by=request.user))
    return redirect_to(project, "engagements:bulk_change", uuid=uuid)


def _bulk(project: Project, uuid: UUID) -> BulkChange:
    """Find one of this project's changes to many comments."""
    found: BulkChange = get_object_or_404(changes_of(project), uuid=uuid)
    return found
