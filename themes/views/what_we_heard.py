"""What residents read of the listening: the same bytes for everyone."""

from functools import wraps
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.http import conditional_page

from coproduction.languages.codes import page_language
from coproduction.languages.templatetags.languages import with_lang
from coproduction.projects.models import Project
from coproduction.projects.pages import View, public_view
from coproduction.ui.charts.chart import Datum
from coproduction.ui.charts.kinds import Bar, Waffle
from engagements.disclosure.small_numbers import disclose_count
from engagements.models import STRENGTHS, Question
from engagements.queries.counts import comments_by_question
from themes.models import Quote, Theme
from themes.queries.codebook import codebook_of
from themes.queries.counts import (
    CommentCounts,
    count_under,
    public_code_counts,
    public_engagements,
    public_question_counts,
    public_totals,
)
from themes.queries.what_we_heard import PublicTheme, public_themes

PAGE = 50


def _kept_and_asked_for(view: View) -> View:
    """Let browsers and proxies keep a page, and ask each time whether it is still so.

    What somebody withdraws must be gone at once, so nothing is kept unasked.
    """

    @wraps(view)
    def answer(*args: Any, **kwargs: Any) -> HttpResponseBase:
        response = view(*args, **kwargs)
        patch_cache_control(response, public=True, no_cache=True)
        return response

    return conditional_page(answer)


def _bubble(quote: Quote, colour: str = "") -> dict[str, object]:
    """Return a quote as a speech bubble: the words as they were said, and a translation."""
    language = page_language()
    translation = "" if quote.comment.language == language else quote.translation.text(language)
    return {
        "text": quote.extract,
        "lang": quote.comment.language,
        "speaker": with_lang(quote.descriptor, quote.comment.language),
        "translation": translation,
        "translation_lang": language,
        "colour": colour,
    }


def _url(theme: Theme) -> str:
    """Return the public page of a theme."""
    return reverse("themes:what_we_heard_theme", args=[theme.project.slug, theme.uuid])


def _strengths(found: list[PublicTheme], questions: list[Question], smallest: int) -> Bar | None:
    """Draw what people value, the most spoken of first; what a theme's page keeps back is left out.

    So is nothing at all, which is no strength.
    """
    valued: list[tuple[Theme, int]] = []
    for one in found:
        for question, count in public_question_counts(one.counts.by_question, questions, smallest):
            if question.kind == STRENGTHS and count.value:
                valued.append((one.theme, count.value))
    if not valued:
        return None
    valued.sort(key=lambda row: -row[1])
    return Bar(
        title=_("What people here value"),
        note=_("Comments that said what is good, by theme."),
        unit=_("comments"),
        data=[Datum(str(theme), count, theme.colour, _url(theme)) for theme, count in valued],
    )


@_kept_and_asked_for
@public_view()
def what_we_heard(request: HttpRequest, project: Project) -> HttpResponse:
    """Show residents what was heard: strengths first, then theme by theme."""
    found = public_themes(project, codebook_of(project))
    questions = list(Question.objects.of(project))
    asset = next((each for each in questions if each.kind == STRENGTHS), None)
    praise = [
        _bubble(quote, one.theme.colour)
        for one in found
        for quote in one.quotes
        if asset and quote.comment.question_id == asset.pk
    ]
    cards = []
    for one in found:
        words = [q for q in one.quotes if not asset or q.comment.question_id != asset.pk]
        cards.append(
            {
                "theme": one.theme,
                "finding": one.finding,
                "total": disclose_count(one.counts.total, project.small_number),
                "quote": _bubble(words[0]) if words else None,
            }
        )
    context = {
        "project": project,
        "totals": public_totals(project),
        "strengths": _strengths(found, questions, project.small_number),
        "praise": praise[:4],
        "cards": cards,
    }
    return render(request, "themes/what_we_heard.html", context)


@_kept_and_asked_for
@public_view()
def what_we_heard_engagements(request: HttpRequest, project: Project) -> HttpResponse:
    """List the occasions behind the listening figures."""
    asked = comments_by_question(project)
    of_questions = public_question_counts(
        {question.pk: count for question, count in asked},
        [question for question, _count in asked],
        project.small_number,
    )
    context = {
        "project": project,
        "totals": public_totals(project),
        "page": Paginator(public_engagements(project), PAGE).get_page(request.GET.get("page")),
        "questions": [{"question": each, "count": count} for each, count in of_questions],
    }
    return render(request, "themes/what_we_heard_engagements.html", context)


def _numbers(theme: Theme, exact: CommentCounts, smallest: int) -> dict[str, object]:
    """Return a theme's comments by question: a chart of what is public, and a table of all."""
    questions = list(Question.objects.of(theme.project))
    counts = public_question_counts(exact.by_question, questions, smallest)
    charted = [(question, count.value) for question, count in counts if count.value]
    chart = Waffle(
        title=_("What the comments answered"),
        unit=_("comments"),
        data=[Datum(str(q.wording), count, q.colour, shape=q.shape) for q, count in charted],
    )
    return {
        "chart": chart if charted else None,
        "hidden": len(charted) < len(counts),
        "rows": [{"question": question, "count": count} for question, count in counts],
        "total": disclose_count(exact.total, smallest),
    }


@_kept_and_asked_for
@public_view()
def what_we_heard_theme(request: HttpRequest, project: Project, uuid: UUID) -> HttpResponse:
    """Show residents what was heard on one theme, in numbers and in people's own words."""
    codebook = codebook_of(project)
    asked = codebook.find(uuid)
    if asked is None or not asked.is_theme:
        raise Http404
    theme = codebook.by_id[codebook.merges.final(asked.pk)]
    found = public_themes(project, codebook)
    one = next((each for each in found if each.theme == theme), None)
    if one is None:
        # Not written yet, or taken down since somebody linked to it: what there is stands there.
        return redirect("themes:what_we_heard", project=project.slug)
    if theme != asked:
        return redirect("themes:what_we_heard_theme", project=project.slug, uuid=theme.uuid)
    counts, of_codes = count_under(theme)
    codes = public_code_counts(counts, of_codes, codebook.codes_under(theme), project.small_number)
    context = {
        "project": project,
        "theme": theme,
        "finding": one.finding,
        "numbers": _numbers(theme, counts, project.small_number),
        "codes": [{"code": code, "count": count} for code, count in codes],
        "quotes": [_bubble(quote) for quote in one.quotes],
        "others": [each.theme for each in found if each.theme != theme],
    }
    return render(request, "themes/what_we_heard_theme.html", context)
