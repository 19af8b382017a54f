"""Pages of concerns: the comments somebody is worried about, and what was decided."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from coproduction.languages.formats import write_date
from coproduction.projects.models import Project
from coproduction.projects.pages import (
    TeamRequest,
    apply_or_report,
    form_page,
    project_view,
    redirect_to,
    url_for,
)
from coproduction.projects.queries.letter import letter_states
from coproduction.ui.numbers import format_number
from engagements.forms.concern import ConcernDecisionForm
from engagements.models import Comment, Concern
from engagements.queries.twins import twins_to_show
from engagements.services.withholding import (
    AlreadyDecided,
    raise_concern_with_twins,
    resend_letter_to_lead,
    resolve_concern,
)
from engagements.views.breadcrumbs import comment_crumbs
from engagements.views.comment_lookup import find_comment

PER_PAGE = 50
MOST_RESOLVED = 20


@project_view(may="concerns.resolve")
def concern_list(request: TeamRequest, project: Project) -> HttpResponse:
    """List the comments hidden by a concern, those waiting first; their words stand only here."""
    rows = (
        Concern.objects.of(project)
        # One carried on, when its comment came in again, is settled with the later one.
        .filter(followed_by__isnull=True, outcome__in=Concern.HIDING)
        .select_related(
            *("comment__question", "comment__engagement", "comment__submission"),
            *("raised_by", "resolved_by"),
        )
        .order_by("outcome", "raised_at", "pk")
    )
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    letters = letter_states(concern.letter for concern in page)
    context = {
        "page": page,
        "concerns": [(concern, letters[concern.letter]) for concern in page],
        "crumbs": comment_crumbs(project),
        "resolved": _resolved(project),
        "lead": project.safeguarding_lead,
    }
    return render(request, "engagements/concern_list.html", context)


def _resolved(project: Project) -> list[Concern]:
    """Return the concerns settled last by showing the comment again: what was decided, no words."""
    rows = Concern.objects.of(project).filter(outcome=Concern.Outcome.RESTORED)
    rows = rows.filter(followed_by__isnull=True, resolved_by__isnull=False)
    rows = rows.select_related("comment__engagement", "resolved_by")
    return list(rows.order_by("-resolved_at", "-pk")[:MOST_RESOLVED])


def _concern_of(project: Project, uuid: UUID, position: int, sent: str = "") -> Concern:
    """Return the concern that still hides a comment, if any does; one that waits before others.

    ``sent`` is the key of the one that a form was about.
    """
    comment = find_comment(Comment.objects.of(project), uuid, position)
    concerns = list(comment.concerns.select_related("raised_by").order_by("pk"))
    if not concerns:
        raise Http404
    hiding = [each for each in concerns if each.outcome != Concern.Outcome.RESTORED]
    concern = next((each for each in hiding if each.is_open), (hiding or concerns)[-1])
    concern = next((each for each in concerns if str(each.pk) == sent), concern)
    concern.comment = comment
    return concern


@project_view(may="concerns.resolve")
def concern_twins(
    request: TeamRequest, project: Project, uuid: UUID, position: int
) -> HttpResponse:
    """Show what else says the same as a comment that somebody is worried about; hide it too."""
    concern = _concern_of(project, uuid, position)
    if request.method == "POST":
        hidden = raise_concern_with_twins(comment=concern.comment, by=request.user)
        sentence = ngettext(
            "%(number)s more comment is hidden.", "%(number)s more comments are hidden.", hidden
        )
        messages.success(request, sentence % {"number": format_number(hidden)})
        return redirect_to(project, "engagements:concern_list")
    concerns_url = url_for(project, "engagements:concern_list")
    context = {
        "comment": concern.comment,
        "twins": twins_to_show(concern.comment),
        "crumbs": [
            *comment_crumbs(project),
            {"label": _("Worries about comments"), "url": concerns_url},
        ],
        "back": concerns_url,
    }
    return render(request, "engagements/concern_twins.html", context)


@project_view(may="concerns.resolve")
@require_POST
def concern_resend(
    request: TeamRequest, project: Project, uuid: UUID, position: int
) -> HttpResponse:
    """Have the safeguarding lead written to again, when the first letter did not go."""
    if resend_letter_to_lead(concern=_concern_of(project, uuid, position), by=request.user):
        messages.success(request, _("We are writing to the safeguarding lead again."))
    else:
        messages.info(request, _("There is nothing to send again."))
    return redirect_to(project, "engagements:concern_list")


@project_view(may="concerns.resolve")
def concern_resolve(
    request: TeamRequest, project: Project, uuid: UUID, position: int
) -> HttpResponse:
    """Record what was decided, elsewhere, about a concern; its words are not shown."""
    concern = _concern_of(project, uuid, position, request.POST.get("concern", ""))
    if concern.outcome == Concern.Outcome.RESTORED and request.method != "POST":
        messages.error(request, str(AlreadyDecided.sentence))
        return redirect_to(project, "engagements:concern_list")
    data = request.POST if request.method == "POST" else None
    form = ConcernDecisionForm(data, concern=concern)
    resolved = apply_or_report(
        form, lambda: resolve_concern(concern=concern, by=request.user, **form.decided)
    )
    if resolved is not None:
        if resolved.pk == concern.pk:
            messages.success(request, _what_became_of(resolved))
        else:
            messages.warning(
                request,
                _(
                    "Somebody else had recorded meanwhile that the comment is shown again. It is "
                    "hidden now, as you recorded. Talk to them about it."
                ),
            )
        return redirect_to(project, "engagements:concern_list")
    concerns_url = url_for(project, "engagements:concern_list")
    comment = concern.comment
    return form_page(
        request,
        form,
        template="engagements/concern_resolve.html",
        title=_("Record what was decided"),
        eyebrow=f"{comment.engagement.title}, {write_date(comment.engagement.date)}",
        submit=_("Record the decision"),
        crumbs=[
            *comment_crumbs(project),
            {"label": _("Worries about comments"), "url": concerns_url},
        ],
        cancel_url=concerns_url,
        concern=concern,
    )


def _what_became_of(concern: Concern) -> str:
    """Say what became of a comment once a decision about it is recorded."""
    if concern.outcome == Concern.Outcome.KEPT_HIDDEN:
        return _("It is recorded that the comment stays hidden.")
    if not concern.comment.is_visible:
        return _("The worry is settled. The comment is still withdrawn or undone.")
    return _("The comment is shown again.")
