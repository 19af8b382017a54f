"""Meetings of the group, with their minutes."""

from datetime import datetime, time
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from coproduction.languages.formats import write_date
from coproduction.projects.models import (
    Attested,
    ProjectQuerySet,
    ProjectRecord,
    User,
)
from steering.models.seat import Seat


class MeetingQuerySet(ProjectQuerySet):
    """Meetings, by whether they were called off and whether their day has come."""

    def standing(self) -> "MeetingQuerySet":
        """Those that nobody has called off."""
        return self.filter(called_off_at__isnull=True)

    def held(self) -> "MeetingQuerySet":
        """Those of them whose day has come."""
        return self.standing().filter(date__lte=timezone.localdate())


class Meeting(Attested, ProjectRecord):
    """A meeting of the group: agenda, attendance, minutes; sealed when these are agreed."""

    date = models.DateField(_("date"))
    # Empty on meetings from before hours were kept.
    starts = models.TimeField(_("starts at"), null=True, blank=True)
    ends = models.TimeField(_("ends at"), null=True, blank=True)
    place = models.CharField(_("place"), max_length=150, blank=True)
    agenda = models.JSONField(_("agenda"), default=list)
    minutes = models.TextField(_("minutes"), blank=True)
    attended = models.ManyToManyField(Seat, blank=True, related_name="+")
    # When the group was told that it can read them; empty again once they are changed.
    circulated_at = models.DateTimeField(null=True, blank=True)
    sealed_at = models.DateTimeField(null=True, blank=True)
    # Who came, by name and sector, as that was when the minutes were sealed.
    sealed_attendance = models.JSONField(default=list, blank=True, editable=False)
    called_off_at = models.DateTimeField(null=True, blank=True)
    called_off_why = models.TextField(_("why"), blank=True)

    objects = MeetingQuerySet.as_manager()

    attested = (
        (
            *("uuid", "date", "starts", "ends", "place", "agenda", "minutes", "attended"),
            *("circulated_at", "sealed_at", "sealed_attendance"),
            *("called_off_at", "called_off_why", "created_at"),
        ),
    )
    in_order_of = "created_at"

    class Meta:
        ordering = ["date", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(called_off_at__isnull=True) | Q(sealed_at__isnull=True),
                name="meeting_called_off_has_no_sealed_minutes",
            ),
        ]

    def __str__(self) -> str:
        """Name it by its day."""
        return write_date(self.date)

    @property
    def is_attested(self) -> bool:
        """Whether its minutes are sealed: until then they are still written."""
        return self.sealed_at is not None

    @property
    def is_held(self) -> bool:
        """Whether its day has come: it can have minutes."""
        return self.called_off_at is None and self.date <= timezone.localdate()

    @property
    def is_over_at(self) -> datetime:
        """The moment it ends; the last of its day, where its hours are not known."""
        return timezone.make_aware(datetime.combine(self.date, self.ends or time(23, 59)))


class MinutesCorrection(Attested):
    """What is wrong in sealed minutes: a dated note that stands beside them. Append-only."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="corrections")
    text = models.TextField(_("correction"))
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    attested = (("meeting", "text", "by", "at"),)
    path_to_project = "meeting__project"

    class Meta:
        ordering = ["pk"]

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Add it after the others. Raises TypeError for one that is there: it stays."""
        if self.pk is not None:
            raise TypeError("A correction is never changed: add another.")
        super().save(*args, **kwargs)
