"""The page on which a comment is erased for good: it asks once, with what will happen."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from coproduction.projects.models import Project
from coproduction.projects.pages import TeamRequest, apply_or_warn, project_view, redirect_to
from engagements.models import Comment
from engagements.queries.erasure import count_others_saying_the_same
from engagements.services.erasure import erase_comment
from engagements.views.breadcrumbs import comment_crumbs
from engagements.views.comment_lookup import comment_url, find_comment


@project_view(may="comments.erase", again=True)
def comment_erase(
    request: TeamRequest, project: Project, uuid: UUID, position: int
) -> HttpResponse:
    """Ask; then erase a comment's words for good, as its speaker wishes."""
    found = find_comment(Comment.objects.of(project), uuid, position)
    progress = redirect_to(project, "plan:erasure", uuid=uuid, position=position)
    if found.is_erased:
        return progress
    if request.method != "POST":
        # What a concern hides is not read here either.
        context = {
            "comment": found,
            "crumbs": comment_crumbs(project, found),
            "back": comment_url(found),
            "others": count_others_saying_the_same(found),
            "of_sitting": found.submission.comments.filter(erased_at__isnull=True).count() - 1,
        }
        return render(request, "engagements/comment_erase.html", context)
    if not apply_or_warn(request, lambda: erase_comment(comment=found, by=request.user)):
        return redirect(comment_url(found))
    messages.success(request, _("The words are erased. Below you see from where they are gone."))
    return progress
