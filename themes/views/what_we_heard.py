"""What residents read of the listening: the same bytes for everyone."""

from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from coproduction.languages.codes import page_language
from coproduction.languages.templatetags.languages import with_lang
from coproduction.projects.kept_pages import kept_page
from coproduction.projects.models import Project
from coproduction.ui.charts.chart import Datum
from coproduction.ui.charts.kinds import Bar, Waffle
from engagements.disclosure.small_numbers import PublicCount
from engagements.models import STRENGTHS, Question
from themes.models import Quote, Theme
from themes.queries.codebook import codebook_of
from themes.queries.public_counts import PublicCounts
from themes.queries.what_we_heard import PublicTheme, public_themes

PAGE = 50
# So many pages of the list: whatever number somebody asks for beyond is drawn and not kept.
_PAGES_KEPT = frozenset(map(str, range(1, 101)))


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


def _strengths(
    found: list[PublicTheme], questions: list[Question], counts: PublicCounts
) -> Bar | None:
    """Draw what people value, the most spoken of first; what a theme's page keeps back is left out.

    So is nothing at all, which is no strength.
    """
    valued: list[tuple[Theme, PublicCount]] = []
    for one in found:
        for question, count in counts.by_question(questions, one.theme):
            if question.kind == STRENGTHS and count.value:
                valued.append((one.theme, count))
    if not valued:
        return None
    valued.sort(key=lambda row: -row[1].drawn)
    return Bar(
        title=_("What people here value"),
        note=_("Comments that said what is good, by theme."),
        unit=_("comments"),
        data=[
            Datum(str(theme), count.drawn, theme.colour, _url(theme), written=str(count))
            for theme, count in valued
        ],
    )


@kept_page(tells_counts=True)
def what_we_heard(request: HttpRequest, project: Project) -> HttpResponse:
    """Show residents what was heard: strengths first, then theme by theme."""
    codebook = codebook_of(project)
    found, counts = public_themes(project, codebook), PublicCounts(project, codebook)
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
                "total": counts.of_theme(one.theme),
                "quote": _bubble(words[0]) if words else None,
            }
        )
    context = {
        "project": project,
        "counts": counts,
        "strengths": _strengths(found, questions, counts),
        "praise": praise[:4],
        "cards": cards,
    }
    return render(request, "themes/what_we_heard.html", context)


@kept_page(asks={"page": _PAGES_KEPT}, tells_counts=True)
def what_we_heard_engagements(request: HttpRequest, project: Project) -> HttpResponse:
    """List the engagements behind the listening figures."""
    counts = PublicCounts(project)
    of_questions = counts.by_question(list(Question.objects.of(project)))
    listed = Paginator(counts.engagements(), PAGE)
    listed.count = counts.engagement_count  # which the page says too
    page = listed.get_page(request.GET.get("page"))
    page.object_list = counts.told_of(page.object_list)
    context = {
        "project": project,
        "counts": counts,
        "page": page,
        "questions": [{"question": each, "count": count} for each, count in of_questions],
    }
    return render(request, "themes/what_we_heard_engagements.html", context)


def _numbers(theme: Theme, public: PublicCounts) -> dict[str, object]:
    """Return a theme's comments by question: a chart of what is public, and a table of all."""
    counts = public.by_question(list(Question.objects.of(theme.project)), theme)
    charted = [(question, count) for question, count in counts if count.value]
    chart = Waffle(
        title=_("What the comments answered"),
        unit=_("comments"),
        data=[
            Datum(str(q.wording), count.drawn, q.colour, shape=q.shape, written=str(count))
            for q, count in charted
        ],
    )
    return {
        "chart": chart if charted else None,
        "hidden": len(charted) < len(counts),
        "rows": [{"question": question, "count": count} for question, count in counts],
        "total": public.of_theme(theme),
    }


@kept_page(tells_counts=True)
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
    counts = PublicCounts(project, codebook)
    codes = counts.by_code(theme, codebook.codes_under(theme))
    context = {
        "project": project,
        "theme": theme,
        "finding": one.finding,
        "counts": counts,
        "numbers": _numbers(theme, counts),
        "codes": [{"code": code, "count": count} for code, count in codes],
        "quotes": [_bubble(quote) for quote in one.quotes],
        "others": [each.theme for each in found if each.theme != theme],
    }
    return render(request, "themes/what_we_heard_theme.html", context)
