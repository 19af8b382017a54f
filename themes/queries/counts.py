"""Every figure of theming: comments of each theme and code, and what is done.

A comment counts once for each code it carries, and once for each theme. None is counted here: the
database keeps them counted (``themes/counters.py``), and this adds up.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet, Sum

from coproduction.projects.models import Project
from engagements.models import Engagement
from engagements.queries.counts import count_comments
from themes.models import Finding, Theme, ThemeCount, ThemeTotal, WaitingTotal
from themes.queries.coding import comments_of_theme


@dataclass
class CommentCounts:
    """The comments of one theme or code: in all, and for each question by its id."""

    total: int = 0
    by_question: dict[int, int] = field(default_factory=dict)


def count_by_theme(
    project: Project, *, engagement: Engagement | None = None
) -> dict[int, CommentCounts]:
    """Count the comments of each theme and code, by its id; one query. Nothing found is a zero.

    Of all engagements, or of one. A theme's count once, however many of its codes they carry. The
    questions of one theme add up, since a comment answers one; themes don't, since a comment may
    carry codes of several.
    """
    if engagement is not None:
        return _add_up(ThemeCount.objects.of(project).filter(engagement=engagement), "visible")
    return _add_up(ThemeTotal.objects.of(project), "visible")


def count_said(project: Project) -> dict[int, CommentCounts]:
    """Count them for the public, which counts what was taken back since; one query."""
    return _add_up(ThemeTotal.objects.of(project), "said")


def _add_up(counts: QuerySet[Any], which: str) -> dict[int, CommentCounts]:
    """Add up one of the counts by theme or code; they are of each question apart."""
    found: dict[int, CommentCounts] = defaultdict(CommentCounts)
    rows = counts.exclude(**{which: 0})
    # Merged codes are counted too, and asked for by nobody.
    for theme, question, comments in rows.values_list("theme_id", "question_id", which):
        found[theme].by_question[question] = comments
        found[theme].total += comments
    return found


def count_in_both(one: Theme, other: Theme) -> int:
    """Count the comments that both themes, or both codes, have."""
    return (
        comments_of_theme(one)
        .filter(pk__in=comments_of_theme(other).order_by().values("pk"))
        .count()
    )


@dataclass(frozen=True)
class CodingProgress:
    """How many of a project's comments carry a code."""

    coded: int
    total: int

    @property
    def left(self) -> int:
        """How many wait for one."""
        return self.total - self.coded


def coding_progress(project: Project, *, question: UUID | None = None) -> CodingProgress:
    """Count the comments that carry a code, of one question or of all; two queries."""
    total = count_comments(project, question=question)
    return CodingProgress(total - count_waiting(project, question=question), total)


def count_waiting(project: Project, *, question: UUID | None = None) -> int:
    """Count the comments that wait for a code, of one question or of all; one query."""
    counts = WaitingTotal.objects.of(project)
    if question is not None:
        counts = counts.filter(question__uuid=question)
    return int(counts.aggregate(number=Sum("comments"))["number"] or 0)


@dataclass(frozen=True)
class ThemingTotals:
    """How far the theming of a project has come."""

    themes: int
    codes: int
    uncoded: int
    findings: int


def theming_totals(project: Project) -> ThemingTotals:
    """Count current themes and codes, comments without a code, and findings; three queries."""
    current = Theme.objects.of(project).current()
    kinds = current.aggregate(
        themes=Count("pk", filter=Q(kind=Theme.Kind.THEME)),
        codes=Count("pk", filter=Q(kind=Theme.Kind.CODE)),
    )
    return ThemingTotals(
        **kinds,
        uncoded=count_waiting(project),
        findings=Finding.objects.of(project).count(),
    )
