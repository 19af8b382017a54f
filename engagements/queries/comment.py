"""Which comments somebody means who narrows a list of them, or types a person's code."""

from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet

from coproduction.projects.models import Project
from engagements.models import Comment, CommentQuerySet, Submission, Withheld
from engagements.models.receipts import normalise_receipt


def narrow_comments(comments: CommentQuerySet, chosen: Mapping[str, Any]) -> QuerySet[Comment]:
    """Keep the comments that a ``CommentFilterForm`` asks for, but for the words searched for.

    Those in use, unless others were asked for.
    """
    rows = comments.filter(withheld=chosen.get("withheld") or Withheld.NOTHING)
    if chosen.get("question") is not None:
        rows = rows.filter(question=chosen["question"])
    if meant := chosen.get("engagement"):
        rows = rows.filter(engagement__in=[each.pk for each in meant])
    return rows


def sitting_with_code(project: Project, words: str) -> Submission | None:
    """Return what the person said whose code was typed; None for words that only look like one."""
    if not normalise_receipt(words):
        return None
    found: Submission | None = Submission.objects.of(project).with_receipt(words).first()
    return found
