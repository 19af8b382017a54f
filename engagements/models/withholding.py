"""What takes comments or words of them out of sight: redactions, withdrawals, concerns."""

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from coproduction.languages.models import TranslatedField
from coproduction.projects.models import Project, User, Versioned
from engagements.models.comment import Comment


class Redaction(models.Model):
    """What a comment said before personal details were taken out; for the co-ordinator only.

    Or before a slip of the pen was put right (``is_typo``), which takes nothing out.
    """

    comment = models.ForeignKey(Comment, on_delete=models.PROTECT, related_name="redactions")
    original = models.TextField()
    original_translation = TranslatedField(blank=True)
    # How the speaker was described; empty when that was left as it was.
    original_descriptor = models.CharField(max_length=80, null=True)  # noqa: DJ001 ("" was said)
    is_typo = models.BooleanField(default=False)
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["pk"]


class Withdrawal(models.Model):
    """A person's wish that their comment is no longer used; lifted if they change their mind."""

    comment = models.ForeignKey(Comment, on_delete=models.PROTECT, related_name="withdrawals")
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    lifted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["comment"],
                condition=Q(lifted_at__isnull=True),
                name="withdrawal_one_at_a_time",
            ),
        ]


class ConcernQuerySet(models.QuerySet["Concern"]):
    """Concerns, of which there are few beside the comments."""

    def of(self, project: Project) -> Self:
        """Keep those of a project's comments.

        Asked of each concern's own comment: SQLite else goes through all comments of the project
        to find these, and what is added to the key keeps it from doing so.
        """
        return self.alias(project=F("comment__project_id") + 0).filter(project=project.pk)


class Concern(Versioned):
    """Somebody is worried about a comment: hidden everywhere until the lead has decided."""

    class Outcome(models.TextChoices):
        """What was decided outside this app."""

        OPEN = "", _("Waiting for a decision")
        RESTORED = "restored", _("Shown again")
        KEPT_HIDDEN = "kept_hidden", _("Stays hidden")

    class Decision(models.TextChoices):
        """What kind of decision it was: enough to show that there was one, nothing of the case."""

        UNKNOWN = "", _("Not recorded")
        NO_RISK = "no_risk", _("Nobody is at risk")
        SUPPORT = "support", _("Help was offered")
        SOCIAL_SERVICES = "social_services", _("Reported to social services")
        POLICE = "police", _("Reported to the police")
        OTHER = "other", _("Something else was done")

    comment = models.ForeignKey(Comment, on_delete=models.PROTECT, related_name="concerns")
    raised_at = models.DateTimeField(default=timezone.now)
    raised_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=12, choices=Outcome, default=Outcome.OPEN, blank=True)
    resolved_at = models.DateTimeField(null=True, blank=True)
    resolved_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    decision = models.CharField(
        max_length=20, choices=Decision, default=Decision.UNKNOWN, blank=True
    )
    # Who decided, mostly somebody who never signs in here, and when: not who recorded it.
    decided_by = models.CharField(max_length=80, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    # The letter to the safeguarding lead; none when no lead was named.
    letter = models.UUIDField(null=True, blank=True)
    # The same concern, about the same words before their import was undone and came in again.
    follows = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, related_name="followed_by"
    )

    # What was decided where the comment stays out of sight.
    HIDING = (Outcome.OPEN, Outcome.KEPT_HIDDEN)

    objects = ConcernQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["comment"], condition=Q(outcome=""), name="concern_one_at_a_time"
            ),
        ]
        indexes = [
            # So that a list of them begins with them, and not with the comments.
            models.Index(fields=["outcome", "resolved_at"], name="concern_by_outcome"),
        ]

    @property
    def is_open(self) -> bool:
        """Whether it waits for a decision."""
        return self.outcome == self.Outcome.OPEN
