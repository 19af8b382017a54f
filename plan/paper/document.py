"""The plan as a document for paper: its HTML, in one language."""

import re
from dataclasses import replace

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.html import strip_tags
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from coproduction.projects.pages import url_for
from coproduction.projects.refusals import Refusal
from plan.infographics import charts
from plan.paper.spreads import in_pages, listening_of, spread_of
from plan.presentation.figures import figures_of, headline_journey
from plan.presentation.plan import Plan


class NoPdfHere(Refusal):
    """The parts of the system that draw text into PDFs are missing."""

    sentence = _(
        "This machine can't make PDFs: the Pango library is missing. Ask the person who looks "
        "after this site to install it. The page for printing works without it."
    )


# A link of a text, as plan/presentation/markdown.py writes it.
_LINK = re.compile(r'<a href="(?:mailto:)?([^"]+)"[^>]*>(.*?)</a>', re.DOTALL)


def html_of_plan(plan: Plan) -> str:
    """Return a plan as HTML for paper, in the active language, which it has to be in already."""
    return render_to_string("plan/pdf/plan.html", paper_context(plan))


def with_addresses(prose: SafeString) -> SafeString:
    """Write out after each link of a text where it leads: nobody can press it on paper."""

    def spelled_out(link: re.Match[str]) -> str:
        address, words = link.groups()
        is_said = strip_tags(words).strip() == address
        return link[0] if is_said else f'{link[0]} <span class="leads-to">({address})</span>'

    return SafeString(_LINK.sub(spelled_out, prose))


def paper_context(plan: Plan) -> dict[str, object]:
    """Give the templates for paper what they draw."""
    plan = replace(
        plan,
        sections={kind: with_addresses(text) for kind, text in plan.sections.items()},
        chapters=[replace(one, why=with_addresses(one.why)) for one in plan.chapters],
    )
    journey = headline_journey(plan)
    by_month, by_theme = charts.chart_of_listening(plan), charts.chart_of_themes(plan)
    told = plan.sections.get("how_we_listened", "")
    return {
        "project": plan.project,
        "plan": plan,
        "journey": journey,
        "figures": figures_of(plan),
        "chart_of_themes": by_theme,
        "chart_of_listening": by_month,
        "listening": listening_of(told, len(journey), by_month, by_theme),
        "spreads": [
            spread_of(chapter, charts.chart_of_chapter(plan, chapter)) for chapter in plan.chapters
        ],
        "idea_pages": in_pages(plan.not_taken_forward),
        "plan_address": f"{settings.SITE_URL}{url_for(plan.project, 'plan:plan')}",
    }
