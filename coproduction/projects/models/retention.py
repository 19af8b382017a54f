"""How long a project keeps what it needs for a while only, and what is announced to go."""

from calendar import monthrange
from datetime import date
from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from coproduction.projects.models.person import User
from coproduction.projects.models.project import Project, ProjectQuerySet, ProjectRecord
from coproduction.projects.models.versioned import Versioned, VersionedQuerySet

# What a project sets a period for, in the order of its page. Each is one of Retention's fields, and
# what a ``Kept`` names as its period.
PERIODS = ("originals", "imports", "attendees", "concerns", "letters", "jobs")
LONGEST_MONTHS = 240
# How long a file is kept that nothing came in from, or from which all was taken back.
UNUSED_MONTHS = 1


def _months(label: Any, default: int) -> models.PositiveSmallIntegerField:
    """Return the field of one period: whole months, at least one."""
    between = [MinValueValidator(1), MaxValueValidator(LONGEST_MONTHS)]
    return models.PositiveSmallIntegerField(label, default=default, validators=between)


class RetentionQuerySet(VersionedQuerySet):
    """Periods, by what a project set and what it was given."""

    def in_force(self, project: Project) -> "Retention":
        """Those of a project; until it sets its own, the defaults, not yet saved."""
        return self.filter(project=project).first() or Retention(project=project)


class Retention(Versioned):
    """For how many months a project keeps what is then taken away.

    What people said, what was agreed, what was published and the trail have no period: they stay.
    """

    project = models.OneToOneField(
        Project, on_delete=models.PROTECT, primary_key=True, related_name="+"
    )
    originals = _months(_("What a comment said before names were taken out"), 24)
    imports = _months(_("Files that were brought in, and their lines that did not go in"), 12)
    attendees = _months(_("Names of people who came to a workshop or led a table"), 12)
    concerns = _months(_("The name of who decided about a worry"), 24)
    letters = _months(_("Letters that did not arrive"), 3)
    jobs = _months(_("Work that failed"), 3)

    objects = RetentionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(**{f"{name}__gte": 1 for name in PERIODS}),
                name="retention_a_month_at_least",
            ),
        ]

    @staticmethod
    def label_of(period: str) -> str:
        """What to call what a period is for, in the reader's language."""
        field: Any = Retention._meta.get_field(period)
        return str(field.verbose_name)

    @property
    def months(self) -> dict[str, int]:
        """Each period's months, by its name."""
        return {name: getattr(self, name) for name in PERIODS}


def months_before(day: date, months: int) -> date:
    """Return the day so many months before another; the month's last where it is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    _first, last = monthrange(year, month + 1)
    return date(year, month + 1, min(day.day, last))


class RetentionNoticeQuerySet(ProjectQuerySet):
    """What was announced to go, by whether it went."""

    def waiting(self) -> "RetentionNoticeQuerySet":
        """Those whose things have not gone yet: one of a project at the most."""
        return self.filter(done_at__isnull=True)


class RetentionNotice(ProjectRecord):
    """That some things will go on a day, so that somebody can look first, or put it off once.

    What goes is what was over on ``as_of``, by the periods of then or of now, whichever is longer:
    nothing goes that was not announced.
    """

    as_of = models.DateField()
    due_on = models.DateField()
    months = models.JSONField(default=dict)
    # How many of each kind, as it was announced; and once they went, how many did.
    counts = models.JSONField(default=dict)
    put_off_at = models.DateTimeField(null=True, blank=True)
    put_off_why = models.TextField(_("why"), blank=True)
    put_off_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    done_at = models.DateTimeField(null=True, blank=True)

    objects = RetentionNoticeQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["project"],
                condition=Q(done_at__isnull=True),
                name="retention_notice_one_waits",
            ),
            models.CheckConstraint(
                condition=Q(put_off_at__isnull=True, put_off_why="")
                | (Q(put_off_at__isnull=False) & ~Q(put_off_why="")),
                name="retention_notice_put_off_says_why",
            ),
        ]

    @property
    def was_put_off(self) -> bool:
        """Whether somebody put it off; that can be done once."""
        return self.put_off_at is not None
