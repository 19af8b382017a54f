"""Pages of changes to many comments: choose what to change, see what came of it, undo it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext_lazy
from django.views.decorators.http import require_POST, require_safe

from coproduction.jobs.models import Job
from coproduction.languages.searching import COUNTED
from coproduction.projects.models import Project
from coproduction.projects.pages import (
    TeamRequest,
    apply_or_report,
    apply_or_warn,
    form_page,
    project_view,
    redirect_to,
    url_for,
)
from engagements.forms.bulk_change import BulkChangeForm, ChosenCommentsForm
from engagements.models import BulkChange
from engagements.queries.bulk_change import (
    changes_of,
    count_along,
    first_of,
    keys_of_ticked,
    those_that_stayed,
)
from engagements.services.bulk_change import MOST_AT_ONCE, CommentsShown, change_comments
from engagements.services.bulk_undo import undo_change_of_comments
from engagements.views.breadcrumbs import Crumb, comment_crumbs
from engagements.views.comment_lookup import sitting_of_code

PER_PAGE = 50
_SHOWN = 5


@project_view(may="comments.withhold")
def comments_change(request: TeamRequest, project: Project) -> HttpResponse:
    """Show some of the comments that are meant, ask what to change, and change them."""
    shown = _shown(request)
    keys = shown.some(project, MOST_AT_ONCE + 1)
    if not keys:
        messages.error(request, _("Tick the comments that you mean first."))
        return redirect_to(project, "engagements:comment_list")
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
        template="engagements/comments_change.html",
        title=_("Change many comments"),
        submit=_("Change them"),
        crumbs=comment_crumbs(project),
        cancel_url=url_for(project, "engagements:comment_list"),
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
    words = sent.get("q", "")
    sitting = sitting_of_code(request, words)
    question = sent.get("question")
    return CommentsShown(
        **then,
        number=sent.get("number") or 0,
        words="" if sitting else words,
        submission=sitting.pk if sitting else None,
        questions=[question.pk] if question and not sitting else [],
        engagements=[] if sitting else [each.pk for each in sent.get("engagement") or []],
    )


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
