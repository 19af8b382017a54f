"""Background work as it is kept: the Job row, which is the truth, and which workers were seen."""

import uuid
from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _


class JobQuerySet(models.QuerySet["Job"]):
    """Jobs, by what is to happen to them. The time is the database's, for clocks may differ."""

    def of(self, scope: object) -> "JobQuerySet":
        """Only the jobs of this scope, such as a project's uuid."""
        return self.filter(scope=str(scope))

    def waiting(self) -> "JobQuerySet":
        """Jobs that nobody has taken up."""
        return self.filter(state=Job.State.QUEUED)

    def silent(self) -> "JobQuerySet":
        """Running jobs whose worker has not been heard of for too long."""
        oldest = Now() - timedelta(seconds=settings.JOBS_STALE_SECONDS)
        return self.filter(state=Job.State.RUNNING, heartbeat_at__lt=oldest)

    def claimable(self) -> "JobQuerySet":
        """Jobs a worker may take up: waiting, or left behind and not tried too often."""
        return self.waiting() | self.silent().filter(attempts__lt=F("max_attempts"))

    def due(self) -> "JobQuerySet":
        """Jobs that a worker should take up by now: all but those that failed a moment ago."""
        return self.claimable().exclude(state=Job.State.QUEUED, wake_at__gt=Now())

    def held_by(self, claim: uuid.UUID | None) -> "JobQuerySet":
        """The job that this claim still holds, if it does."""
        return self.filter(state=Job.State.RUNNING, claim=claim)


_RUNNING, _FAILED = Q(state="running"), Q(state="failed")
_HELD = Q(
    state="running", claim__isnull=False, started_at__isnull=False, heartbeat_at__isnull=False
)
_OVER = Q(state__in=["done", "failed"], finished_at__isnull=False)
_NOT_OVER = Q(state__in=["queued", "running"], finished_at__isnull=True)
_TRUE = {
    "job_state_known": Q(state__in=["queued", "running", "done", "failed"]),
    "job_claimed_while_running": _HELD | (~_RUNNING & Q(claim__isnull=True)),
    "job_finished_when_over": _OVER | _NOT_OVER,
    "job_failed_says_why": (_FAILED & ~Q(sentence="")) | (~_FAILED & Q(sentence="")),
    "job_attempts_within_limit": Q(attempts__lte=F("max_attempts"), max_attempts__gte=1),
    "job_progress_within_total": Q(steps_done__lte=F("steps_total")),
}
# A job already begun may have read what the next one is asked to take in, so only one not yet
# begun stands for both.
_ONCE_A_KEY = {
    "job_key_waits_once": Q(state="queued", attempts=0) & ~Q(unique_key=""),
    "job_key_runs_once": _RUNNING & ~Q(unique_key=""),
}


class Job(models.Model):
    """One piece of background work. The row is the truth; a message only says "look at it"."""

    class State(models.TextChoices):
        """How far the work has come, in the order of a job's life."""

        QUEUED = "queued", _("Waiting")
        RUNNING = "running", _("Under way")
        DONE = "done", _("Done")
        FAILED = "failed", _("Did not work")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    task = models.CharField(max_length=80)
    # Ids, numbers and choices: never people's words, which must be able to be erased.
    arguments = models.JSONField(default=dict)
    scope = models.CharField(max_length=64)
    # The id of the request that asked for it, by which its lines in the log are found together.
    request = models.CharField(max_length=64, blank=True, db_default="")
    # Work with the same key is queued once and never runs twice at the same time.
    unique_key = models.CharField(max_length=120, blank=True)
    state = models.CharField(max_length=8, choices=State, default=State.QUEUED)
    steps_done = models.PositiveIntegerField(default=0)
    steps_total = models.PositiveIntegerField(default=0)
    label = models.CharField(max_length=80, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    max_attempts = models.PositiveSmallIntegerField(default=3)
    # In seconds; the wait doubles from one try to the next until it is this long.
    longest_wait = models.PositiveIntegerField(default=3_600)
    # Whoever holds this token may write to the row while it runs, and nobody else.
    claim = models.UUIDField(null=True, unique=True)
    created_at = models.DateTimeField(db_default=Now())
    # When workers were told of it; empty while the broker doesn't take the message.
    queued_at = models.DateTimeField(null=True, db_default=Now())
    # Not to be begun before.
    wake_at = models.DateTimeField(db_default=Now())
    started_at = models.DateTimeField(null=True)
    heartbeat_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    sentence = models.CharField(max_length=500, blank=True)
    result = models.JSONField(default=dict)

    objects = JobQuerySet.as_manager()

    class Meta:
        constraints = [
            *(models.CheckConstraint(name=name, condition=rule) for name, rule in _TRUE.items()),
            *(
                models.UniqueConstraint(name=name, fields=["unique_key"], condition=which)
                for name, which in _ONCE_A_KEY.items()
            ),
        ]
        indexes = [
            models.Index(fields=["state", "finished_at"], name="job_by_state_and_end"),
            models.Index(fields=["scope", "task", "-created_at"], name="job_by_scope_and_task"),
        ]

    @property
    def is_over(self) -> bool:
        """Whether nothing more will happen by itself."""
        return self.state in {Job.State.DONE, Job.State.FAILED}

    @property
    def is_failed(self) -> bool:
        """Whether it was given up, for the reason in ``why``."""
        return self.state == Job.State.FAILED

    @property
    def is_queued(self) -> bool:
        """Whether it waits for a worker."""
        return self.state == Job.State.QUEUED

    @property
    def is_held_up(self) -> bool:
        """Whether it waits because the broker could not be told of it; it will be, later."""
        return self.is_queued and self.queued_at is None

    @property
    def step(self) -> str:
        """What it is doing, in the reader's language where that is known."""
        return gettext(self.label) if self.label else ""

    @property
    def why(self) -> str:
        """Why it failed: a plain sentence, in the reader's language where that is known."""
        sentence = gettext(self.sentence) if self.sentence else ""
        return sentence % self.result if self.result and sentence else sentence


class WorkerSeen(models.Model):
    """A worker's sign of life: one row for each worker process."""

    name = models.CharField(max_length=255, unique=True)
    seen_at = models.DateTimeField(db_index=True)

    @staticmethod
    def lately() -> "models.QuerySet[WorkerSeen]":
        """Workers that are alive, as far as anyone can tell."""
        oldest = Now() - timedelta(seconds=settings.JOBS_STALE_SECONDS)
        return WorkerSeen.objects.filter(seen_at__gte=oldest)
