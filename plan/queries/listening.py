"""What was heard, as an edition freezes it: questions, events, themes and workshops, counted."""

from collections.abc import Mapping, Sequence

from django.utils import timezone

from coproduction.languages.models import Translated
from engagements.disclosure.over_time import Line
from engagements.models import Engagement, Question
from plan.edition.snapshot import FrozenEngagement, FrozenQuestion, FrozenTheme, FrozenWorkshop
from plan.queries.basis import Basis
from themes.queries.codebook import Codebook
from themes.queries.public_counts import COMMENTS, PEOPLE, theme_line
from themes.queries.quote import quotes_by_theme


def freeze_engagements(
    engagements: Sequence[Engagement], lines: Mapping[str, Line]
) -> tuple[FrozenEngagement, ...]:
    """Freeze engagements with what may be told of what was heard at each."""
    return tuple(
        FrozenEngagement(
            uuid=str(row.uuid),
            title=row.title,
            date=row.date,
            method=row.method,
            place=row.place,
            is_held=True,
            people=lines[PEOPLE].of(str(row.uuid)),
            comments=lines[COMMENTS].of(str(row.uuid)),
        )
        for row in engagements
    )


def freeze_questions(questions: Sequence[Question]) -> tuple[FrozenQuestion, ...]:
    """Freeze the questions as they were asked, and how charts call and draw them."""
    return tuple(
        FrozenQuestion(
            kind=row.kind,
            name=row.label,
            wording=row.wording,
            colour=row.colour,
            shape=row.shape,
        )
        for row in questions
    )


def freeze_workshops(basis: Basis) -> tuple[FrozenWorkshop, ...]:
    """Freeze the workshops held, oldest first, with who came and how many notes were kept."""
    today = timezone.localdate()
    held = [row for row in basis.workshops if row.called_off_at is None and row.date <= today]
    return tuple(
        FrozenWorkshop(
            uuid=str(row.uuid),
            title=row.title,
            date=row.date,
            place=row.place,
            theme=current_theme_uuid(basis.codebook, row.theme_id),
            residents=row.residents,
            partners=row.partners,
            notes=row.note_count,
        )
        for row in held
    )


def current_theme_uuid(codebook: Codebook, theme: int) -> str:
    """Name the theme that stands for this one, which may have been merged since it was cited."""
    return str(codebook.by_id[codebook.merges.final(theme)].uuid)


def freeze_themes(
    basis: Basis, lines: Mapping[str, Line], asked: Sequence[str]
) -> tuple[FrozenTheme, ...]:
    """Freeze the themes in order: texts, comments by question, which quotes speak for each.

    ``asked`` are the kinds of question that anybody answered.
    """
    quotes = quotes_by_theme(basis.shown_quotes, basis.codebook)
    findings = {row.theme_id: row.text for row in basis.findings}
    why = {row.theme_id: row.body for row in basis.sections}
    frozen = []
    for theme in basis.codebook.themes:
        line = lines[theme_line(theme.uuid)]
        frozen.append(
            FrozenTheme(
                uuid=str(theme.uuid),
                name=theme.name,
                colour=theme.colour,
                finding=findings.get(theme.pk, Translated()),
                why=why.get(theme.pk, Translated()),
                comments=line.whole,
                by_question={kind: line.of(kind) for kind in asked},
                quotes=tuple(str(quote.uuid) for quote in quotes[theme.pk]),
            )
        )
    return tuple(frozen)
