"""The plan as everyone reads it: the same bytes for all, and right at once when anything moves."""

import hashlib

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from coproduction.projects.models import Project
from coproduction.projects.pages import public_view
from plan import charts
from plan.document import context_of
from plan.figures import FIGURES, figures_of, journey_of, records_of
from plan.queries.document import notes_shown
from plan.queries.published import published_plan, served_file
from plan.queries.thread import thread_back
from plan.reading import Plan
from plan.search import LONGEST_QUERY, matching
from plan.views.fresh import fresh


@public_view()
@require_safe
def plan(request: HttpRequest, project: Project) -> HttpResponseBase:
    """Show the latest edition; with ``?q=`` the actions that these words are about."""
    query = " ".join(request.GET.get("q", "")[:LONGEST_QUERY].split())
    mark = hashlib.sha256(request.META.get("QUERY_STRING", "").encode()).hexdigest()[:12]
    return fresh(
        request,
        project,
        lambda: _plan(request, project, query),
        page=f"plan-{mark}" if request.GET else "plan",
        keep=not request.GET,
    )


def _plan(request: HttpRequest, project: Project, query: str) -> HttpResponse:
    """Draw the plan page, or say when to expect one."""
    plan = published_plan(project)
    if plan is None:
        return render(request, "plan/plan_to_come.html", {"project": project})
    context = page_of(plan, query) | {
        "file": served_file(project, get_language() or "en"),
        "pdf_url": f"{reverse('plan_data:plan_pdf', kwargs={'project': project.slug})}"
        f"?language={get_language()}",
    }
    return render(request, "plan/plan.html", context)


def page_of(plan: Plan, query: str = "") -> dict[str, object]:
    """Give the template of the plan page what it draws."""
    return {
        "project": plan.project,
        "plan": plan,
        "query": query,
        "found": matching(list(plan.promises), query) if query else None,
        "journey": journey_of(plan),
        "chart_of_themes": charts.of_themes(plan),
        "chart_of_listening": charts.of_listening(plan),
        "chapters": [(chapter, charts.of_chapter(plan, chapter)) for chapter in plan.chapters],
    }


def _published_or_404(project: Project) -> Plan:
    """Return the latest edition; before the first there is nothing at this address."""
    plan = published_plan(project)
    if plan is None:
        raise Http404
    return plan


@public_view()
@require_safe
def action(request: HttpRequest, project: Project, number: int) -> HttpResponseBase:
    """Show one action with its whole thread, back to what people said."""

    def build() -> HttpResponse:
        plan = _published_or_404(project)
        promise = plan.promise(number)
        if promise is None:
            raise Http404
        thread = thread_back(plan, promise, notes_shown(project, promise.thread["notes"]))
        context = {
            "project": project,
            "plan": plan,
            "action": promise,
            "thread": thread,
            "when_heard": charts.when_heard(plan),
        }
        return render(request, "plan/action.html", context)

    return fresh(request, project, build, page=f"action-{number}", keep=not request.GET)


@public_view()
@require_safe
def figures(request: HttpRequest, project: Project) -> HttpResponseBase:
    """Show every figure of the plan: what it counts, as of when, and where to see what it counts."""

    def build() -> HttpResponse:
        plan = _published_or_404(project)
        context = {"project": project, "plan": plan, "figures": figures_of(plan)}
        return render(request, "plan/figures.html", context)

    return fresh(request, project, build, page="figures", keep=not request.GET)


@public_view()
@require_safe
def figure(request: HttpRequest, project: Project, figure: str) -> HttpResponseBase:
    """List the records that one figure counts."""
    if figure not in FIGURES:
        raise Http404

    def build() -> HttpResponse:
        plan = _published_or_404(project)
        context = {"project": project, "plan": plan, "records": records_of(plan, figure)}
        return render(request, "plan/figure.html", context)

    return fresh(request, project, build, page=f"figure-{figure}", keep=not request.GET)


@public_view()
@require_safe
def printable(request: HttpRequest, project: Project) -> HttpResponseBase:
    """Show the whole plan on one plain page, for printing where there is no PDF."""

    def build() -> HttpResponse:
        plan = _published_or_404(project)
        return render(request, "plan/printable.html", context_of(plan))

    return fresh(request, project, build, page="printable", keep=not request.GET)
