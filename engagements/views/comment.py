"""Pages of one comment: what may be seen of it, withdrawing it, worrying about it."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from coproduction.languages.codes import page_language
from coproduction.projects.access import may
from coproduction.projects.models import Project
from coproduction.projects.pages import (
    TeamRequest,
    apply_or_warn,
    number_sent,
    project_view,
    redirect_to,
)
from engagements.models import Comment
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
    opened_from,
    readable_comments,
)


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
        "list_query": opened_from(request),
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
        return redirect_to(project, "themes:comment_list")
    if request.method == "POST":
        raise_concern(comment=found, by=request.user)
        if "twins" in request.POST:
            raise_concern_with_twins(comment=found, by=request.user)
        messages.success(request, concern_notice(project))
        return redirect_to(project, "themes:comment_list")
    context = {
        "comment": found,
        "crumbs": comment_crumbs(project, found),
        "back": comment_url(found),
        "has_lead": bool(project.safeguarding_lead),
        "twins": twins_to_show(found),
    }
    return render(request, "engagements/concern_raise.html", context)
