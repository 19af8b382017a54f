"""Claims: which comment a coder has before them just now."""

from django.db import models

from coproduction.projects.models import ProjectQuerySet, User
from engagements.models import Comment
from engagements.models.comment_count import counted


class CodingClaim(models.Model):
    """A comment that a coder has before them: until it runs out, others are shown other ones.

    It says nothing of anybody's work and runs out by itself, so the trail does not tell of it.
    """

    comment = models.OneToOneField(
        Comment,
        on_delete=models.DO_NOTHING,
        primary_key=True,
        db_constraint=False,
        related_name="+",
    )
    project = counted("projects.Project")
    by = counted(User)
    # In seconds since 1970: the queue is asked with numbers.
    until = models.BigIntegerField()

    objects = ProjectQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["project", "by"], name="claim_by_coder")]
