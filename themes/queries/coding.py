"""Which comments carry which codes."""

from collections import defaultdict
from collections.abc import Iterable
from uuid import UUID

from django.db.models import Exists, F, OuterRef, QuerySet

from coproduction.projects.models import AuditEntry, Project
from engagements.models import Comment
from themes.models import Coding, Theme


def uncoded_comments(project: Project, *, question: UUID | None = None) -> QuerySet[Comment]:
    """Return the comments that carry no code, in the order they came in."""
    # A comment with any coding has one that counts: merging and uncoding see to that.
    waiting = (
        Comment.objects.of(project)
        .visible()
        .filter(~Exists(Coding.objects.filter(comment=OuterRef("pk"))))
    )
    if question is not None:
        waiting = waiting.filter(question__uuid=question)
    return waiting.order_by("pk")


def looked_through(project: Project, comments: Iterable[Comment]) -> set[int]:
    """Say which of some comments, by key, a person read one at a time, to code them. One query.

    A code put on hundreds at once says nothing of whether anybody read them; the trail knows.
    """
    keys = [str(comment.pk) for comment in comments]
    read = AuditEntry.objects.filter(
        project=project, verb="themes.comment_coded", subject_id__in=keys
    )
    return {int(key) for key in read.values_list("subject_id", flat=True)}


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
