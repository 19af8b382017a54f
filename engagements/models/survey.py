"""Surveys: public forms with the questions, and when they take answers."""

from datetime import datetime

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from coproduction.languages.models import TranslatedField
from coproduction.projects.models import SLUG, ProjectQuerySet, ProjectRecord
from engagements.models.engagement import Engagement


class SurveyQuerySet(ProjectQuerySet):
    """Surveys, by when they take answers."""

    def open_now(self) -> "SurveyQuerySet":
        """Those that take answers now; ``Survey.is_open`` says the same of one."""
        now = timezone.now()
        return self.filter(
            ~Q(engagement__status=Engagement.Status.CANCELLED),
            Q(closes_at__isnull=True) | Q(closes_at__gt=now),
            opens_at__lte=now,
        )

    def open_since(self, when: datetime) -> "SurveyQuerySet":
        """Those whose page somebody may have opened after ``when``, also if called off since."""
        return self.filter(
            Q(closes_at__isnull=True) | Q(closes_at__gt=when), opens_at__lte=timezone.now()
        )


class Survey(ProjectRecord):
    """A public form with the questions; what it gathers belongs to an engagement."""

    slug = models.CharField(_("address"), max_length=60, validators=[SLUG])
    engagement = models.ForeignKey(Engagement, on_delete=models.PROTECT, related_name="surveys")
    title = TranslatedField(_("title"))
    introduction = TranslatedField(_("introduction"), blank=True)
    opens_at = models.DateTimeField(_("opens"), default=timezone.now)
    closes_at = models.DateTimeField(_("closes"), null=True, blank=True)

    objects = SurveyQuerySet.as_manager()

    class Meta:
        ordering = ["-opens_at"]
        constraints = [
            models.UniqueConstraint(fields=["project", "slug"], name="survey_slug_once"),
        ]

    def __str__(self) -> str:
        """Name it in the reader's language."""
        return str(self.title)

    @property
    def is_open(self) -> bool:
        """Whether answers are taken now: read from the clock, never from a scheduler.

        Nobody speaks at an occasion that was called off, so its survey is closed too.
        """
        return self.is_open_at(timezone.now())

    def is_open_at(self, moment: datetime) -> bool:
        """Whether answers that reached us at a moment are taken."""
        in_time = self.opens_at <= moment and (self.closes_at is None or moment < self.closes_at)
        return in_time and not self.engagement.is_cancelled

    @property
    def is_to_come(self) -> bool:
        """Whether it has not opened yet, and will."""
        return timezone.now() < self.opens_at and not self.engagement.is_cancelled
