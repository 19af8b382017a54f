"""The plan as a document for paper: its HTML, in one language."""

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _

from coproduction.projects.pages import url_for
from coproduction.projects.refusals import Refusal
from plan.infographics import charts
from plan.paper.spreads import in_pages, spread_of
from plan.presentation.figures import figures_of, headline_journey
from plan.presentation.plan import Plan


class NoPdfHere(Refusal):
    """The parts of the system that draw text into PDFs are missing."""

    sentence = _(
        "This machine can't make PDFs: the Pango library is missing. Ask the person who looks "
        "after this site to install it. The page for printing works without it."
    )


def html_of_plan(plan: Plan) -> str:
    """Return a plan as HTML for paper, in the active language, which it has to be in already."""
    return render_to_string("plan/pdf/plan.html", paper_context(plan))


def paper_context(plan: Plan) -> dict[str, object]:
    """Give the templates for paper what they draw."""
    return {
        "project": plan.project,
        "plan": plan,
        "journey": headline_journey(plan),
        "figures": figures_of(plan),
        "chart_of_themes": charts.chart_of_themes(plan),
        "chart_of_listening": charts.chart_of_listening(plan),
        "spreads": [
            spread_of(chapter, charts.chart_of_chapter(plan, chapter)) for chapter in plan.chapters
        ],
        "idea_pages": in_pages(plan.not_taken_forward),
        "plan_address": f"{settings.SITE_URL}{url_for(plan.project, 'plan:plan')}",
    }
