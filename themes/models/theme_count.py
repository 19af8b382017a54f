"""How many comments each theme and code has: rows that triggers of the database keep."""

from django.db import models

from coproduction.projects.models import ProjectQuerySet
from engagements.models import Comment, Engagement, Question
from engagements.models.comment_count import counted
from themes.models.theme import Theme


class ThemedComment(models.Model):
    """That a comment is a theme's: once, with how many of the theme's codes it carries."""

    pk = models.CompositePrimaryKey("theme_id", "comment_id")
    theme = counted(Theme)
    comment = counted(Comment)
    codings = models.IntegerField(default=0)

    class Meta:
        indexes = [models.Index(fields=["comment"], name="themed_by_comment")]


class ThemeCount(models.Model):
    """The comments of one theme or code, on one question, at one engagement."""

    pk = models.CompositePrimaryKey("project_id", "theme_id", "question_id", "engagement_id")
    project = counted("projects.Project")
    theme = counted(Theme)
    question = counted(Question)
    engagement = counted(Engagement)
    visible = models.IntegerField(default=0)
    said = models.IntegerField(default=0)

    objects = ProjectQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["engagement", "theme", "question"], name="theme_count_by_event")
        ]


class ThemeTotal(models.Model):
    """The comments of one theme or code, on one question, at all engagements."""

    pk = models.CompositePrimaryKey("project_id", "theme_id", "question_id")
    project = counted("projects.Project")
    theme = counted(Theme)
    question = counted(Question)
    visible = models.IntegerField(default=0)
    said = models.IntegerField(default=0)

    objects = ProjectQuerySet.as_manager()
