"""The plan as everyone reads it: the same bytes for all, and right at once when anything moves."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from coproduction.languages.codes import page_language
from coproduction.languages.typed_text import clean_typed
from coproduction.projects.pages import url_for
from plan.infographics import charts
from plan.paper.document import paper_context
from plan.presentation.figures import RECORDS_OF_FIGURES, figures_of, headline_journey, records_of
from plan.presentation.plan import Plan
from plan.presentation.search import LONGEST_QUERY, matching_actions
from plan.presentation.thread import thread_of_action
from plan.queries.published import PublishedPlan
from plan.views.caching import plan_page


# What is searched for is in no list of what to keep.
@plan_page(asks={"q": ()})
def plan(request: HttpRequest, published: PublishedPlan) -> HttpResponse:
    """Show the latest edition; with ``?q=`` the actions that these words are about."""
    query = " ".join(clean_typed(request.GET.get("q", "")).split())[:LONGEST_QUERY]
    plan = published.plan()
    if plan is None:
        return _to_come(request, published)
    context = plan_page_context(plan, query) | {
        "file": published.file(page_language()),
        "pdf_url": url_for(
            published.project, "plan_data:plan_pdf", query={"language": page_language()}
        ),
    }
    return render(request, "plan/plan.html", context)


def _to_come(request: HttpRequest, published: PublishedPlan) -> HttpResponse:
    """Say that there is no edition yet, and what there is to read meanwhile."""
    return render(request, "plan/plan_to_come.html", {"project": published.project})


def plan_page_context(plan: Plan, query: str = "") -> dict[str, object]:
    """Give the template of the plan page what it draws."""
    return {
        "project": plan.project,
        "plan": plan,
        "query": query,
        "found": matching_actions(list(plan.actions), query) if query else None,
        "journey": headline_journey(plan),
        "chart_of_themes": charts.draw_chart(charts.chart_of_themes(plan)),
        "chart_of_listening": charts.draw_chart(charts.chart_of_listening(plan)),
        "chapters": [
            (chapter, charts.draw_chart(charts.chart_of_chapter(plan, chapter)))
            for chapter in plan.chapters
        ],
    }


def plan_or_404(published: PublishedPlan) -> Plan:
    """Return the latest edition; before the first there is nothing at this address."""
    plan = published.plan()
    if plan is None:
        raise Http404
    return plan


@plan_page()
def action(request: HttpRequest, published: PublishedPlan, number: int) -> HttpResponse:
    """Show one action with its whole thread, back to what people said."""
    plan = plan_or_404(published)
    found_action = plan.action(number)
    if found_action is None:
        raise Http404
    context = {
        "project": published.project,
        "plan": plan,
        "action": found_action,
        "thread": thread_of_action(plan, found_action, published.mask.notes),
        "listening_period": charts.listening_period(plan),
    }
    return render(request, "plan/action.html", context)


@plan_page(asks={"of": RECORDS_OF_FIGURES})
def figures(request: HttpRequest, published: PublishedPlan) -> HttpResponse:
    """Show every figure of the plan and what it counts; with ``?of=``, the records of one."""
    key = request.GET.get("of", "")
    if key and key not in RECORDS_OF_FIGURES:
        raise Http404
    plan = published.plan()
    if plan is None:
        return _to_come(request, published)
    context = {"project": published.project, "plan": plan, "figures": figures_of(plan)}
    if key:
        context["records"] = records_of(plan, key)
    return render(request, "plan/figures.html", context)


@plan_page()
def printable(request: HttpRequest, published: PublishedPlan) -> HttpResponse:
    """Show the whole plan on one plain page, for printing where there is no PDF."""
    plan = published.plan()
    if plan is None:
        return _to_come(request, published)
    return render(request, "plan/printable.html", paper_context(plan))
