"""The baseline's tables: the same columns that matter, none of the rules."""

import uuid

from django.db import models


class BareNote(models.Model):
    """A row as a bare view would write it."""

    subject = models.PositiveIntegerField()
    kind = models.PositiveIntegerField()
    by = models.PositiveIntegerField()
    at = models.DateTimeField(auto_now_add=True)


class BareSubmission(models.Model):
    """A sitting, with the columns and the unique key of the real one."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True)
    project = models.PositiveIntegerField(db_index=True)
    engagement = models.PositiveIntegerField(db_index=True)
    receipt = models.CharField(max_length=20, unique=True)
    descriptor = models.CharField(max_length=80, blank=True)
    language = models.CharField(max_length=8, default="en")
    file_hash = models.CharField(max_length=64, blank=True)
    row = models.PositiveIntegerField(null=True)
    received_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["project", "file_hash", "row"], name="bare_row_once")
        ]


class BareComment(models.Model):
    """A comment, with the columns and indexes of the real one."""

    project = models.PositiveIntegerField()
    submission = models.ForeignKey(BareSubmission, on_delete=models.CASCADE)
    engagement = models.PositiveIntegerField()
    question = models.PositiveIntegerField(db_index=True)
    position = models.PositiveSmallIntegerField(default=0)
    text = models.TextField()
    language = models.CharField(max_length=8, default="en")
    quote_consent = models.BooleanField(default=False)
    translation = models.JSONField(default=dict)
    withheld = models.CharField(max_length=10, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["project", "withheld", "id"], name="bare_by_project"),
            models.Index(fields=["engagement", "withheld"], name="bare_by_engagement"),
        ]


class BareText(models.Model):
    """A comment's words as they are searched, with no index: LIKE has to read them all."""

    project = models.PositiveIntegerField(db_index=True)
    words = models.TextField()


class BarePlan(models.Model):
    """The words of the plan of 40 actions, in one row as an edition is."""

    words = models.JSONField()


TABLES = (BareNote, BareSubmission, BareComment, BareText, BarePlan)
