"""How many comments there are of each engagement and question: kept by the database itself."""

from typing import Any

from django.db import models

from coproduction.projects.models import ProjectQuerySet
from engagements.models.engagement import Engagement
from engagements.models.question import Question


def counted(to: Any, **options: Any) -> Any:
    """Return the key of something that a row of counts is about.

    Triggers write such rows, whatever changes what they count. They hold nothing of their own, so
    no key of theirs is checked, and nothing is kept from going because it is counted.
    """
    return models.ForeignKey(
        to,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        db_index=False,
        related_name="+",
        **options,
    )


class CommentCount(models.Model):
    """The comments of one engagement on one question; ``engagements/counters.py`` says which."""

    pk = models.CompositePrimaryKey("project_id", "engagement_id", "question_id")
    project = counted("projects.Project")
    engagement = counted(Engagement)
    question = counted(Question)
    visible = models.IntegerField(default=0)
    said = models.IntegerField(default=0)

    objects = ProjectQuerySet.as_manager()
