"""Engagements: the dated occasions on which people are heard."""

from decimal import Decimal

from django.db import models
from django.db.models import Case, F, Q, Value, When
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from coproduction.projects.models import ProjectQuerySet, ProjectRecord
from engagements.models.choices import Level, Method


class EngagementQuerySet(ProjectQuerySet):
    """Engagements, in the order in which the team reads them."""

    def standing(self, state: str) -> "EngagementQuerySet":
        """Those that stand somewhere: one of ``Engagement.State``."""
        planned = Q(status=Engagement.Status.PLANNED)
        come = Q(date__lte=timezone.localdate())
        return self.filter(
            {
                Engagement.State.TO_LOG: planned & come,
                Engagement.State.TO_COME: planned & ~come,
                Engagement.State.HELD: Q(status=Engagement.Status.HELD),
                Engagement.State.CANCELLED: Q(status=Engagement.Status.CANCELLED),
            }[Engagement.State(state)]
        )

    def in_diary_order(self) -> "EngagementQuerySet":
        """Order them as the team reads them: to be logged, to come, held, called off."""
        planned = Q(status=Engagement.Status.PLANNED)
        rank = Case(
            When(planned & Q(date__lte=timezone.localdate()), then=Value(0)),
            When(planned, then=Value(1)),
            When(status=Engagement.Status.HELD, then=Value(2)),
            default=Value(3),
            output_field=models.IntegerField(),
        )
        # What is still to do begins with the earliest; what is done, with the latest.
        soonest = Case(When(planned, then=F("date")))
        ranked = self.annotate(rank=rank)
        return ranked.order_by("rank", soonest.asc(), "-date", "title", "pk")


class Engagement(ProjectRecord):
    """One dated occasion on which people were heard."""

    class Status(models.TextChoices):
        """Whether it is still to be logged, was held, or was called off."""

        PLANNED = "planned", _("Planned")
        HELD = "held", _("Held")
        CANCELLED = "cancelled", _("Cancelled")

    class State(models.TextChoices):
        """Where one stands, by its status and the day it is: what a page says of it."""

        TO_LOG = "to_log", _("To be logged")
        TO_COME = "to_come", _("To come")
        HELD = "held", _("Held")
        CANCELLED = "cancelled", _("Called off")

    title = models.CharField(_("title"), max_length=150)
    method = models.CharField(_("method"), max_length=20, choices=Method)
    place = models.CharField(_("place"), max_length=150, blank=True)
    area = models.CharField(_("area"), max_length=100, blank=True)
    date = models.DateField(_("date"))
    level = models.CharField(_("level"), max_length=20, choices=Level, default=Level.CONSULT)
    purpose = models.CharField(_("purpose"), max_length=500, blank=True)
    people_heard = models.PositiveIntegerField(_("people heard"), default=0)
    # What it took; null where nobody said. Minutes of all helpers together, and pence: whole
    # numbers add up.
    helpers = models.PositiveIntegerField(_("helpers"), null=True, blank=True)
    helper_minutes = models.PositiveIntegerField(_("helpers' time"), null=True, blank=True)
    cost_pence = models.PositiveIntegerField(_("costs"), null=True, blank=True)
    status = models.CharField(_("status"), max_length=12, choices=Status, default=Status.PLANNED)
    # The import that made it, by its uuid: undone, it takes back what has nothing else.
    came_with = models.UUIDField(null=True, blank=True, editable=False)

    objects = EngagementQuerySet.as_manager()

    class Meta:
        ordering = ["-date", "title"]
        indexes = [models.Index(fields=["project", "-date"], name="engagement_by_date")]

    def __str__(self) -> str:
        """Name it as the team does."""
        return self.title

    @property
    def is_planned(self) -> bool:
        """Whether it is still to be held."""
        return self.status == self.Status.PLANNED

    @property
    def is_held(self) -> bool:
        """Whether somebody logged that it happened. Planned ones may have comments already."""
        return self.status == self.Status.HELD

    @property
    def is_cancelled(self) -> bool:
        """Whether it was called off."""
        return self.status == self.Status.CANCELLED

    @property
    def hours(self) -> Decimal | None:
        """How many hours its helpers gave, all together, to the hundredth; None if unsaid."""
        return None if self.helper_minutes is None else _plain(Decimal(self.helper_minutes) / 60)

    @property
    def costs(self) -> Decimal | None:
        """What it cost, in pounds and pence; None where nobody said."""
        return None if self.cost_pence is None else _plain(Decimal(self.cost_pence) / 100)

    def take_note(
        self, *, helpers: int | None, hours: Decimal | None, costs: Decimal | None
    ) -> None:
        """Put what it took in place, not saved; None for what nobody said."""
        self.helpers = helpers
        self.helper_minutes = None if hours is None else round(hours * 60)
        self.cost_pence = None if costs is None else round(costs * 100)


def _plain(number: Decimal) -> Decimal:
    """Return a number to the hundredth as somebody would type it: 7 and 2.5, not 7.00 and 2.50."""
    exact = round(number, 2)
    whole = exact.to_integral_value()
    return whole if exact == whole else exact.normalize()
