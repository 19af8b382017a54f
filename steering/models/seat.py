"""Seats on the group: who held which, for which sector, from when until when."""

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from coproduction.projects.models import (
    Organisation,
    ProjectQuerySet,
    ProjectRecord,
    Sector,
    User,
)


class SeatQuerySet(ProjectQuerySet):
    """Seats, by the days on which somebody sat on them."""

    def held_on(self, day: date) -> "SeatQuerySet":
        """Those taken by this day and not ended by it: on the day it ends nobody holds a seat."""
        return self.filter(seated_on__lte=day).filter(Q(left_on__isnull=True) | Q(left_on__gt=day))

    def not_ended(self) -> "SeatQuerySet":
        """Those that nobody has given up by today."""
        return self.filter(Q(left_on__isnull=True) | Q(left_on__gt=timezone.localdate()))


class Seat(ProjectRecord):
    """A place on the steering group, for a sector, held from a day until another."""

    name = models.CharField(_("name to show"), max_length=100)
    sector = models.CharField(_("sector"), max_length=20, choices=Sector)
    user = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    seated_on = models.DateField(_("from"))
    left_on = models.DateField(_("until"), null=True, blank=True)

    objects = SeatQuerySet.as_manager()

    class Meta:
        ordering = ["seated_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(left_on__isnull=True) | Q(left_on__gte=F("seated_on")),
                name="seat_leaves_after_it_is_taken",
            ),
        ]

    def __str__(self) -> str:
        """Name who sits in it."""
        return self.name

    def has_ended_by(self, day: date) -> bool:
        """Whether it was given up on that day or before: its holder no longer answers."""
        return self.left_on is not None and self.left_on <= day

    @property
    def is_held(self) -> bool:
        """Whether somebody holds it today."""
        return self.seated_on <= timezone.localdate() and not self.has_ended

    @property
    def has_ended(self) -> bool:
        """Whether it has been given up by today."""
        return self.has_ended_by(timezone.localdate())
