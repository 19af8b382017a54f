"""The plan as a document: an edition's HTML for paper, in one language."""

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from plan.infographics import charts
from plan.models import Edition
from plan.paper.spreads import in_pages, spread_of
from plan.presentation.figures import figures_of, headline_journey
from plan.presentation.plan import Plan
from plan.queries.masking import Mask, mask_of
from plan.queries.published import present_edition


def html_of_edition(edition: Edition, language: str, mask: Mask | None = None) -> str:
    """Return an edition as HTML for paper, with the quotes that may be shown now."""
    with translation.override(language):
        plan = present_edition(edition, mask or mask_of(edition))
        return render_to_string("plan/pdf/plan.html", paper_context(plan))


def paper_context(plan: Plan) -> dict[str, object]:
    """Give the templates for paper what they draw."""
    address = reverse("plan:plan", kwargs={"project": plan.project.slug})
    return {
        "project": plan.project,
        "plan": plan,
        "journey": headline_journey(plan),
        "figures": figures_of(plan),
        "chart_of_themes": charts.of_themes(plan),
        "chart_of_listening": charts.of_listening(plan),
        "spreads": [
            spread_of(chapter, charts.of_chapter(plan, chapter)) for chapter in plan.chapters
        ],
        "turned_down": in_pages(plan.turned_down),
        "plan_address": f"{settings.SITE_URL}{address}",
    }
