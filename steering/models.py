"""How the group decides: seats, meetings, rounds, responses, decisions and commitments."""

from datetime import date, datetime, time
from typing import Any

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from coproduction.languages.formats import write_date
from coproduction.languages.models import TranslatedField
from coproduction.projects.models import (
    Organisation,
    Project,
    ProjectQuerySet,
    ProjectRecord,
    Sector,
    User,
    Versioned,
    VersionedQuerySet,
)
from workshops.models import Wording


class DecisionMethod(models.TextChoices):
    """The group's way of deciding. Never to be confused with a person's consent.

    ``queries.answer`` does the sums; what a member reads of them is here, and says the same.
    """

    CONSENT = "consent", _("Consent: nobody objects, and more agree than say not yet")
    CONSENSUS = "consensus", _("Consensus: everybody who answers agrees, some with a reservation")
    MAJORITY = "majority", _("Majority: more than half of those who answer agree")

    @property
    def rule(self) -> Any:
        """When a wording is agreed, in a sentence."""
        return _RULES[self]


_RULES = {
    DecisionMethod.CONSENT: _(
        "It is agreed if nobody objects, and more people agree than say not yet."
    ),
    DecisionMethod.CONSENSUS: _(
        "It is agreed if everybody who answers agrees, with or without a reservation."
    ),
    DecisionMethod.MAJORITY: _("It is agreed if more than half of those who answer agree."),
}


class TermsQuerySet(VersionedQuerySet):
    """The terms of reference of projects."""

    def in_force(self, project: Project) -> "Terms":
        """Those of a project; until the group sets its own, the defaults, not yet saved."""
        return self.filter(project=project).first() or Terms(project=project)


class Terms(Versioned):
    """The group's terms of reference, as far as deciding goes. Copied onto each round."""

    project = models.OneToOneField("projects.Project", on_delete=models.PROTECT, related_name="+")
    quorum = models.PositiveSmallIntegerField(_("quorum"), default=4)
    decision_method = models.CharField(
        _("way of deciding"),
        max_length=10,
        choices=DecisionMethod,
        default=DecisionMethod.CONSENT,
    )

    objects = TermsQuerySet.as_manager()


class SeatQuerySet(ProjectQuerySet):
    """Seats, by when they were held."""

    def held_on(self, day: date) -> "SeatQuerySet":
        """Those held on a day."""
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
        """Whether it was given up on that day or before: its holder answers no more."""
        return self.left_on is not None and self.left_on <= day

    @property
    def is_held(self) -> bool:
        """Whether somebody holds it today."""
        return self.seated_on <= timezone.localdate() and not self.has_ended

    @property
    def has_ended(self) -> bool:
        """Whether it has been given up by today."""
        return self.has_ended_by(timezone.localdate())


class MeetingQuerySet(ProjectQuerySet):
    """Meetings, by the day."""

    def standing(self) -> "MeetingQuerySet":
        """Those that nobody has called off."""
        return self.filter(called_off_at__isnull=True)

    def held(self) -> "MeetingQuerySet":
        """Those of them whose day has come."""
        return self.standing().filter(date__lte=timezone.localdate())


class Meeting(ProjectRecord):
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
    def is_held(self) -> bool:
        """Whether its day has come: it can have minutes."""
        return self.called_off_at is None and self.date <= timezone.localdate()

    @property
    def is_over_at(self) -> datetime:
        """The moment it ends; the last of its day, where its hours are not known."""
        return timezone.make_aware(datetime.combine(self.date, self.ends or time(23, 59)))


class MinutesCorrection(models.Model):
    """What is wrong in sealed minutes: a dated note that stands beside them. Append-only."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="corrections")
    text = models.TextField(_("correction"))
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["pk"]

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Add; never change."""
        if self.pk is not None:
            raise TypeError("A correction is never changed: add another.")
        super().save(*args, **kwargs)


class RoundQuerySet(ProjectQuerySet):
    """Rounds, by the clock."""

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


class Round(ProjectRecord):
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
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    # Taken back before anything was decided: kept, with its answers, and counted nowhere.
    taken_back_at = models.DateTimeField(null=True, blank=True)
    taken_back_why = models.TextField(_("why"), blank=True)

    # The first is Django's own way to all rows; pages and sums ask ``objects``.
    every = RoundQuerySet.as_manager()
    objects = RoundManager()

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


class Decision(ProjectRecord):
    """What the group decided on one wording, why, and when to look again."""

    class Outcome(models.TextChoices):
        """What becomes of the wording."""

        AGREED = "agreed", _("Agreed")
        SENT_BACK = "sent_back", _("Sent back to be reworded")
        NOT_TAKEN_FORWARD = "not_taken_forward", _("Not taken forward")

    round = models.OneToOneField(Round, on_delete=models.PROTECT, related_name="decision")
    outcome = models.CharField(_("outcome"), max_length=20, choices=Outcome)
    reason = TranslatedField(_("reason"))
    review_on = models.DateField(_("look again on"), null=True, blank=True)
    decided_on = models.DateField(_("decided on"), default=timezone.localdate)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    objects = ProjectQuerySet.as_manager()

    @property
    def icon(self) -> str:
        """The icon of the status that shows its outcome."""
        return {"agreed": "tick", "sent_back": "pen"}.get(self.outcome, "bar")


class Commitment(ProjectRecord):
    """A lead partner's word that it will do what a wording says."""

    wording = models.ForeignKey(Wording, on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    text = TranslatedField(_("in their words"), blank=True)
    committed_on = models.DateField(_("date"))
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    objects = ProjectQuerySet.as_manager()

    class Meta:
        ordering = ["committed_on"]
        constraints = [
            models.UniqueConstraint(fields=["wording", "organisation"], name="commitment_once"),
        ]
