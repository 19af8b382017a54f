"""The theme pack: what was heard on a workshop's theme, as its tables are given it."""

from dataclasses import dataclass

from django.db.models import F

from engagements.disclosure.small_numbers import PublicCount
from engagements.models import Question
from themes.models import Finding, Quote, Theme
from themes.queries.codebook import codebook_of, theme_after_merges
from themes.queries.public_counts import PublicCounts
from themes.queries.quote import public_quotes

MOST_QUOTES = 8


@dataclass(frozen=True)
class ThemePack:
    """A theme, what was heard on it, and how much: numbers and quotes as the public reads them."""

    theme: Theme
    finding: Finding | None
    total: PublicCount
    questions: list[tuple[Question, PublicCount]]
    codes: list[tuple[Theme, PublicCount]]
    quotes: list[Quote]


def theme_pack_for(theme: Theme) -> ThemePack:
    """Gather what was heard on a theme; on the one that stands for it, where it was merged."""
    theme = theme_after_merges(theme)
    project = theme.project
    codebook = codebook_of(project)
    counts = PublicCounts(project, codebook)
    codes = [row for row in counts.by_code(theme, codebook.codes_under(theme)) if row[1]]
    return ThemePack(
        theme=theme,
        finding=Finding.objects.of(project).filter(theme=theme).first(),
        total=counts.of_theme(theme),
        questions=counts.by_question(list(Question.objects.of(project)), theme),
        codes=codes,
        quotes=list(
            public_quotes(theme, codebook).annotate(language=F("comment__language"))[:MOST_QUOTES]
        ),
    )
