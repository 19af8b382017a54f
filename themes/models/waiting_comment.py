"""Comments that carry no code yet: rows that triggers of the database keep."""

from django.db import models

from coproduction.projects.models import ProjectQuerySet
from engagements.models import Comment, Question
from engagements.models.comment_count import counted


class WaitingComment(models.Model):
    """A comment in sight that carries no code yet."""

    comment = models.OneToOneField(
        Comment,
        on_delete=models.DO_NOTHING,
        primary_key=True,
        db_constraint=False,
        related_name="+",
    )
    project = counted("projects.Project")
    question = counted(Question)

    objects = ProjectQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["project", "comment"], name="waiting_in_order"),
            models.Index(fields=["project", "question", "comment"], name="waiting_by_question"),
        ]


class WaitingTotal(models.Model):
    """The comments in sight on one question that carry no code yet."""

    pk = models.CompositePrimaryKey("project_id", "question_id")
    project = counted("projects.Project")
    question = counted(Question)
    comments = models.IntegerField(default=0)

    objects = ProjectQuerySet.as_manager()
