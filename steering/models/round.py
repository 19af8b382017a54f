"""Rounds: wordings put to the group."""

from datetime import datetime

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from coproduction.projects.models import (
    Attested,
    ProjectQuerySet,
    ProjectRecord,
    User,
)
from steering.models.meeting import Meeting
from steering.models.seat import Seat
from steering.models.terms import DecisionMethod
from workshops.models import Wording


class RoundQuerySet(ProjectQuerySet):
    """Rounds, by whether they still take answers and whether they are decided."""

    def open(self) -> "RoundQuerySet":
        """Those that take responses now."""
        return self.filter(decision__isnull=True, closes_at__gt=timezone.now())

    def undecided(self) -> "RoundQuerySet":
        """Those without a decision yet, open or closed."""
        return self.filter(decision__isnull=True)


class RoundManager(models.Manager.from_queryset(RoundQuerySet)):  # type: ignore[misc]
    """Rounds that count: one taken back leaves everything as if it had never been asked."""

    def get_queryset(self) -> RoundQuerySet:
        """Leave out those taken back."""
        found: RoundQuerySet = super().get_queryset().filter(taken_back_at__isnull=True)
        return found


class Round(Attested, ProjectRecord):
    """One wording put to the group: who may answer, how many must, and how it is decided."""

    wording = models.ForeignKey(Wording, on_delete=models.PROTECT, related_name="+")
    meeting = models.ForeignKey(
        Meeting, on_delete=models.PROTECT, null=True, blank=True, related_name="rounds"
    )
    electorate = models.ManyToManyField(Seat, related_name="+")
    quorum = models.PositiveSmallIntegerField()
    decision_method = models.CharField(max_length=10, choices=DecisionMethod)
    opened_at = models.DateTimeField(default=timezone.now)
    closes_at = models.DateTimeField(_("closes"))
    # What the action rested on when the group was asked, each as kind, key and a digest of its
    # words; nothing for rounds from before that was kept.
    evidence = models.JSONField(null=True, blank=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    # Taken back before anything was decided: kept, with its answers, and counted nowhere.
    taken_back_at = models.DateTimeField(null=True, blank=True)
    taken_back_why = models.TextField(_("why"), blank=True)

    # The first is Django's own way to all rows; pages and sums ask ``objects``.
    every = RoundQuerySet.as_manager()
    objects = RoundManager()

    attested = (
        (
            *("uuid", "wording", "meeting", "electorate", "quorum", "decision_method"),
            *("opened_at", "closes_at", "evidence", "by", "taken_back_at", "taken_back_why"),
            "created_at",
        ),
    )

    class Meta:
        ordering = ["-opened_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(closes_at__gt=F("opened_at")), name="round_closes_after_it_opens"
            ),
        ]

    def takes_answers_at(self, moment: datetime) -> bool:
        """Whether the clock lets members answer at a moment: a decision may end it sooner."""
        return self.opened_at <= moment < self.closes_at

    @property
    def is_closed(self) -> bool:
        """Whether its closing time is past: read from the clock, never from a scheduler."""
        return self.closes_at <= timezone.now()
