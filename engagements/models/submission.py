"""Submissions: one person's sitting each, by survey, by hand or by file."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from coproduction.projects.models import ProjectQuerySet, ProjectRecord, User
from engagements.models.engagement import Engagement
from engagements.models.receipts import normalise_receipt
from engagements.models.survey import Survey

# So long may whoever typed or pasted something put it right themselves.
MENDED_BY_TYPIST = timedelta(days=14)
# Whoever types again after so long begins another run.
PAUSE = timedelta(hours=1)


class SubmissionQuerySet(ProjectQuerySet):
    """Submissions, by whether they count, and by their receipt."""

    def not_undone(self) -> "SubmissionQuerySet":
        """Those that count: nobody has taken their entry back."""
        return self.filter(undone_at__isnull=True)

    def typed_lately(self, engagement: Engagement, by: User) -> "SubmissionQuerySet":
        """What somebody typed at an engagement within the last hour, the newest first."""
        typed = self.filter(engagement=engagement, channel=Submission.Channel.TYPED, by=by)
        return typed.filter(created_at__gte=timezone.now() - PAUSE).order_by("-pk")

    def of_file(self, file_hash: str) -> "SubmissionQuerySet":
        """Those that came in from this file, and count: each of its rows once.

        By the index that keeps them so: SQLite takes it only where it is said that a file is named.
        """
        return self.not_undone().filter(file_hash=file_hash).exclude(file_hash="")

    def with_receipt(self, receipt: str) -> "SubmissionQuerySet":
        """The one with this receipt, however it was typed: small letters, spaces, no hyphens."""
        return self.filter(receipt=normalise_receipt(receipt))


class Submission(ProjectRecord):
    """One person's sitting: one or more comments, with one receipt."""

    class Channel(models.TextChoices):
        """By which of our own ways in it came, whoever typed it."""

        SURVEY = "survey", _("Survey")
        TYPED = "typed", _("Typed in")
        PASTED = "pasted", _("Pasted in")
        IMPORT = "import", _("Import")

    engagement = models.ForeignKey(Engagement, on_delete=models.PROTECT, related_name="submissions")
    channel = models.CharField(max_length=10, choices=Channel)
    survey = models.ForeignKey(
        Survey, on_delete=models.PROTECT, null=True, blank=True, related_name="submissions"
    )
    batch = models.ForeignKey(
        "engagements.ImportBatch",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="submissions",
    )
    receipt = models.CharField(max_length=20, unique=True)
    # Identity, so that what arrives twice goes in once; never the words.
    client_id = models.UUIDField(null=True, blank=True)
    file_hash = models.CharField(max_length=64, blank=True)
    row = models.PositiveIntegerField(null=True, blank=True)
    descriptor = models.CharField(_("descriptor"), max_length=80, blank=True)
    # As told, never worked out: "45-64", "Under 18"; a place, or a part of a postcode.
    age_band = models.CharField(_("age"), max_length=40, blank=True)
    area = models.CharField(_("area"), max_length=100, blank=True)
    # What the table it came from calls this answer.
    source_id = models.CharField(max_length=100, blank=True)
    language = models.CharField(_("language"), max_length=8, default=settings.LANGUAGE_CODE)
    # Nobody said in which language it was, and a job guessed it from the words.
    language_is_guess = models.BooleanField(default=False)
    received_at = models.DateTimeField(db_default=Now(), default=timezone.now)
    # An undone entry or import: kept, counted nowhere, and free to come in again.
    undone_at = models.DateTimeField(null=True, blank=True)
    # Somebody is to look before it counts, or has set it aside: see Hold. Kept, counted nowhere.
    on_hold = models.BooleanField(default=False)
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    # The same for all that one person pasted at once, or typed without a long pause: it is taken
    # back together, days later too.
    run = models.UUIDField(null=True, blank=True)

    objects = SubmissionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["project", "client_id"],
                condition=Q(undone_at__isnull=True, client_id__isnull=False),
                name="submission_client_id_once",
            ),
            models.UniqueConstraint(
                fields=["project", "file_hash", "row"],
                condition=Q(undone_at__isnull=True) & ~Q(file_hash=""),
                name="submission_file_row_once",
            ),
            models.UniqueConstraint(
                fields=["engagement", "source_id"],
                condition=Q(undone_at__isnull=True) & ~Q(source_id=""),
                name="submission_source_id_once",
            ),
        ]
        indexes = [
            # For those undone too, of which there may be several.
            models.Index(
                fields=["client_id"],
                condition=Q(client_id__isnull=False),
                name="submission_by_client_id",
            ),
            models.Index(
                fields=["engagement", "run"],
                condition=Q(run__isnull=False),
                name="submission_by_run",
            ),
            # Which ages were told, and who told one.
            models.Index(
                fields=["project", "age_band"], condition=~Q(age_band=""), name="submission_by_age"
            ),
            # The same of where people said that they are from.
            models.Index(
                fields=["project", "area"], condition=~Q(area=""), name="submission_by_home"
            ),
            # What came in one way, and what one person brought in: of some there are few.
            models.Index(fields=["project", "channel"], name="submission_by_channel"),
            models.Index(fields=["project", "by"], name="submission_by_person"),
            # How many a survey took in the last hour is asked with every answer.
            models.Index(
                fields=["survey", "received_at"],
                condition=Q(on_hold=False, survey__isnull=False),
                name="submission_by_survey_hour",
            ),
        ]

    def is_mended_by(self, user: User) -> bool:
        """Say whether somebody typed or pasted it herself, so lately that she may put it right."""
        entered = self.channel in {self.Channel.TYPED, self.Channel.PASTED}
        since = timezone.now() - MENDED_BY_TYPIST
        return bool(entered and self.by_id == user.pk and self.created_at >= since)
