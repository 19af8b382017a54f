"""Codings: that a comment carries a code, and who said so."""

from django.db import models

from coproduction.projects.models import ProjectQuerySet, User
from engagements.models import Comment, Engagement, Question, is_visible
from themes.models.theme import Theme


class CodingQuerySet(ProjectQuerySet):
    """Codings, by whether they count."""

    def counted(self) -> "CodingQuerySet":
        """Those of codes still current, on comments that nothing withholds."""
        return self.filter(is_visible("comment__"), theme__merged_into__isnull=True)


class Coding(models.Model):
    """A code put on a comment by a person. Engagement and question are copied, as they were."""

    # The indexes below begin with it.
    project = models.ForeignKey(
        "projects.Project", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    comment = models.ForeignKey(Comment, on_delete=models.PROTECT, related_name="+")
    theme = models.ForeignKey(
        Theme, on_delete=models.PROTECT, related_name="codings", db_index=False
    )
    engagement = models.ForeignKey(Engagement, on_delete=models.PROTECT, related_name="+")
    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="+")
    # The code first given, where a merge has moved it: so that a merge can be undone.
    first_theme = models.ForeignKey(
        Theme, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    objects = CodingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["comment", "theme"], name="coding_once"),
        ]
        indexes = [
            models.Index(fields=["theme", "comment"], name="coding_of_theme"),
            models.Index(fields=["project", "by", "id"], name="coding_by_coder"),
        ]
