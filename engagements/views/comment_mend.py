"""Pages on which a comment is put right: a typo, what the person asks, names, how it was kept."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from coproduction.projects.access import may
from coproduction.projects.models import Project
from coproduction.projects.pages import (
    TeamRequest,
    apply_or_report,
    apply_or_warn,
    form_page,
    number_sent,
    project_view,
)
from engagements.forms.comment import CorrectForm, RedactForm, TypoForm
from engagements.models import Comment
from engagements.services.comment import correct_comment
from engagements.services.typo import put_typo_right
from engagements.services.withholding import redact_comment, restore_redaction
from engagements.views.breadcrumbs import Crumb, comment_crumbs, entry_crumbs
from engagements.views.comment_lookup import (
    comment_url,
    find_comment,
    may_mend,
    readable_comments,
)
from engagements.views.entry import way_back


def _not_hers(request: TeamRequest, comment: Comment) -> HttpResponse:
    """Say who may put a comment right, to somebody who may not."""
    sentence = _(
        "You can put right what you typed or pasted yourself, for 14 days. "
        "Ask a co-ordinator about this one."
    )
    messages.error(request, sentence)
    return redirect(_done_at(request, comment))


def _done_at(request: TeamRequest, comment: Comment) -> str:
    """Return where one goes from a comment: to its page, or for a helper to her own entries."""
    if may(request, "engagements.view"):
        return comment_url(comment)
    return way_back(request, comment.engagement)


def _crumbs(request: TeamRequest, comment: Comment) -> list[Crumb]:
    """Return the way back from a comment."""
    if may(request, "engagements.view"):
        return comment_crumbs(request.project, comment)
    return entry_crumbs(request, comment.engagement)


@project_view(may="comments.mend")
@require_safe
def comment_mend(request: TeamRequest, project: Project, uuid: UUID, position: int) -> HttpResponse:
    """Ask what is wrong with a comment: each answer is a door of its own, with what it means."""
    found = find_comment(readable_comments(request), uuid, position)
    if not may_mend(request, found):
        return _not_hers(request, found)
    context = {
        "comment": found,
        "crumbs": _crumbs(request, found),
        "may_withhold": may(request, "comments.withhold"),
        "may_view": may(request, "engagements.view"),
        "back": _done_at(request, found),
    }
    return render(request, "engagements/comment_mend.html", context)


@project_view(may="comments.mend")
def comment_typo(request: TeamRequest, project: Project, uuid: UUID, position: int) -> HttpResponse:
    """Put right what was typed or heard wrongly."""
    found = find_comment(readable_comments(request), uuid, position)
    if not may_mend(request, found):
        return _not_hers(request, found)
    form = TypoForm(request.POST if request.method == "POST" else None, comment=found)
    kept = apply_or_report(
        form,
        lambda: put_typo_right(
            comment=found,
            text=form.cleaned_data["text"],
            seen=form.cleaned_data["seen"],
            by=request.user,
        ),
    )
    if kept is not None:
        messages.success(request, _("The typo is put right. Quotes of it must be looked at again."))
        return redirect(_done_at(request, found))
    return form_page(
        request,
        form,
        title=_("Put a typo right"),
        lead=_("Put right only what was typed or heard wrongly. Keep the rest as it was said."),
        note=_("What it said before is kept for co-ordinators, and can be put back."),
        submit=_("Save the words"),
        crumbs=_crumbs(request, found),
        cancel_url=_done_at(request, found),
    )


@project_view(may="comments.withhold")
def comment_redact(
    request: TeamRequest, project: Project, uuid: UUID, position: int
) -> HttpResponse:
    """Take out of a comment what names or points to a person."""
    found = find_comment(readable_comments(request), uuid, position)
    form = RedactForm(request.POST if request.method == "POST" else None, comment=found)
    redaction = apply_or_report(
        form,
        lambda: redact_comment(
            comment=found,
            text=form.cleaned_data["text"],
            translation=form.cleaned_data.get("translation", {}),
            descriptor=form.descriptor,
            seen=form.cleaned_data["seen"],
            by=request.user,
        ),
    )
    if redaction is not None:
        if found.is_visible:
            done = _("The new words are shown everywhere.")
        else:
            done = _("The new words are kept. The comment itself is out of sight.")
        messages.success(request, done)
        return redirect(comment_url(found))
    return form_page(
        request,
        form,
        template="engagements/comment_redact.html",
        title=_("Take names out"),
        lead=_("Take out only what names or points to a person. Keep the rest as it was said."),
        submit=_("Save the new words"),
        crumbs=comment_crumbs(project, found),
        cancel_url=comment_url(found),
    )


@project_view(may="comments.mend")
def comment_correct(
    request: TeamRequest, project: Project, uuid: UUID, position: int
) -> HttpResponse:
    """Put right how a comment was kept: consent, question, who spoke, language."""
    found = find_comment(readable_comments(request), uuid, position)
    if not may_mend(request, found):
        return _not_hers(request, found)
    form = CorrectForm(request.POST if request.method == "POST" else None, comment=found)
    changed = apply_or_report(
        form, lambda: correct_comment(comment=found, by=request.user, **form.cleaned_data)
    )
    if changed is not None:
        messages.success(request, _("Corrected.") if changed else _("Nothing was changed."))
        return redirect(_done_at(request, found))
    return form_page(
        request,
        form,
        template="engagements/comment_correct.html",
        title=_("Correct how it was kept"),
        submit=_("Save the corrections"),
        crumbs=_crumbs(request, found),
        cancel_url=_done_at(request, found),
        comment=found,
    )


@project_view(may="comments.withhold")
@require_POST
def comment_unredact(
    request: TeamRequest, project: Project, uuid: UUID, position: int
) -> HttpResponse:
    """Put a comment's words back as they were before they were last changed."""
    found = find_comment(readable_comments(request), uuid, position)
    apply_or_warn(
        request,
        lambda: restore_redaction(
            comment=found, last=number_sent(request, "redaction"), by=request.user
        ),
        done=_("The words are back as they were before."),
    )
    return redirect(comment_url(found))
