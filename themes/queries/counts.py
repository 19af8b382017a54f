"""How many comments carry what: a comment counts once for each code, and once for each theme."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Count, F, QuerySet

from coproduction.projects.models import Project
from engagements.models import Comment
from themes.models import Coding, Theme


@dataclass
class CommentCounts:
    """The comments of one theme or code: in all, and for each question by its id."""

    total: int = 0
    by_question: dict[int, int] = field(default_factory=dict)


def _shown(project: Project) -> QuerySet[Coding]:
    """Return the codings on comments that nothing withholds, each with its question copied.

    The few withheld comments are looked up once and left out, so that the many codings are read
    from their index alone.
    """
    withheld = Comment.objects.of(project).withheld()
    return Coding.objects.of(project).exclude(comment__in=withheld.values("pk")).order_by()


def counted_codings(project: Project) -> QuerySet[Coding]:
    """Return the codings that count: of current codes, on comments that nothing withholds."""
    return _shown(project).filter(theme__merged_into__isnull=True)


def _tallies(project: Project, codings: QuerySet[Coding], by: str) -> dict[int, CommentCounts]:
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
    tallies: dict[int, CommentCounts] = defaultdict(CommentCounts)
    for theme, question, comments in copied.union(asked, all=True):
        assert theme is not None
        by_question = tallies[theme].by_question
        by_question[question] = by_question.get(question, 0) + comments
        tallies[theme].total += comments
    return tallies


def count_by_code(project: Project) -> dict[int, CommentCounts]:
    """Count the comments of each code, by its id."""
    # Merged codes are counted too, and asked for by nobody: leaving them out would cost a join.
    return _tallies(project, _shown(project), "theme_id")


def count_by_theme(project: Project) -> dict[int, CommentCounts]:
    """Count the comments of each theme, by its id: once, however many of its codes they carry.

    The questions of one theme add up, since a comment answers one; themes don't, since a comment
    may carry codes of several.
    """
    grouped = counted_codings(project).filter(theme__parent__isnull=False)
    return _tallies(project, grouped, "theme__parent_id")


def count_under(theme: Theme) -> tuple[CommentCounts, dict[int, CommentCounts]]:
    """Count the comments of one theme or code, and of each code under it by its id."""
    project = theme.project
    rows = counted_codings(project)
    if not theme.is_theme:
        return _tallies(project, rows.filter(theme=theme), "theme_id")[theme.pk], {}
    rows = rows.filter(theme__parent=theme)
    whole = _tallies(project, rows, "theme__parent_id")[theme.pk]
    return whole, _tallies(project, rows, "theme_id")


def comments_of_theme(theme: Theme) -> QuerySet[Comment]:
    """Return the visible comments of a theme or code, each once, in the order they came in."""
    codes = Coding.objects.filter(theme__merged_into__isnull=True)
    codes = codes.filter(theme__parent=theme) if theme.is_theme else codes.filter(theme=theme)
    return (
        Comment.objects.of(theme.project)
        .visible()
        .filter(pk__in=codes.values("comment"))
        .order_by("pk")
    )


def count_in_both(one: Theme, other: Theme) -> int:
    """Count the comments that both themes, or both codes, have."""
    return (
        comments_of_theme(one)
        .filter(pk__in=comments_of_theme(other).order_by().values("pk"))
        .count()
    )


def codes_of_comments(comments: Iterable[Comment]) -> dict[int, list[Theme]]:
    """Return the current codes of each comment, by the comment's id; one query."""
    found: dict[int, list[Theme]] = defaultdict(list)
    rows = (
        Coding.objects.filter(
            comment__in=[comment.pk for comment in comments], theme__merged_into__isnull=True
        )
        .select_related("theme__parent")
        .order_by(F("theme__parent__position").asc(nulls_last=True), "theme__position", "theme_id")
    )
    for row in rows:
        found[row.comment_id].append(row.theme)
    return found


def themes_of_comments(comments: Iterable[Comment]) -> dict[int, list[Theme]]:
    """Return the themes of each comment, each once, by the comment's id; one query.

    This is the thread from what somebody said to what came of it; withheld comments have none.
    """
    shown = [comment for comment in comments if comment.is_visible]
    return {
        comment: list({code.parent.pk: code.parent for code in codes if code.parent}.values())
        for comment, codes in codes_of_comments(shown).items()
    }
