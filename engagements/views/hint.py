"""The page of what the look has marked, and what a person does about it."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from coproduction.projects.models import Project
from coproduction.projects.pages import (
    TeamRequest,
    apply_or_warn,
    number_sent,
    project_view,
    redirect_to,
)
from engagements.queries.hint import is_look_asked_for, marked_page
from engagements.services.hint import let_hints_be, take_hints_out
from engagements.views.breadcrumbs import comment_crumbs
from engagements.views.comment_lookup import find_comment, readable_comments

PER_PAGE = 20
# Of a hundred thousand letters no more are told apart.
_MOST_HINTS = 5_000


@project_view(may="comments.withhold")
def hint_list(request: TeamRequest, project: Project) -> HttpResponse:
    """Show the comments in which something was marked, with one button for each way on."""
    context = {
        "crumbs": comment_crumbs(project),
        "page": marked_page(project, request.GET.get("page"), size=PER_PAGE),
        # Whoever goes through them has the first button under the hand.
        "goes_on": "on" in request.GET,
        "waiting": is_look_asked_for(project),
    }
    return render(request, "engagements/hint_list.html", context)


@project_view(may="comments.withhold")
@require_POST
def hints_take_out(
    request: TeamRequest, project: Project, uuid: UUID, position: int
) -> HttpResponse:
    """Take what was marked out of a comment, or what is ticked of it."""
    comment = find_comment(readable_comments(request), uuid, position)
    hints = _keys(request, "hint")
    apply_or_warn(
        request,
        lambda: take_hints_out(
            comment=comment,
            hints=hints,
            version=number_sent(request, "version"),
            by=request.user,
        ),
        done=_("Taken out. What it said before is kept for co-ordinators, and can be put back."),
    )
    return _on(project)


@project_view(may="comments.withhold")
@require_POST
def hints_let_be(request: TeamRequest, project: Project, uuid: UUID, position: int) -> HttpResponse:
    """Say that what was marked in a comment is fine."""
    comment = find_comment(readable_comments(request), uuid, position)
    apply_or_warn(
        request,
        lambda: let_hints_be(
            comment=comment,
            shown=_keys(request, "shown") if "shown" in request.POST else None,
            version=number_sent(request, "version"),
            by=request.user,
        ),
        done=_("It stays as it is."),
    )
    return _on(project)


def _keys(request: TeamRequest, name: str) -> list[int]:
    """Return the keys that a page has sent under a name, some together with commas between."""
    sent = ",".join(request.POST.getlist(name)).split(",")[:_MOST_HINTS]
    return [int(each) for each in sent if each.isdecimal() and each.isascii() and len(each) < 19]


def _on(project: Project) -> HttpResponse:
    """Go on with the next one."""
    return redirect_to(project, "engagements:hint_list", query={"on": "1"})
