"""Pages of concerns: the comments somebody is worried about, and what was decided."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from coproduction.projects.letters import letter_states
from coproduction.projects.models import Project
from coproduction.projects.pages import TeamRequest, project_view
from coproduction.projects.refusals import Refusal
from engagements.models import Comment, Concern
from engagements.services.withholding import resolve_concern, tell_again
from engagements.views.finding import crumbs, find, go, list_address, mark_of

PER_PAGE = 50


@project_view(may="concerns.resolve")
def concern_list(request: TeamRequest, project: Project) -> HttpResponse:
    """List the comments hidden by a worry, those waiting first; their words stand only here."""
    rows = (
        Concern.objects.filter(comment__project=project)
        # One carried on, when its comment came in again, is settled with the later one.
        .filter(followed_by__isnull=True)
        .exclude(outcome=Concern.Outcome.RESTORED)
        .select_related(
            "comment__question", "comment__engagement", "comment__submission", "raised_by"
        )
        .order_by("outcome", "raised_at", "pk")
    )
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    letters = letter_states(concern.letter for concern in page)
    context = {
        "page": page,
        "concerns": [
            (concern, mark_of(concern.comment.question), letters[concern.letter])
            for concern in page
        ],
        "show": {"outcome": Concern.Outcome.RESTORED.value},
        "keep": {"outcome": Concern.Outcome.KEPT_HIDDEN.value},
        "crumbs": crumbs(project),
        "lead": project.safeguarding_lead,
    }
    return render(request, "engagements/concern_list.html", context)


def _concern_of(project: Project, uuid: UUID, position: int) -> Concern:
    """Return the concern that still hides a comment, if any does; one that waits before others."""
    comment = find(Comment.objects.of(project), uuid, position)
    concerns = list(comment.concerns.order_by("pk"))
    if not concerns:
        raise Http404
    hiding = [each for each in concerns if each.outcome != Concern.Outcome.RESTORED]
    concern = next((each for each in hiding if each.is_open), (hiding or concerns)[-1])
    concern.comment = comment
    return concern


@project_view(may="concerns.resolve")
@require_POST
def concern_tell(request: TeamRequest, project: Project, uuid: UUID, position: int) -> HttpResponse:
    """Have the safeguarding lead written to again, when the first letter did not go."""
    if tell_again(concern=_concern_of(project, uuid, position), by=request.user):
        messages.success(request, _("We are writing to the safeguarding lead again."))
    else:
        messages.info(request, _("There is nothing to send again."))
    return go(list_address("concern_list", project))


@project_view(may="concerns.resolve")
@require_POST
def concern_resolve(
    request: TeamRequest, project: Project, uuid: UUID, position: int
) -> HttpResponse:
    """Record what was decided, elsewhere, about a worrying comment."""
    concern = _concern_of(project, uuid, position)
    comment = concern.comment
    outcome = request.POST.get("outcome", "")
    try:
        resolve_concern(concern=concern, outcome=outcome, by=request.user)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        if outcome == Concern.Outcome.KEPT_HIDDEN:
            told = _("It is recorded that the comment stays hidden.")
        elif comment.withheld:
            told = _("The worry is settled. The comment is still withdrawn or undone.")
        else:
            told = _("The comment is shown again.")
        messages.success(request, told)
    return go(list_address("concern_list", project))
