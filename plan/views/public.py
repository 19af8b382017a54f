"""The plan as everyone reads it: the same bytes for all, and right at once when anything moves."""

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from plan import charts
from plan.document import context_of
from plan.figures import FIGURES, figures_of, journey_of, records_of
from plan.queries.published import Published
from plan.queries.thread import thread_back
from plan.reading import Plan
from plan.search import LONGEST_QUERY, matching
from plan.views.fresh import plan_page


def unasked(name: str) -> Callable[..., str]:
    """Name a page that is the same whatever is asked; with a query it is drawn each time."""
    return lambda request, **kwargs: "" if request.GET else name.format(**kwargs)


@plan_page(unasked("plan"))
@require_safe
def plan(request: HttpRequest, found: Published) -> HttpResponse:
    """Show the latest edition; with ``?q=`` the actions that these words are about."""
    query = " ".join(request.GET.get("q", "")[:LONGEST_QUERY].split())
    plan = found.plan()
    if plan is None:
        return render(request, "plan/plan_to_come.html", {"project": found.project})
    pdf = reverse("plan_data:plan_pdf", kwargs={"project": found.project.slug})
    context = page_of(plan, query) | {
        "file": found.file(get_language() or "en"),
        "pdf_url": f"{pdf}?language={get_language()}",
    }
    return render(request, "plan/plan.html", context)


def page_of(plan: Plan, query: str = "") -> dict[str, object]:
    """Give the template of the plan page what it draws."""
    here = get_language() or "en"
    return {
        "project": plan.project,
        "plan": plan,
        "query": query,
        "found": matching(list(plan.promises), query) if query else None,
        "journey": journey_of(plan),
        "chart_of_themes": charts.drawn(charts.of_themes(plan), here),
        "chart_of_listening": charts.drawn(charts.of_listening(plan), here),
        "chapters": [
            (chapter, charts.drawn(charts.of_chapter(plan, chapter), here))
            for chapter in plan.chapters
        ],
    }


def plan_or_404(found: Published) -> Plan:
    """Return the latest edition; before the first there is nothing at this address."""
    plan = found.plan()
    if plan is None:
        raise Http404
    return plan


@plan_page(unasked("action-{number}"))
@require_safe
def action(request: HttpRequest, found: Published, number: int) -> HttpResponse:
    """Show one action with its whole thread, back to what people said."""
    plan = plan_or_404(found)
    promise = plan.promise(number)
    if promise is None:
        raise Http404
    context = {
        "project": found.project,
        "plan": plan,
        "action": promise,
        "thread": thread_back(plan, promise, found.notes),
        "when_heard": charts.when_heard(plan),
    }
    return render(request, "plan/action.html", context)


def _figures_asked(request: HttpRequest) -> str:
    """Name the page of the figures, or of the records of one of them."""
    key = request.GET.get("of", "")
    return f"figures-{key}" if set(request.GET) <= {"of"} and key in {"", *FIGURES} else ""


@plan_page(_figures_asked)
@require_safe
def figures(request: HttpRequest, found: Published) -> HttpResponse:
    """Show every figure of the plan and what it counts; with ``?of=``, the records of one."""
    key = request.GET.get("of", "")
    if key and key not in FIGURES:
        raise Http404
    plan = plan_or_404(found)
    context = {"project": found.project, "plan": plan, "figures": figures_of(plan)}
    if key:
        context["records"] = records_of(plan, key)
    return render(request, "plan/figures.html", context)


@plan_page(unasked("printable"))
@require_safe
def printable(request: HttpRequest, found: Published) -> HttpResponse:
    """Show the whole plan on one plain page, for printing where there is no PDF."""
    plan = plan_or_404(found)
    return render(request, "plan/printable.html", context_of(plan))
