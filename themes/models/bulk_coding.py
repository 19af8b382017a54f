"""Codes put on many comments at once, or taken off: what was done to each, to be undone by."""

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from coproduction.projects.models import ProjectQuerySet, ProjectRecord, User
from engagements.models import Comment
from themes.models.theme import Theme


class BulkCoding(ProjectRecord):
    """That somebody put a code on many comments, took one off them, or both: moved them.

    While it is under way it holds which comments are meant; once it is over it holds no words.
    """

    put = models.ForeignKey(Theme, on_delete=models.PROTECT, null=True, related_name="+")
    taken = models.ForeignKey(Theme, on_delete=models.PROTECT, null=True, related_name="+")
    # Which comments a page showed that are all meant, as CommentsShown says; empty once it is over.
    selection = models.JSONField(default=dict, blank=True)
    # How many comments were changed, and how many were so already or are out of sight.
    changed = models.PositiveIntegerField(default=0)
    same = models.PositiveIntegerField(default=0)
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    # The last comment that was dealt with, how many were, and when all were.
    last_done = models.PositiveBigIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    finished_at = models.DateTimeField(null=True, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    # The last row that was put back, how many comments are as they were, and how many stayed.
    last_undone = models.PositiveBigIntegerField(default=0)
    put_back = models.PositiveIntegerField(default=0)
    stayed = models.PositiveIntegerField(default=0)
    undo_finished_at = models.DateTimeField(null=True, blank=True)
    job = models.UUIDField(null=True, blank=True)

    objects = ProjectQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(put__isnull=False) | Q(taken__isnull=False), name="bulk_coding_does"
            ),
            models.CheckConstraint(
                condition=~Q(put=F("taken")) | Q(put__isnull=True) | Q(taken__isnull=True),
                name="bulk_coding_changes",
            ),
        ]

    @property
    def is_undone(self) -> bool:
        """Whether somebody took it back, though not all of it may be back yet."""
        return self.undone_at is not None

    @property
    def is_finished(self) -> bool:
        """Whether every comment that was meant has been dealt with."""
        return self.finished_at is not None

    @property
    def is_under_way(self) -> bool:
        """Whether codes are still being put on or taken off, or put back."""
        if self.is_undone:
            return self.undo_finished_at is None
        return not self.is_finished


class BulkCodedComment(models.Model):
    """One coding that was made or deleted with many others; a deleted one as it was."""

    bulk = models.ForeignKey(BulkCoding, on_delete=models.CASCADE, related_name="codings")
    comment = models.ForeignKey(Comment, on_delete=models.PROTECT, related_name="+", db_index=False)
    is_put = models.BooleanField()
    theme = models.ForeignKey(Theme, on_delete=models.PROTECT, related_name="+", db_index=False)
    first_theme = models.ForeignKey(
        Theme, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["bulk", "comment", "theme", "is_put"], name="bulk_codes_once"
            ),
        ]
