"""The theme pack: what was heard on a workshop's theme, as its tables are given it."""

from dataclasses import dataclass

from django.db.models import F

from engagements.disclosure.small_numbers import PublicCount, disclose_count
from engagements.models import Question
from themes.models import Finding, Quote, Theme
from themes.queries.codebook import codebook_of, theme_after_merges
from themes.queries.counts import count_under, public_code_counts, public_question_counts
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
    counts, by_code = count_under(theme)
    asked = list(Question.objects.of(project))
    codes = [code for code in codebook.codes_under(theme) if code.pk in by_code]
    return ThemePack(
        theme=theme,
        finding=Finding.objects.of(project).filter(theme=theme).first(),
        total=disclose_count(counts.total, project.small_number),
        questions=public_question_counts(counts.by_question, asked, project.small_number),
        codes=public_code_counts(counts, by_code, codes, project.small_number),
        quotes=list(
            public_quotes(theme, codebook).annotate(language=F("comment__language"))[:MOST_QUOTES]
        ),
    )
