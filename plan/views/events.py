"""The stops of the golden thread that have pages of their own: engagements, workshops, themes."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render

from coproduction.projects.kept_pages import kept_page
from coproduction.projects.models import Project
from coproduction.projects.pages import url_for
from plan.edition.snapshot import FrozenWorkshop
from plan.models import Edition
from plan.presentation.events import PublishedEvent, engagements_of, workshops_of
from plan.queries.edition import snapshot_of_edition
from plan.queries.published import PublishedPlan
from plan.views.caching import plan_page
from plan.views.public import plan_or_404
from themes.models import Theme
from themes.queries.codebook import codebook_of


@plan_page()
def event(request: HttpRequest, published: PublishedPlan, uuid: UUID) -> HttpResponse:
    """Show an event at which people were heard, and the actions that rest on it."""
    return _event_page(request, published, engagements_of(plan_or_404(published)), uuid)


@plan_page()
def workshop(request: HttpRequest, published: PublishedPlan, uuid: UUID) -> HttpResponse:
    """Show a workshop, and the actions that were designed there."""
    events = workshops_of(plan_or_404(published), published.mask.notes)
    return _event_page(request, published, events, uuid)


def _event_page(
    request: HttpRequest, published: PublishedPlan, events: list[PublishedEvent], uuid: UUID
) -> HttpResponse:
    """Draw the page of one of these events."""
    event = next((one for one in events if one.frozen.uuid == str(uuid)), None)
    if event is None:
        raise Http404
    kind = "workshop" if isinstance(event.frozen, FrozenWorkshop) else "event"
    context = {"project": published.project, "plan": event.plan, "event": event}
    return render(request, f"plan/{kind}.html", context)


@kept_page()
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
    address = url_for(project, "plan:plan")
    return HttpResponseRedirect(f"{address}#theme-{number}" if number else address)
