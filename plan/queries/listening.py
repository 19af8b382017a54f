"""What was heard, as an edition freezes it: occasions, comments, themes and workshops, counted."""

from collections import defaultdict
from typing import Any

from django.db.models import Count, Q

from coproduction.projects.models import Project
from engagements.models import Comment, Engagement, Question
from plan.models import Section
from themes.models import Finding
from themes.queries.codebook import Codebook
from themes.queries.counts import count_by_theme
from themes.queries.quote import public_quotes_by_theme
from workshops.queries.counts import workshops_with_counts

Row = dict[str, Any]


def engagement_rows(project: Project) -> list[Row]:
    """List the occasions held, oldest first, each with the comments that may be counted.

    One not held counts as no occasion, but where comments came in for it, they are listed.
    """
    counts: dict[int, dict[str, int]] = defaultdict(dict)
    for engagement, kind, number in (
        Comment.objects.of(project)
        .visible()
        .values_list("engagement", "question__kind")
        .annotate(number=Count("pk"))
        .order_by()
    ):
        counts[engagement][kind] = number
    held = Engagement.objects.of(project).filter(
        Q(status=Engagement.Status.HELD) | Q(pk__in=counts)
    )
    return [
        {
            "uuid": str(row.uuid),
            "title": row.title,
            "date": row.date.isoformat(),
            "method": row.method,
            "place": row.place,
            "is_held": row.status == Engagement.Status.HELD,
            "people": row.people_heard,
            "comments": counts[row.pk],
        }
        for row in held.order_by("date", "title", "pk")
    ]


def question_rows(project: Project) -> list[Row]:
    """List the questions as they were asked."""
    return [
        {"kind": row.kind, "wording": row.wording.entries}
        for row in Question.objects.of(project).order_by("position")
    ]


def workshop_rows(project: Project, codebook: Codebook) -> list[Row]:
    """List the workshops held, oldest first, with who came and how many notes were kept."""
    held = workshops_with_counts(project).held().order_by("date", "pk")
    return [
        {
            "uuid": str(row.uuid),
            "title": row.title.entries,
            "date": row.date.isoformat(),
            "place": row.place,
            "theme": current_theme_uuid(codebook, row.theme_id),
            "residents": row.residents,
            "partners": row.partners,
            "notes": row.note_count,
        }
        for row in held
    ]


def current_theme_uuid(codebook: Codebook, theme: int) -> str:
    """Name the theme that stands for this one, which may have been merged since it was cited."""
    return str(codebook.by_id[codebook.merges.final(theme)].uuid)


def theme_rows(project: Project, codebook: Codebook) -> list[Row]:
    """List the themes in order: texts, comments by question, and which quotes speak for each."""
    kinds = dict(Question.objects.of(project).values_list("pk", "kind"))
    counts = count_by_theme(project)
    quotes = public_quotes_by_theme(project, codebook)
    findings = dict(Finding.objects.of(project).values_list("theme", "text"))
    reasons = dict(
        Section.objects.of(project).filter(theme__isnull=False).values_list("theme", "body")
    )
    rows = []
    for theme in codebook.themes:
        of_theme = counts[theme.pk]
        rows.append(
            {
                "uuid": str(theme.uuid),
                "name": theme.name.entries,
                "colour": theme.colour,
                "finding": findings[theme.pk].entries if theme.pk in findings else {},
                "why": reasons[theme.pk].entries if theme.pk in reasons else {},
                "comments": of_theme.total,
                "by_question": {
                    kinds[question]: number for question, number in of_theme.by_question.items()
                },
                "quotes": [str(quote.uuid) for quote in quotes[theme.pk]],
            }
        )
    return rows
