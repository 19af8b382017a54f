"""Answers in rounds, given by members or written down for them, and their confirmation."""

import uuid
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from coproduction.projects.models import (
    Attested,
    Pass,
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


class WrittenDown(models.TextChoices):
    """How somebody else learnt of a member's answer."""

    PHONE = "phone", _("On the phone")
    ROOM = "room", _("In the room")
    LETTER = "letter", _("In a letter or a message")
    OTHER = "other", _("In another way")


class Response(Attested):
    """One answer in a round, given by the member or written down for them by somebody else.

    Append-only: a change of mind is a new answer. Which of a seat's answers counts is worked out in
    ``queries.answer``.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="responses")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="responses")
    answer = models.CharField(max_length=15, choices=Answer)
    reason = models.TextField(_("reason"), blank=True)
    # Who sent it: somebody who signed in, or the member with a pass.
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    given_pass = models.ForeignKey(Pass, on_delete=models.PROTECT, null=True, related_name="+")
    # Of one that was written down: how it was learnt of, and who else heard it in the room.
    how = models.CharField(_("how"), max_length=10, choices=WrittenDown, blank=True)
    heard_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    # When it reached us.
    at = models.DateTimeField(default=timezone.now)

    objects = models.Manager()

    attested = (
        (
            *("uuid", "round", "seat", "answer", "reason", "recorded_by", "given_pass"),
            *("how", "heard_by", "at"),
        ),
    )
    path_to_project = "round__project"

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(recorded_by__isnull=False, given_pass__isnull=True)
                | Q(recorded_by__isnull=True, given_pass__isnull=False, how=""),
                name="response_sent_by_one",
            ),
            models.CheckConstraint(
                condition=Q(heard_by__isnull=True) | Q(how=WrittenDown.ROOM),
                name="response_heard_in_the_room",
            ),
        ]

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Add it after the others. Raises TypeError for one that is there: the last one counts."""
        if self.pk is not None:
            raise TypeError("A response is never changed: add another.")
        super().save(*args, **kwargs)

    @property
    def is_own(self) -> bool:
        """Whether the member in the seat gave it; otherwise somebody wrote it down for them."""
        return not self.how

    @property
    def is_confirmed(self) -> bool:
        """Whether the member, or a second person who heard it, said that it is what was said."""
        return hasattr(self, "confirmation")

    @property
    def is_confirmed_by_member(self) -> bool:
        """Whether the member said so; what others heard is the member's to put right."""
        return self.is_confirmed and self.confirmation.means in Confirmation.BY_MEMBER


class Confirmation(Attested):
    """That an answer written down for a member is what the member said. Append-only."""

    class Means(models.TextChoices):
        """By whose means it was confirmed."""

        SIGNED_IN = "signed_in", _("by the member, signed in")
        PASS = "pass", _("by the member, with the link in the letter")
        CODE = "code", _("by the member, with the code in the letter")
        WITNESS = "witness", _("by a second person who heard it in the room")
        EARLIER_RULES = "earlier_rules", _("by the rules at the time")

    attested = (("response", "means", "by", "given_pass", "at"),)
    path_to_project = "response__round__project"

    BY_MEMBER = (Means.SIGNED_IN, Means.PASS, Means.CODE)

    response = models.OneToOneField(Response, on_delete=models.PROTECT, related_name="confirmation")
    means = models.CharField(max_length=15, choices=Means)
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    given_pass = models.ForeignKey(Pass, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)
