"""Pages on which quotes are chosen and findings are written."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from coproduction.projects.models import Project
from coproduction.projects.pages import TeamRequest, project_view
from coproduction.projects.refusals import Refusal
from engagements.models import Comment, is_visible
from themes.forms.codebook import FindingForm, QuoteForm
from themes.forms.fields import read_key
from themes.models import Finding, Quote, Theme
from themes.queries.codebook import theme_after_merges
from themes.queries.quote import last_redaction, quotes_of_comment
from themes.services import finding as findings
from themes.services import quote as quotes
from themes.views.translation_status import languages_to_write, translation_sentences


def _theme(project: Project, uuid: UUID) -> Theme:
    """Return the theme or code that now stands for this one, or 404."""
    return theme_after_merges(get_object_or_404(Theme.objects.of(project), uuid=uuid))


def _quote(project: Project, uuid: UUID) -> Quote:
    """Return a quote of this project whose comment is shown, or 404."""
    found: Quote = get_object_or_404(
        Quote.objects.of(project).select_related("comment__submission", "theme", "project"),
        is_visible("comment__"),
        uuid=uuid,
    )
    return found


def _to_theme(project: Project, theme: Theme) -> HttpResponse:
    """Go to a theme's page, where its quotes are."""
    return redirect("themes:theme", project=project.slug, uuid=theme_after_merges(theme).uuid)


def _said(form: QuoteForm) -> dict[str, Any]:
    """Return what a form says of a quote."""
    return {
        "extract": form.cleaned_data["extract"],
        "descriptor": form.cleaned_data["descriptor"],
        "translation": form.cleaned_data.get("translation"),
        "seen": form.cleaned_data["seen"],
    }


def _begun(quote: Quote) -> dict[str, Any]:
    """Return what the boxes hold when a quote is to be changed.

    After a redaction they hold only what the comment still says, so that nothing that was taken
    out of it is saved again unread.
    """
    last = last_redaction(quote.comment)
    if quote.seen_redaction >= last:
        words = {"extract": quote.extract, "descriptor": quote.descriptor}
        return {**words, "translation": quote.translation, "seen": last}
    kept = quotes.are_words_of(quote.extract, quote.comment.text)
    return {"extract": quote.extract if kept else "", "seen": last}


@project_view(may="quotes.clear")
def quote_choose(request: TeamRequest, project: Project, uuid: UUID) -> HttpResponse:
    """Choose words of a comment to stand for a theme; choosing clears them for publication."""
    theme, status = _theme(project, uuid), 200
    number = read_key(request.GET, "comment")
    shown = Comment.objects.of(project).publishable().select_related("submission", "question")
    comment = shown.filter(pk=number).first() if number else None
    if comment is None:
        messages.error(request, str(quotes.NoConsent.sentence))
        return _to_theme(project, theme)
    comment.project = project
    # A quote stands for a published group; a code's goes to its theme.
    target = theme.parent or theme
    initial = {
        "extract": comment.text,
        "descriptor": comment.submission.descriptor,
        "translation": comment.translation,
        "seen": last_redaction(comment),
    }
    form = QuoteForm(
        request.POST or None, comment=comment, languages=project.languages, initial=initial
    )
    if request.method == "POST" and form.is_valid():
        try:
            quotes.choose_quote(comment=comment, theme=target, by=request.user, **_said(form))
            messages.success(request, _("The quote is chosen and cleared."))
            return _to_theme(project, target)
        except quotes.RedactedMeanwhile as refusal:
            # What was typed may hold what was taken out: the page begins anew.
            messages.error(request, str(refusal))
            return redirect(request.get_full_path())
        except Refusal as refusal:
            form.add_error("extract", str(refusal))
            status = 409
    context = {"project": project, "theme": target, "comment": comment, "form": form}
    return render(request, "themes/quote_choose.html", context, status=status)


@project_view(may="quotes.clear")
def quote_change(request: TeamRequest, project: Project, uuid: UUID) -> HttpResponse:
    """Change a quote's extract, descriptor or translation, which clears it again."""
    quote, status = _quote(project, uuid), 200
    initial = _begun(quote)
    form = QuoteForm(
        request.POST or None, comment=quote.comment, languages=project.languages, initial=initial
    )
    if request.method == "POST" and form.is_valid():
        try:
            quotes.change_quote(quote=quote, by=request.user, **_said(form))
            messages.success(request, _("The quote is saved and cleared."))
            return _to_theme(project, quote.theme)
        except quotes.RedactedMeanwhile as refusal:
            messages.error(request, str(refusal))
            return redirect(request.get_full_path())
        except Refusal as refusal:
            form.add_error("extract", str(refusal))
            status = 409
    context = {"project": project, "quote": quote, "comment": quote.comment, "form": form}
    return render(
        request, "themes/quote_change.html", context | {"theme": quote.theme}, status=status
    )


@project_view(may="quotes.clear")
@require_POST
def quote_clear(request: TeamRequest, project: Project, uuid: UUID) -> HttpResponse:
    """Clear a quote for publication, or take it back."""
    quote = _quote(project, uuid)
    try:
        if request.POST.get("clear") == "no":
            quotes.take_back_quote(quote=quote, by=request.user)
            messages.success(request, _("The quote is no longer cleared. Nobody outside sees it."))
        else:
            quotes.clear_quote(quote=quote, by=request.user)
            messages.success(request, _("The quote is cleared."))
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return _to_theme(project, quote.theme)


@project_view(may="quotes.clear")
@require_POST
def quote_shift(request: TeamRequest, project: Project, uuid: UUID) -> HttpResponse:
    """Move a quote one place up among its theme's."""
    quote = _quote(project, uuid)
    try:
        quotes.shift_quote(quote=quote, steps=-1, by=request.user)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return _to_theme(project, quote.theme)


@project_view(may="findings.write")
def finding_write(request: TeamRequest, project: Project, uuid: UUID) -> HttpResponse:
    """Write what was heard on a theme, in both languages side by side."""
    theme, status = _theme(project, uuid), 200
    existing = Finding.objects.filter(theme=theme).first()
    form = FindingForm(
        request.POST or None,
        languages=project.languages,
        initial={"text": existing.text if existing else ""},
    )
    if request.method == "POST" and form.is_valid():
        try:
            written = findings.write_finding(
                theme=theme, text=form.cleaned_data["text"], by=request.user
            )
            told = (
                _("Saved.") + " " + " ".join(translation_sentences(written.text, project.languages))
            )
            gaps = languages_to_write(written.text, project.languages)
            (messages.warning if gaps else messages.success)(request, told)
            return _to_theme(project, theme)
        except Refusal as refusal:
            form.add_error("text", str(refusal))
            status = 409
    quoted = Quote.objects.publishable().filter(theme=theme).select_related("comment")
    context = {
        "project": project,
        "theme": theme,
        "form": form,
        "finding": existing,
        "quotes": list(quoted[:10]),
    }
    return render(request, "themes/finding_write.html", context, status=status)


@project_view(may="findings.write")
@require_POST
def finding_take_down(request: TeamRequest, project: Project, uuid: UUID) -> HttpResponse:
    """Take away what was written of a theme, and its public page with it."""
    theme = _theme(project, uuid)
    found = Finding.objects.filter(theme=theme).select_related("theme", "project").first()
    if found is not None:
        try:
            findings.take_down_finding(finding=found, by=request.user)
            messages.success(request, _("Taken down. Residents no longer see this theme."))
        except Refusal as refusal:
            messages.error(request, str(refusal))
    return _to_theme(project, theme)


@project_view(may="engagements.view")
def comment_quotes(
    request: TeamRequest, project: Project, uuid: UUID, position: int
) -> HttpResponse:
    """Say where a comment is quoted, without the words. A comment's own page loads it."""
    shown = Comment.objects.of(project).visible().select_related("project")
    found = get_object_or_404(shown, submission__uuid=uuid, position=position)
    kwargs = {"project": project.slug, "uuid": uuid, "position": position}
    back = {"label": _("A comment"), "url": reverse("engagements:comment", kwargs=kwargs)}
    context = {"project": project, "quotes": quotes_of_comment(found), "crumbs": [back]}
    return render(request, "themes/comment_quotes.html", context)
