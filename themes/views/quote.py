"""Pages on which quotes are chosen, changed and cleared."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from coproduction.projects.models import Project
from coproduction.projects.pages import (
    TeamRequest,
    apply_or_report,
    apply_or_warn,
    form_page,
    number_sent,
    project_view,
    redirect_to,
    url_for,
)
from engagements.models import Comment, is_visible
from themes.forms.fields import read_key
from themes.forms.quote import NewQuoteForm, QuoteForm
from themes.models import Quote, Theme
from themes.queries.codebook import theme_after_merges
from themes.queries.quote import last_redaction, quotes_of_comment, standing_of_quote
from themes.services.quote import (
    NoConsent,
    NotLookedAt,
    RedactedMeanwhile,
    are_words_of,
    change_quote,
    check_quotable,
    choose_quote,
    clear_quote,
    shift_quote,
    take_back_quote,
)
from themes.views.breadcrumbs import heading_about, theme_crumbs


def _quote(project: Project, uuid: UUID) -> Quote:
    """Return a quote of this project whose comment is visible, or 404."""
    found: Quote = get_object_or_404(
        Quote.objects.of(project).select_related("comment__submission", "theme", "project"),
        is_visible("comment__"),
        uuid=uuid,
    )
    return found


def _place(quote: Quote) -> str:
    """Return where a quote stands on its theme's page."""
    return f"quote-{quote.uuid}"


def _to_theme(project: Project, theme: Theme, quote: Quote | None = None) -> HttpResponse:
    """Go to a theme's page, where its quotes are; to the quote itself, where one is meant."""
    uuid = theme_after_merges(theme).uuid
    return redirect_to(project, "themes:theme", uuid=uuid, place=_place(quote) if quote else "")


def _initial_of(quote: Quote) -> dict[str, Any]:
    """Return what the boxes hold when a quote is to be changed.

    After a redaction they hold only what the comment still says, so that nothing that was taken
    out of it is saved again unread.
    """
    last = last_redaction(quote.comment)
    if quote.seen_redaction >= last:
        words = {name: getattr(quote, name) for name in ("extract", "descriptor", "translation")}
    else:
        still_there = are_words_of(quote.extract, quote.comment.text)
        words = {"extract": quote.extract if still_there else ""}
    return {**words, "redaction": last, "version": quote.version}


def _save_quote(
    request: TeamRequest, form: NewQuoteForm | QuoteForm, save: Callable[[], Quote], done: str
) -> HttpResponse | None:
    """Save what a form says of a quote, and go to its theme; None when there is more to do.

    What was typed before a redaction may hold what was taken out: then the page begins again.
    """

    def change() -> HttpResponse:
        try:
            quote = save()
        except RedactedMeanwhile as refusal:
            messages.error(request, str(refusal))
            return redirect(request.get_full_path())
        messages.success(request, done, extra_tags=_place(quote))
        return _to_theme(request.project, quote.theme, quote)

    return apply_or_report(form, change, field="extract")


@project_view(may="quotes.clear")
def quote_choose(request: TeamRequest, project: Project, uuid: UUID) -> HttpResponse:
    """Choose words of a comment to stand for a theme; choosing clears them for publication."""
    theme = theme_after_merges(get_object_or_404(Theme.objects.of(project), uuid=uuid))
    key = read_key(request.GET, "comment")
    rows = Comment.objects.of(project).select_related("submission", "question")
    try:
        comment = check_quotable(rows.filter(pk=key).first() if key else None)
    except (NoConsent, NotLookedAt) as refusal:
        messages.error(request, str(refusal))
        return _to_theme(project, theme)
    comment.project = project
    # A quote stands for a published group; a code's goes to its theme.
    target = theme.parent or theme
    initial = {
        "extract": comment.text,
        "descriptor": comment.submission.descriptor,
        "translation": comment.translation,
        "redaction": last_redaction(comment),
    }
    form = NewQuoteForm(
        request.POST or None, comment=comment, languages=project.languages, initial=initial
    )
    answer = _save_quote(
        request,
        form,
        lambda: choose_quote(comment=comment, theme=target, by=request.user, **form.cleaned_data),
        done=_("The quote is chosen and cleared."),
    )
    return answer or form_page(
        request,
        form,
        template="themes/quote_choose.html",
        title=heading_about(_("Choose a quote for “%(name)s”"), target),
        submit=_("Choose and clear this quote"),
        crumbs=theme_crumbs(project, target),
        cancel_url=url_for(project, "themes:theme", uuid=target.uuid),
        comment=comment,
        theme=target,
    )


@project_view(may="quotes.clear")
def quote_change(request: TeamRequest, project: Project, uuid: UUID) -> HttpResponse:
    """Change a quote's extract, descriptor or translation, which clears it again."""
    quote = _quote(project, uuid)
    form = QuoteForm(
        request.POST or None,
        comment=quote.comment,
        languages=project.languages,
        initial=_initial_of(quote),
    )
    answer = _save_quote(
        request,
        form,
        lambda: change_quote(quote=quote, by=request.user, **form.cleaned_data),
        done=_("The quote is saved and cleared."),
    )
    return answer or form_page(
        request,
        form,
        template="themes/quote_choose.html",
        title=_("Change a quote"),
        submit=_("Save and clear this quote"),
        crumbs=theme_crumbs(project, quote.theme),
        cancel_url=url_for(project, "themes:theme", uuid=quote.theme.uuid),
        comment=quote.comment,
        theme=quote.theme,
    )


@project_view(may="quotes.clear")
@require_POST
def quote_clear(request: TeamRequest, project: Project, uuid: UUID) -> HttpResponse:
    """Clear a quote for publication, or take it back."""
    quote = _quote(project, uuid)
    if request.POST.get("clear") == "no":
        apply_or_warn(
            request,
            lambda: take_back_quote(quote=quote, by=request.user),
            done=_("The quote is no longer cleared. Nobody outside sees it."),
            place=_place(quote),
        )
    else:
        apply_or_warn(
            request,
            lambda: clear_quote(
                quote=quote, by=request.user, version=number_sent(request, "version")
            ),
            done=_("The quote is cleared."),
            place=_place(quote),
        )
    return _to_theme(project, quote.theme, quote)


@project_view(may="quotes.clear")
@require_POST
def quote_shift(request: TeamRequest, project: Project, uuid: UUID) -> HttpResponse:
    """Move a quote one place up among its theme's."""
    quote = _quote(project, uuid)
    if apply_or_warn(request, lambda: shift_quote(quote=quote, steps=-1, by=request.user)):
        number, among = standing_of_quote(quote)
        told = _("The quote is now number %(number)s of %(among)s.")
        messages.success(
            request, told % {"number": number, "among": among}, extra_tags=_place(quote)
        )
    return _to_theme(project, quote.theme, quote)


@project_view(may="engagements.view")
def comment_quotes(
    request: TeamRequest, project: Project, uuid: UUID, position: int
) -> HttpResponse:
    """Say where a comment is quoted, without the words. A comment's own page loads it."""
    visible = Comment.objects.of(project).visible().select_related("project")
    found = get_object_or_404(visible, submission__uuid=uuid, position=position)
    url = url_for(project, "engagements:comment", uuid=uuid, position=position)
    context = {
        "project": project,
        "quotes": quotes_of_comment(found),
        "crumbs": [{"label": _("A comment"), "url": url}],
    }
    return render(request, "themes/comment_quotes.html", context)
