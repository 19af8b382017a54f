"""Answers on hold: what waits for somebody to look before it counts, and what they decided."""

from datetime import timedelta

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from coproduction.projects.models import ProjectQuerySet, ProjectRecord, User
from engagements.models.submission import Submission

# How long a network can be told from another: long enough to look at a flood, and then no more.
NETWORKS_KEPT = timedelta(days=30)


class HoldDecision(ProjectRecord):
    """What a co-ordinator decided about answers on hold, in one go; undone, they wait again."""

    class Outcome(models.TextChoices):
        """What becomes of the answers. None of them is ever deleted."""

        LET_IN = "let_in", _("Let in")
        SET_ASIDE = "set_aside", _("Set aside")

    outcome = models.CharField(max_length=10, choices=Outcome)
    # How many answers it was about: it stays true when it is undone.
    answers = models.PositiveIntegerField()
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    objects = ProjectQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]

    @property
    def is_undone(self) -> bool:
        """Whether it no longer holds."""
        return self.undone_at is not None


class HoldQuerySet(ProjectQuerySet):
    """Holds, by what was decided."""

    def waiting(self) -> "HoldQuerySet":
        """Those that nobody has decided about."""
        return self.filter(decision__isnull=True)

    def set_aside(self) -> "HoldQuerySet":
        """Those whose answers are kept and count nowhere."""
        return self.filter(decision__outcome=HoldDecision.Outcome.SET_ASIDE)


class Hold(ProjectRecord):
    """That one answer came in on hold, and why.

    Its comments are withheld until it is let in: ``Submission.on_hold``.
    """

    class Reason(models.TextChoices):
        """Why an answer waits. More kinds may come; each has its words here and nowhere else."""

        NETWORK = "network", _("Many answers came from one network")
        SURVEY = "survey", _("Many answers came at once")
        WORD = "word", _("It has a word that you look out for")
        CHOSEN = "chosen", _("It came from a network that you look out for")

    submission = models.OneToOneField(Submission, on_delete=models.PROTECT, related_name="hold")
    reason = models.CharField(max_length=12, choices=Reason)
    # A fingerprint with a salt of the day, not the address; taken out after NETWORKS_KEPT.
    network = models.CharField(max_length=32, blank=True)
    # The same for what is looked at together: one survey, reason, network and hour.
    group = models.UUIDField()
    decision = models.ForeignKey(
        HoldDecision, on_delete=models.PROTECT, null=True, blank=True, related_name="holds"
    )

    objects = HoldQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["project", "group", "id"], name="hold_by_group"),
            models.Index(
                fields=["project", "id"],
                condition=Q(decision__isnull=True),
                name="hold_that_waits",
            ),
        ]


class NetworkSalt(models.Model):
    """The salt of a day in a project, with which networks are told apart; gone with the day's."""

    project = models.ForeignKey("projects.Project", on_delete=models.CASCADE, related_name="+")
    day = models.DateField()
    salt = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["project", "day"], name="network_salt_once_a_day")
        ]


class HoldRules(ProjectRecord):
    """When answers of a project's surveys are put on hold: how many in an hour, and which words."""

    # One network serves a school or a library: so many in an hour is a busy hour there.
    most_of_network = models.PositiveIntegerField(default=60)
    most_of_survey = models.PositiveIntegerField(default=300)
    # One a line, as they were typed.
    words = models.TextField(blank=True, default="")

    objects = ProjectQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["project"], name="hold_rules_once"),
            models.CheckConstraint(
                condition=Q(most_of_network__gte=1, most_of_survey__gte=1),
                name="hold_rules_let_some_in",
            ),
        ]


class WatchedNetworkQuerySet(ProjectQuerySet):
    """Networks looked out for, by whether they still are."""

    def in_force(self) -> "WatchedNetworkQuerySet":
        """Those whose answers are put on hold now."""
        return self.filter(ended_at__isnull=True, until__gt=timezone.now())


class WatchedNetwork(ProjectRecord):
    """A network whose answers are put on hold, known by its fingerprint of one day."""

    day = models.DateField()
    # Empty once it is over: then nothing is kept of it but that there was one.
    network = models.CharField(max_length=32, blank=True)
    until = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = WatchedNetworkQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
