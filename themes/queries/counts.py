"""Every figure of theming: comments of each theme and code, what is done, what the public reads.

A comment counts once for each code it carries, and once for each theme.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from coproduction.projects.models import Project
from engagements.disclosure.small_numbers import (
    PublicCount,
    disclose_count,
    disclose_overlapping,
    disclose_parts,
)
from engagements.models import Comment, Engagement, Question
from engagements.queries.counts import engagements_held, listening_totals
from themes.models import Coding, Finding, Theme
from themes.queries.coding import comments_of_theme, uncoded_comments


@dataclass
class CommentCounts:
    """The comments of one theme or code: in all, and for each question by its id."""

    total: int = 0
    by_question: dict[int, int] = field(default_factory=dict)


def _visible_codings(project: Project) -> QuerySet[Coding]:
    """Return the codings on comments that nothing withholds, each with its question copied.

    The few withheld comments are looked up once and left out, so that the many codings are read
    from their index alone.
    """
    withheld = Comment.objects.of(project).withheld()
    return Coding.objects.of(project).exclude(comment__in=withheld.values("pk")).order_by()


def _current_codings(project: Project) -> QuerySet[Coding]:
    """Return the codings that count: of current codes, on comments that nothing withholds."""
    return _visible_codings(project).filter(theme__merged_into__isnull=True)


def _count_comments(
    project: Project, codings: QuerySet[Coding], by: str
) -> dict[int, CommentCounts]:
    """Count comments for each theme or code, ``by`` which codings are gathered, and question.

    Nothing found is a zero. A coding's copy of the question is trusted only where no comment's
    question was put right since; of those few, the comment's own is read.
    """
    put_right = Comment.objects.of(project).filter(first_question__isnull=False).values("pk")

    def counts(some: QuerySet[Coding], question: str) -> QuerySet[Coding, tuple[int, int, int]]:
        number = Count("comment", distinct=by != "theme_id")
        return some.values_list(by, question).annotate(comments=number)

    copied = counts(codings.exclude(comment__in=put_right), "question_id")
    asked = counts(codings.filter(comment__in=put_right), "comment__question_id")
    found: dict[int, CommentCounts] = defaultdict(CommentCounts)
    for theme, question, comments in copied.union(asked, all=True):
        assert theme is not None
        by_question = found[theme].by_question
        by_question[question] = by_question.get(question, 0) + comments
        found[theme].total += comments
    return found


def count_by_code(project: Project) -> dict[int, CommentCounts]:
    """Count the comments of each code, by its id."""
    # Merged codes are counted too, and asked for by nobody: leaving them out would cost a join.
    return _count_comments(project, _visible_codings(project), "theme_id")


def count_by_theme(project: Project) -> dict[int, CommentCounts]:
    """Count the comments of each theme, by its id: once, however many of its codes they carry.

    The questions of one theme add up, since a comment answers one; themes don't, since a comment
    may carry codes of several. A theme nobody coded for counts zero.
    """
    grouped = _current_codings(project).filter(theme__parent__isnull=False)
    return _count_comments(project, grouped, "theme__parent_id")


def count_under(theme: Theme) -> tuple[CommentCounts, dict[int, CommentCounts]]:
    """Count the comments of one theme or code, and of each code under it by its id."""
    project = theme.project
    rows = _current_codings(project)
    if not theme.is_theme:
        return _count_comments(project, rows.filter(theme=theme), "theme_id")[theme.pk], {}
    rows = rows.filter(theme__parent=theme)
    whole = _count_comments(project, rows, "theme__parent_id")[theme.pk]
    return whole, _count_comments(project, rows, "theme_id")


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
    comments = Comment.objects.of(project).visible()
    if question is not None:
        comments = comments.filter(question__uuid=question)
    total = comments.count()
    return CodingProgress(total - uncoded_comments(project, question=question).count(), total)


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
        uncoded=uncoded_comments(project).count(),
        findings=Finding.objects.of(project).count(),
    )


@dataclass(frozen=True)
class PublicTotals:
    """What was heard in a project, as the public reads it."""

    engagements: int
    people_heard: PublicCount
    comments: PublicCount


def public_totals(project: Project) -> PublicTotals:
    """Count what was heard; three people or three comments are few even in all."""
    exact, smallest = listening_totals(project), project.small_number
    return PublicTotals(
        engagements=exact.engagements,
        people_heard=disclose_count(exact.people_heard, smallest),
        comments=disclose_count(exact.comments, smallest),
    )


@dataclass(frozen=True)
class PublicEngagement:
    """An occasion of listening, with how much was heard there as the public reads it."""

    engagement: Engagement
    people_heard: PublicCount
    comments: PublicCount


def public_engagements(project: Project) -> list[PublicEngagement]:
    """Return the occasions held, oldest first; what they count adds up to ``public_totals``."""
    held, smallest = list(engagements_held(project)), project.small_number
    people = disclose_parts([each.people_heard for each in held], smallest)
    comments = disclose_parts([each.comment_count for each in held], smallest)
    return [PublicEngagement(*row) for row in zip(held, people, comments, strict=True)]


def public_question_counts(
    counts: Mapping[int, int], questions: Sequence[Question], smallest: int
) -> list[tuple[Question, PublicCount]]:
    """Return comments by question as the public reads them, wherever it reads them.

    ``questions`` are all of the project's, ``counts`` go by their ids. A question without an answer
    is left out where that may be said.
    """
    public = disclose_parts([counts.get(each.pk, 0) for each in questions], smallest)
    return [(each, count) for each, count in zip(questions, public, strict=True) if count]


def public_code_counts(
    of_theme: CommentCounts,
    of_codes: Mapping[int, CommentCounts],
    codes: Sequence[Theme],
    smallest: int,
) -> list[tuple[Theme, PublicCount]]:
    """Return a theme's codes with their comments as the public reads them, the most used first.

    Those kept back come last in the codebook's order, which tells nothing of their size.
    """
    counts = [of_codes[code.pk].total if code.pk in of_codes else 0 for code in codes]
    public = zip(codes, disclose_overlapping(counts, of_theme.total, smallest), strict=True)
    return sorted(public, key=lambda row: (row[1].value is None, -(row[1].value or 0)))
