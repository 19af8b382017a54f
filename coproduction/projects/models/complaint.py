"""Complaints about how somebody's data is looked after, and how long there is to answer."""

from datetime import date, timedelta

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from coproduction.projects.models.person import LONGEST_EMAIL, User
from coproduction.projects.models.project import ProjectQuerySet, ProjectRecord

# By UK law (the Data (Use and Access) Act 2025): that it came is said within so long, and it is
# answered without undue delay.
ACKNOWLEDGED_WITHIN = timedelta(days=30)
LONGEST_COMPLAINT = 10_000


class DataComplaintQuerySet(ProjectQuerySet):
    """Complaints, by what is still to be done about them."""

    def open_first(self) -> "DataComplaintQuerySet":
        """Those not answered yet first, of these the one that came first."""
        return self.annotate(is_over=Q(answered_at__isnull=False)).order_by(
            "is_over", "received_at", "pk"
        )


class DataComplaint(ProjectRecord):
    """What somebody complained of, in their words, and what they were answered."""

    class State(models.TextChoices):
        """Whether the clock still runs, or only an answer is owed, or neither."""

        RECEIVED = "received", _("Came in")
        ACKNOWLEDGED = "acknowledged", _("They know that we have it")
        ANSWERED = "answered", _("Answered")

    name = models.CharField(max_length=120, blank=True)
    email = models.CharField(max_length=LONGEST_EMAIL)
    text = models.TextField()
    language = models.CharField(max_length=8)
    received_at = models.DateTimeField(default=timezone.now)
    acknowledged_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    reply = models.TextField(blank=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    objects = DataComplaintQuerySet.as_manager()

    class Meta:
        ordering = ["-received_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True)
                | (~Q(reply="") & Q(acknowledged_at__isnull=False)),
                name="complaint_answered_says_what",
            ),
        ]

    @property
    def state(self) -> "DataComplaint.State":
        """Whether they were told that it came, and were answered."""
        if self.answered_at is not None:
            return self.State.ANSWERED
        return self.State.ACKNOWLEDGED if self.acknowledged_at else self.State.RECEIVED

    @property
    def is_new(self) -> bool:
        """Whether the person was told nothing yet: the clock runs."""
        return self.state == self.State.RECEIVED

    @property
    def is_answered(self) -> bool:
        """Whether nothing more is to be done about it."""
        return self.state == self.State.ANSWERED

    @property
    def acknowledge_by(self) -> date:
        """The last day on which to say that it came."""
        return timezone.localdate(self.received_at) + ACKNOWLEDGED_WITHIN

    @property
    def days_left(self) -> int:
        """How many days there are to say so; 0 on the last, less when it is too late."""
        return (self.acknowledge_by - timezone.localdate()).days

    @property
    def days_late(self) -> int:
        """By how many days it is too late."""
        return max(0, -self.days_left)
