"""What residents read of the theming: themes with a finding, their numbers and their quotes."""

from dataclasses import dataclass, field

from coproduction.projects.models import Project
from themes.models import Finding, Quote, Theme
from themes.queries.counting import Tally, by_theme
from themes.queries.tree import Tree


@dataclass
class Heard:
    """One theme as residents read it."""

    theme: Theme
    finding: Finding
    tally: Tally
    quotes: list[Quote] = field(default_factory=list)


def heard(project: Project, whole: Tree) -> list[Heard]:
    """Return the themes that something was written of, in order; three queries.

    A theme without a finding is a draft, and stays with the team.
    """
    findings = {finding.theme_id: finding for finding in Finding.objects.of(project)}
    tallies = by_theme(project)
    found = [
        Heard(theme, findings[theme.pk], tallies[theme.pk])
        for theme in whole.themes
        if theme.pk in findings
    ]
    under = {each: one for one in found for each in whole.everything_under(one.theme)}
    quotes = Quote.objects.of(project).publishable().filter(theme__in=under.keys())
    for quote in quotes.select_related("comment__question").order_by("position", "pk"):
        under[quote.theme_id].quotes.append(quote)
    return found
