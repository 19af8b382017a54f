"""What residents read of the theming: themes with a finding and their quotes."""

from dataclasses import dataclass, field

from django.db.models import Exists, OuterRef

from coproduction.projects.models import Project
from themes.models import Finding, Quote, Theme
from themes.queries.codebook import Codebook, Merges
from themes.queries.quote import public_quotes_by_theme


@dataclass
class PublicTheme:
    """One theme as residents read it."""

    theme: Theme
    finding: Finding
    quotes: list[Quote] = field(default_factory=list)


def public_themes(project: Project, codebook: Codebook) -> list[PublicTheme]:
    """Return the themes that something was written of, in order; two queries.

    A theme without a finding is a draft, and stays with the team.
    """
    findings = {finding.theme_id: finding for finding in Finding.objects.of(project)}
    quotes = public_quotes_by_theme(project, codebook)
    return [
        PublicTheme(theme, findings[theme.pk], quotes[theme.pk])
        for theme in codebook.themes
        if theme.pk in findings
    ]


def uuids_with_public_page(project: Project) -> frozenset[str]:
    """Return the uuids of the themes whose public address leads to a page; one query.

    That of a merged theme leads to the page of the theme that stands for it.
    """
    rows = list(
        Theme.objects.of(project)
        .filter(kind=Theme.Kind.THEME)
        .annotate(is_written=Exists(Finding.objects.filter(theme=OuterRef("pk"))))
        .values_list("pk", "uuid", "merged_into", "is_written")
    )
    merges = Merges({pk: into for pk, _uuid, into, _written in rows if into})
    written = {pk for pk, _uuid, _into, is_written in rows if is_written}
    return frozenset(str(uuid) for pk, uuid, _into, _written in rows if merges.final(pk) in written)
