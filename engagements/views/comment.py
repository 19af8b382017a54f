"""Pages of comments: the list, one of them, and what may be seen of it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from coproduction.languages.codes import page_language
from coproduction.languages.searching import Found
from coproduction.projects.access import may
from coproduction.projects.models import Project
from coproduction.projects.pages import (
    TeamRequest,
    apply_or_warn,
    number_sent,
    project_view,
    redirect_to,
)
from coproduction.ui.paging import KeyedPage
from engagements.forms.comment import CommentFilterForm
from engagements.models import Comment, Submission
from engagements.queries.bulk_change import state_of_list
from engagements.queries.comment import narrow_comments
from engagements.queries.twins import twins_to_show
from engagements.services.concern_notice import concern_notice
from engagements.services.withholding import (
    lift_withdrawal,
    note_original_read,
    raise_concern,
    raise_concern_with_twins,
    withdraw_comment,
)
from engagements.views.breadcrumbs import comment_crumbs
from engagements.views.comment_lookup import (
    comment_url,
    find_comment,
    may_mend,
    readable_comments,
    sitting_of_code,
    tick_every_url,
)

PER_PAGE = 50


@project_view(may="engagements.view")
def comment_list(request: TeamRequest, project: Project) -> HttpResponse:
    """List the comments, newest first, narrowed by words, question and engagement."""
    form = CommentFilterForm(
        request.GET, project=project, may_withhold=may(request, "comments.withhold")
    )
    form.is_valid()
    chosen: dict[str, Any] = form.cleaned_data
    # Read before the comments are: what comes meanwhile is newer than it says.
    ticks = {} if chosen.get("withheld") else _ticks(request)
    sitting = sitting_of_code(request, chosen.get("q", ""))
    found = (
        Found(narrow_comments(readable_comments(request), chosen), chosen.get("q", ""))
        if sitting is None
        else Found(_said_in(request, sitting))
    )
    page = KeyedPage(
        found,
        request.GET.get("page"),
        size=PER_PAGE,
        newest_first=True,
        together=("question", "engagement", "submission"),
    )
    context = {
        "form": form,
        "page": page,
        "narrowed": any(chosen.values()),
        "ticks": ticks | _narrowed_to(form) | _number(page, sitting) if ticks else {},
        "every_ticked": request.GET.get("ticked") == "page",
        "tick_every_url": tick_every_url(request),
        "meant": chosen.get("engagement") or [],
        "may_resolve": may(request, "concerns.resolve"),
        "may_take_out": may(request, "comments.take_out"),
        "sitting": sitting,
    }
    return render(request, "engagements/comment_list.html", context)


def _ticks(request: TeamRequest) -> dict[str, int]:
    """Return what a list with boxes to tick carries, for those who may change many at once."""
    return state_of_list(request.project) if may(request, "comments.withhold") else {}


def _narrowed_to(form: CommentFilterForm) -> dict[str, str]:
    """Return what a list was narrowed to, as its form was filled."""
    return {name: form.data[name] for name in form.fields if form.data.get(name)}


def _number(page: KeyedPage[Comment], sitting: Submission | None) -> dict[str, int]:
    """Return how many comments a list says it has, where it counts just those in use."""
    counts = sitting is None and not page.has_more_than_counted
    return {"number": page.count} if counts else {}


def _said_in(request: TeamRequest, sitting: Submission) -> QuerySet[Comment]:
    """Return all that one person said, withdrawn or not; what a concern hides is not read here."""
    said: QuerySet[Comment] = readable_comments(request).filter(submission=sitting)
    return said


@project_view(may="engagements.view")
def comment(request: TeamRequest, project: Project, uuid: UUID, position: int) -> HttpResponse:
    """Show one comment: the words, where and when they were said, and what may be done."""
    if may(request, "concerns.resolve"):
        found = find_comment(Comment.objects.of(project), uuid, position)
        if found.is_hidden_by_concern:
            return redirect_to(project, "engagements:concern_list")
    found = find_comment(readable_comments(request), uuid, position)
    may_withhold = may(request, "comments.withhold")
    redactions = list(found.redactions.select_related("by")) if may_withhold else []
    shows_original = bool(redactions) and "before" in request.GET
    if shows_original:
        note_original_read(comment=found, by=request.user)
    translation, translation_language = found.translation.best(page_language())
    context = {
        "comment": found,
        "translation": translation,
        "translation_language": translation_language,
        "consent": _("Yes") if found.is_quotable else _("No"),
        "crumbs": comment_crumbs(project),
        "may_withhold": may_withhold,
        "may_erase": may(request, "comments.erase"),
        "is_withdrawn": found.withdrawals.filter(lifted_at__isnull=True).exists(),
        "redactions": redactions,
        "only_typos": all(each.is_typo for each in redactions),
        "may_mend": may_mend(request, found),
        "shows_original": shows_original,
        "last": {"redaction": redactions[-1].pk} if redactions else {},
        "may_raise": may(request, "concerns.raise"),
    }
    return render(request, "engagements/comment.html", context)


@project_view(may="comments.withhold")
def comment_withdraw(
    request: TeamRequest, project: Project, uuid: UUID, position: int
) -> HttpResponse:
    """Say where a comment is used, and ask; then show it nowhere, as its speaker wishes."""
    found = find_comment(Comment.objects.of(project), uuid, position)
    if request.method != "POST":
        return _asked(request, "comment_withdraw", uuid, position)
    withdraw_comment(comment=found, by=request.user)
    messages.success(
        request,
        _(
            "The comment is withdrawn. Its words are shown nowhere. Numbers that are published "
            "still count it, so that nobody can tell who took theirs back."
        ),
    )
    return redirect(comment_url(found))


def _asked(request: TeamRequest, name: str, uuid: UUID, position: int) -> HttpResponse:
    """Ask once, before something is done to a comment whose words this person may read."""
    found = find_comment(readable_comments(request), uuid, position)
    context = {
        "comment": found,
        "crumbs": comment_crumbs(request.project, found),
        "back": comment_url(found),
    }
    return render(request, f"engagements/{name}.html", context)


@project_view(may="comments.withhold")
def comment_restore(
    request: TeamRequest, project: Project, uuid: UUID, position: int
) -> HttpResponse:
    """Ask; then lift a withdrawal: the speaker changed their mind."""
    found = find_comment(Comment.objects.of(project), uuid, position)
    if request.method != "POST":
        return _asked(request, "comment_restore", uuid, position)
    version = number_sent(request, "version")
    if not apply_or_warn(
        request, lambda: lift_withdrawal(comment=found, version=version, by=request.user)
    ):
        return redirect(comment_url(found))
    if found.is_visible:
        messages.success(request, _("The comment is shown again."))
    else:
        messages.info(request, _("It is no longer withdrawn, but something else still hides it."))
    return redirect(comment_url(found))


@project_view(may="concerns.raise")
def concern_raise(
    request: TeamRequest, project: Project, uuid: UUID, position: int
) -> HttpResponse:
    """Say what will happen first; then hide a comment that somebody is worried about."""
    hidden = Comment.objects.of(project).hidden_by_concern()
    found = find_comment(readable_comments(request) | hidden, uuid, position)
    if found.is_hidden_by_concern:
        # Its words are not shown again, not even to somebody with the same concern.
        messages.info(request, _("That comment is hidden already. Somebody is looking into it."))
        return redirect_to(project, "engagements:comment_list")
    if request.method == "POST":
        raise_concern(comment=found, by=request.user)
        if "twins" in request.POST:
            raise_concern_with_twins(comment=found, by=request.user)
        messages.success(request, concern_notice(project))
        return redirect_to(project, "engagements:comment_list")
    context = {
        "comment": found,
        "crumbs": comment_crumbs(project, found),
        "back": comment_url(found),
        "has_lead": bool(project.safeguarding_lead),
        "twins": twins_to_show(found),
    }
    return render(request, "engagements/concern_raise.html", context)
