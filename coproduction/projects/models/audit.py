"""The audit trail: a project's chain of entries, and the end of it."""

from typing import Any

from django.db import models

from coproduction.projects.models.passes import Pass
from coproduction.projects.models.person import User
from coproduction.projects.models.project import Project


class AuditHead(models.Model):
    """The end of a project's audit chain: the row every write locks first."""

    project = models.OneToOneField(Project, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveBigIntegerField(default=0)
    digest = models.CharField(max_length=64, blank=True)


class AuditEntry(models.Model):
    """One change: who, when, what was, what is. Append-only, numbered and chained by hash.

    It never holds words or addresses, so that erasing a person's words never breaks the chain.
    """

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveBigIntegerField()
    at = models.DateTimeField()
    # Who: a person who signed in, or somebody with a pass; neither for a resident signed out.
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    given_pass = models.ForeignKey(Pass, on_delete=models.PROTECT, null=True, related_name="+")
    verb = models.CharField(max_length=60)
    subject_kind = models.CharField(max_length=60)
    subject_id = models.CharField(max_length=40)
    was = models.JSONField(default=dict)
    now = models.JSONField(default=dict)
    previous = models.CharField(max_length=64, blank=True)
    digest = models.CharField(max_length=64)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["project", "number"], name="audit_number_once"),
        ]
        indexes = [models.Index(fields=["project", "subject_id"], name="audit_by_subject")]

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Add; never change."""
        if self.pk is not None:
            raise TypeError("An audit entry is never changed.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Refuse: an audit entry is never removed."""
        raise TypeError("An audit entry is never removed.")
