"""What was heard, as an edition freezes it: occasions, comments, themes and workshops, counted."""

from collections import defaultdict
from typing import Any

from django.db.models import Count, Q
from django.db.models.functions import Coalesce
from django.utils import timezone

from coproduction.projects.models import Project
from engagements.models import Comment, Engagement, Question
from plan.models import Section
from themes.models import Coding, Finding
from themes.queries.codebook import Codebook
from themes.queries.quote import public_quotes_by_theme
from workshops.models import Attendee, Workshop

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
    of_kind = {
        kind: Count("attendees", filter=Q(attendees__kind=kind), distinct=True)
        for kind in Attendee.Kind.values
    }
    kept = Q(notes__undone_at__isnull=True)
    held = (
        Workshop.objects.of(project)
        .filter(date__lte=timezone.localdate())
        .annotate(**of_kind, written=Count("notes", filter=kept, distinct=True))
        .order_by("date", "pk")
    )
    return [
        {
            "uuid": str(row.uuid),
            "title": row.title.entries,
            "date": row.date.isoformat(),
            "place": row.place,
            "theme": current_theme_uuid(codebook, row.theme_id),
            "residents": row.resident,
            "partners": row.partner,
            "notes": row.written,
        }
        for row in held
    ]


def current_theme_uuid(codebook: Codebook, theme: int) -> str:
    """Name the theme that stands for this one, which may have been merged since it was cited."""
    return str(codebook.by_id[codebook.merges.final(theme)].uuid)


def theme_rows(project: Project, codebook: Codebook) -> list[Row]:
    """List the themes in order: texts, comments by question, and which quotes speak for each."""
    counts = _comments_by_theme(project)
    quotes = public_quotes_by_theme(project, codebook)
    findings = dict(Finding.objects.of(project).values_list("theme", "text"))
    reasons = dict(
        Section.objects.of(project).filter(theme__isnull=False).values_list("theme", "body")
    )
    rows = []
    for theme in codebook.themes:
        by_question = counts.get(theme.pk, {})
        rows.append(
            {
                "uuid": str(theme.uuid),
                "name": theme.name.entries,
                "colour": theme.colour,
                "finding": findings[theme.pk].entries if theme.pk in findings else {},
                "why": reasons[theme.pk].entries if theme.pk in reasons else {},
                "comments": sum(by_question.values()),
                "by_question": by_question,
                "quotes": [str(quote.uuid) for quote in quotes[theme.pk]],
            }
        )
    return rows


def _comments_by_theme(project: Project) -> dict[int, dict[str, int]]:
    """Count each theme's comments by question; a comment with two of its codes counts once.

    A comment has one question, so these may be added up within a theme, though never over themes.
    """
    root = Coalesce("theme__parent__parent_id", "theme__parent_id", "theme_id")
    counts: dict[int, dict[str, int]] = defaultdict(dict)
    for theme, kind, number in (
        Coding.objects.of(project)
        .counted()
        .annotate(root=root)
        .values_list("root", "question__kind")
        .annotate(number=Count("comment", distinct=True))
        .order_by()
    ):
        counts[theme][kind] = number
    return counts
