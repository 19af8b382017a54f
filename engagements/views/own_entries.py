"""Pages of somebody who types: the engagements she can type into, and what she entered there."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from coproduction.projects.models import Project
from coproduction.projects.pages import TeamRequest, project_view
from engagements.models import Comment
from engagements.queries.entry_run import entry_runs
from engagements.queries.own_entries import comments_entered, engagements_to_enter
from engagements.services.concern_notice import concern_notice
from engagements.services.withholding import raise_concern
from engagements.views.breadcrumbs import entry_crumbs
from engagements.views.comment_lookup import find_comment
from engagements.views.entry import find_engagement, way_back

PER_PAGE = 50
MOST_RUNS = 20


@project_view(may="comments.enter")
@require_safe
def entry_home(request: TeamRequest, project: Project) -> HttpResponse:
    """List the engagements that can be typed into: where a helper begins."""
    page = Paginator(engagements_to_enter(project), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "engagements/entry_home.html", {"page": page})


@project_view(may="comments.enter")
@require_safe
def entry_list(request: TeamRequest, project: Project, uuid: UUID) -> HttpResponse:
    """Show what this person entered at an engagement, to be put right or undone; nobody else's."""
    found = find_engagement(project, uuid)
    comments = comments_entered(found, request.user)
    page = Paginator(comments, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "engagement": found,
        "page": page,
        "mendable": {each.pk for each in page if each.submission.is_mended_by(request.user)},
        "runs": entry_runs(found, MOST_RUNS, by=request.user),
        "crumbs": entry_crumbs(request),
    }
    return render(request, "engagements/entry_list.html", context)


@project_view(may="comments.enter")
def entry_worry(request: TeamRequest, project: Project, uuid: UUID, position: int) -> HttpResponse:
    """Ask, then hide what somebody typed herself and is worried about; she reads it no more."""
    found = find_comment(Comment.objects.of(project), uuid, position)
    back = way_back(request, found.engagement)
    if found.submission.by_id != request.user.pk:
        messages.error(request, _("You can do this for what you typed or pasted yourself."))
        return redirect(back)
    if not found.is_visible:
        if found.is_hidden_by_concern:
            done = _("That comment is hidden already. Somebody is looking into it.")
            messages.info(request, done)
        return redirect(back)
    if request.method == "POST":
        raise_concern(comment=found, by=request.user)
        messages.success(request, concern_notice(project))
        return redirect(back)
    context = {
        "comment": found,
        "crumbs": entry_crumbs(request, found.engagement),
        "back": back,
        "has_lead": bool(project.safeguarding_lead),
    }
    return render(request, "engagements/concern_raise.html", context)
