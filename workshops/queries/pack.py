"""What a workshop's tables need before them: what was heard on the theme, fit to hand out."""

from dataclasses import dataclass

from django.db.models import F

from engagements.models import Question
from themes.models import Finding, Quote, Theme
from themes.queries.counting import tallies_under
from themes.queries.disclosure import Shown, shown
from themes.queries.quoting import public_quotes
from themes.queries.telling import told_by_code, told_by_question
from themes.queries.tree import standing_for, tree

MOST_QUOTES = 8


@dataclass(frozen=True)
class Pack:
    """A theme, what was heard on it, and how much: numbers and quotes as the public reads them."""

    theme: Theme
    finding: Finding | None
    total: Shown
    questions: list[tuple[Question, Shown]]
    codes: list[tuple[Theme, Shown]]
    quotes: list[Quote]


def pack_on(theme: Theme) -> Pack:
    """Gather what was heard on a theme; on the one that stands for it, where it was merged."""
    theme = standing_for(theme)
    project = theme.project
    codebook = tree(project)
    tally, by_code = tallies_under(theme)
    asked = list(Question.objects.of(project))
    codes = [code for code in codebook.codes_under(theme) if code.pk in by_code]
    return Pack(
        theme=theme,
        finding=Finding.objects.of(project).filter(theme=theme).first(),
        total=shown(tally.total, project.small_number),
        questions=told_by_question(tally.by_question, asked, project.small_number),
        codes=told_by_code(tally, by_code, codes, project.small_number),
        quotes=list(
            public_quotes(theme, codebook).annotate(language=F("comment__language"))[:MOST_QUOTES]
        ),
    )
