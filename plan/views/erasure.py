"""The page that says from how many places erased words are gone, and what may hold them yet."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from coproduction.projects.models import Project
from coproduction.projects.pages import project_view, url_for
from engagements.models import ErasedComment
from plan.queries.erasure import progress_of


@project_view(may="comments.erase")
@require_safe
def erasure(request: HttpRequest, project: Project, uuid: UUID, position: int) -> HttpResponse:
    """Show how far the erasure of one comment is; while it goes on, the part that moves alone."""
    rows = ErasedComment.objects.of(project).select_related("comment__submission", "by")
    found = get_object_or_404(rows, comment__submission__uuid=uuid, comment__position=position)
    context = {
        "progress": progress_of(found),
        "crumbs": [{"label": _("Comments"), "url": url_for(project, "themes:comment_list")}],
    }
    part = request.headers.get("HX-Request") == "true"
    return render(request, "plan/_erasure.html" if part else "plan/erasure.html", context)
