"""Answers in rounds, given by members or written down for them."""

from typing import Any

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from coproduction.projects.models import (
    User,
)
from steering.models.round import Round
from steering.models.seat import Seat


class Answer(models.TextChoices):
    """What a member says to a wording."""

    AGREE = "agree", _("Agree")
    RESERVATION = "reservation", _("Agree, with a reservation")
    NOT_YET = "not_yet", _("Not yet")
    OBJECT = "object", _("Object")
    STAND_ASIDE = "stand_aside", _("Stand aside: I have an interest")


class ResponseQuerySet(models.QuerySet["Response"]):
    """Answers given in rounds."""

    def counting(self) -> "ResponseQuerySet":
        """The last answer from each seat in each round: the one that counts.

        The last is the one that reached us last, whatever it then waited for.
        """
        later = Response.objects.filter(
            Q(at__gt=OuterRef("at")) | Q(at=OuterRef("at"), pk__gt=OuterRef("pk")),
            round=OuterRef("round"),
            seat=OuterRef("seat"),
        )
        return self.filter(~Exists(later))


class Response(models.Model):
    """One answer in a round. Append-only: a change of mind is a new answer, and the last counts."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="responses")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="responses")
    answer = models.CharField(max_length=15, choices=Answer)
    reason = models.TextField(_("reason"), blank=True)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    objects = ResponseQuerySet.as_manager()

    class Meta:
        ordering = ["at", "pk"]

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Add; never change."""
        if self.pk is not None:
            raise TypeError("A response is never changed: add another.")
        super().save(*args, **kwargs)

    @property
    def is_own(self) -> bool:
        """Whether the member in the seat gave it; otherwise somebody wrote it down for them."""
        return self.seat.user_id == self.recorded_by_id
