"""Which comments carry which codes."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.db.models import F, QuerySet

from coproduction.projects.models import AuditEntry, Project
from engagements.models import Comment, Question, is_visible
from themes.models import Coding, Theme, ThemedComment


def looked_through(project: Project, comments: Iterable[Comment]) -> set[int]:
    """Say which of some comments, by key, a person read one at a time, to code them. One query.

    A code put on hundreds at once says nothing of whether anybody read them; the trail knows.
    """
    keys = [str(comment.pk) for comment in comments]
    read = AuditEntry.objects.filter(
        project=project, verb="themes.comment_coded", subject_key__in=keys
    )
    return {int(key) for key in read.values_list("subject_key", flat=True)}


def comments_of_theme(theme: Theme) -> QuerySet[Comment]:
    """Return the visible comments of a theme or code, each once, in the order they came in."""
    themed = _themed(theme).values("comment")
    return Comment.objects.of(theme.project).visible().filter(pk__in=themed).order_by("pk")


def keys_of_theme(theme: Theme, *, question: Question | None = None) -> QuerySet[Any, int]:
    """Return the keys of what ``comments_of_theme`` would, of one question or of all.

    They are read in order, from where a theme's comments are listed: a page of them costs the same
    however many there are.
    """
    rows = listed_of_theme(theme, question=question)
    return rows.order_by("comment_id").values_list("comment_id", flat=True)


def listed_of_theme(theme: Theme, *, question: Question | None = None) -> QuerySet[Any]:
    """Return the rows that list those comments, each with its ``comment_id``."""
    rows = _themed(theme).filter(is_visible("comment__"))
    return rows if question is None else rows.filter(comment__question=question)


def _themed(theme: Theme) -> QuerySet[Any]:
    """Return the rows that say which comments have a theme, or carry a code."""
    return rows_of_theme(theme.pk, is_theme=theme.is_theme)


def rows_of_theme(key: int, *, is_theme: bool) -> QuerySet[Any]:
    """Return those rows by the key of a theme or code."""
    if is_theme:
        return ThemedComment.objects.filter(theme=key)
    return Coding.objects.filter(theme=key, theme__merged_into__isnull=True)


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
    visible = [comment for comment in comments if comment.is_visible]
    return {
        comment: list({code.parent.pk: code.parent for code in codes if code.parent}.values())
        for comment, codes in codes_of_comments(visible).items()
    }
