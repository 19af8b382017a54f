"""The stops of the golden thread that have pages of their own: occasions, workshops, themes."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from coproduction.projects.models import Project
from coproduction.projects.pages import public_view
from plan.models import Edition
from plan.presentation.events import published_engagement, published_workshop
from plan.queries.edition import snapshot_of_edition
from plan.queries.published import PublishedPlan
from plan.views.caching import plan_page
from plan.views.public import plan_or_404, without_query
from themes.models import Theme
from themes.queries.codebook import codebook_of


@plan_page(without_query("event-{uuid}"))
@require_safe
def event(request: HttpRequest, found: PublishedPlan, uuid: UUID) -> HttpResponse:
    """Show an event at which people were heard, and the actions that rest on it."""
    plan = plan_or_404(found)
    published = published_engagement(plan, str(uuid))
    if published is None:
        raise Http404
    context = {"project": found.project, "plan": plan, "event": published}
    return render(request, "plan/event.html", context)


@plan_page(without_query("workshop-{uuid}"))
@require_safe
def workshop(request: HttpRequest, found: PublishedPlan, uuid: UUID) -> HttpResponse:
    """Show a workshop, and the actions that were designed there."""
    plan = plan_or_404(found)
    published = published_workshop(plan, str(uuid), found.mask.notes)
    if published is None:
        raise Http404
    context = {"project": found.project, "plan": plan, "event": published}
    return render(request, "plan/workshop.html", context)


@public_view()
@require_safe
def theme(request: HttpRequest, project: Project, uuid: UUID) -> HttpResponseBase:
    """Lead to a theme's chapter in the plan, or to the plan where it has none.

    "What we heard" links here: it is written before there is a plan, and knows nothing of it.
    """
    asked = get_object_or_404(Theme.objects.of(project), uuid=uuid, kind=Theme.Kind.THEME)
    edition = Edition.objects.latest_of(project)
    merges = codebook_of(project).merges
    same = Theme.objects.filter(pk__in=merges.family(merges.final(asked.pk)))
    wanted = {str(each) for each in same.values_list("uuid", flat=True)}
    rows = snapshot_of_edition(edition).themes if edition else ()
    number = next((at for at, row in enumerate(rows, start=1) if row.uuid in wanted), None)
    address = reverse("plan:plan", kwargs={"project": project.slug})
    return HttpResponseRedirect(f"{address}#theme-{number}" if number else address)
