"""The audit trail: a chain of entries for each project and one for the installation; their ends."""

import secrets
from typing import Any

from django.db import models
from django.db.models.functions import Coalesce

from coproduction.projects.models.passes import Pass
from coproduction.projects.models.person import User
from coproduction.projects.models.project import Project


def new_state() -> str:
    """Return a name for a state, which no other ever had: not even after a backup was put back."""
    return secrets.token_hex(8)


class AuditHead(models.Model):
    """The end of a chain: the row every write of its project locks first. Signed with each entry.

    The one of no project is the installation's: who signed in, and who tried to.
    It also names the state of what the public reads, for it is saved with each change anyway; see
    coproduction/projects/public_state.py.
    """

    project = models.OneToOneField(Project, on_delete=models.PROTECT, null=True, related_name="+")
    number = models.PositiveBigIntegerField(default=0)
    digest = models.CharField(max_length=64, blank=True)
    # The public key and the signature; both empty where nothing can be signed.
    key = models.CharField(max_length=64, blank=True)
    signature = models.CharField(max_length=128, blank=True)
    # Another one after each change to what the public reads, but for those that only count on.
    public_state = models.CharField(max_length=16, default=new_state)
    # Another one after each that counts on; the one before those of that moment; and the moment, in
    # milliseconds since 1970.
    counts_state = models.CharField(max_length=16, default=new_state)
    counts_before = models.CharField(max_length=16, default=new_state)
    counts_at = models.PositiveBigIntegerField(default=0)

    # What a change may leave different on it, beside its entry.
    STATES = ("public_state", "counts_state", "counts_before", "counts_at")
    END = ("number", "digest", "key", "signature")

    class Meta:
        constraints = [
            models.UniqueConstraint(Coalesce("project", 0), name="audit_head_once"),
        ]


class TrailHead(models.Model):
    """An end of a chain as it was given out: printed in an edition, or mailed with sealed minutes.

    Whoever has it can tell that nothing up to it was written anew. Append-only.
    """

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveBigIntegerField()
    digest = models.CharField(max_length=64)
    key = models.CharField(max_length=64, blank=True)
    signature = models.CharField(max_length=128, blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["project", "number"], name="trail_head_once"),
        ]

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Add it to the trail. Raises TypeError for one that stands there: nothing changes it."""
        if self.pk is not None:
            raise TypeError("A head that was given out is never changed.")
        super().save(*args, **kwargs)


class AuditEntry(models.Model):
    """One change: who, when, what was, what is. Append-only, numbered and chained by hash.

    It never holds words or addresses, so that erasing a person's words never breaks the chain.
    """

    # None for what happened in no project: somebody signed in.
    project = models.ForeignKey(Project, on_delete=models.PROTECT, null=True, related_name="+")
    number = models.PositiveBigIntegerField()
    at = models.DateTimeField()
    # Who: a person who signed in, or somebody with a pass; neither for a resident signed out.
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    given_pass = models.ForeignKey(Pass, on_delete=models.PROTECT, null=True, related_name="+")
    verb = models.CharField(max_length=60)
    subject_kind = models.CharField(max_length=60)
    subject_id = models.CharField(max_length=40)
    # What its subject is called here: the same, but where it came in with a project's archive and
    # goes by a number, which is another one here. Empty where it was gone by then. In no hash.
    subject_key = models.CharField(max_length=40, blank=True)
    was = models.JSONField(default=dict)
    now = models.JSONField(default=dict)
    # Of rows that were decided, as they stood after it: {"steering.response:<uuid>": digest}.
    digests = models.JSONField(default=dict)
    # What its digests are salted with. It never leaves the installation, and enters no hash.
    digests_salt = models.CharField(max_length=32, blank=True)
    # In which form its hash is made: 1 before there were salts.
    form = models.PositiveSmallIntegerField(default=1)
    salt = models.CharField(max_length=32, blank=True)
    previous = models.CharField(max_length=64, blank=True)
    digest = models.CharField(max_length=64)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["project", "number"], name="audit_number_once"),
            models.UniqueConstraint(
                fields=["number"],
                condition=models.Q(project__isnull=True),
                name="audit_number_once_here",
            ),
        ]
        indexes = [models.Index(fields=["project", "subject_key"], name="audit_by_subject")]

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Add it to the trail. Raises TypeError for one that stands there: nothing changes it."""
        if self.pk is not None:
            raise TypeError("An audit entry is never changed.")
        self.subject_key = self.subject_id
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Raise TypeError: nothing removes an entry from the trail."""
        raise TypeError("An audit entry is never removed.")

    @property
    def is_for_someone_else(self) -> bool:
        """Whether it was done on another's behalf."""
        return bool(self.now.get("for_someone_else"))
