"""Files brought in, and the rows of them that did not go in."""

from django.conf import settings
from django.db import models
from django.db.models.fields.files import FieldFile

from coproduction.fingerprints import fingerprint
from coproduction.projects.models import Attested, ProjectQuerySet, ProjectRecord, User
from engagements.models.engagement import Engagement
from engagements.models.import_refusal import RefusalReason
from engagements.models.question import Question


class ImportBatch(Attested, ProjectRecord):
    """One file brought in: what was read from where, and how many rows went in."""

    # What rows that name none belong to; null where each has to name its own.
    engagement = models.ForeignKey(
        Engagement, on_delete=models.PROTECT, null=True, blank=True, related_name="imports"
    )
    file = models.FileField(upload_to="imports/", max_length=200)
    file_name = models.CharField(max_length=200)
    file_hash = models.CharField(max_length=64)
    # The hash of the file as it is kept, once rows were erased from it; ``file_hash`` stays what
    # tells it from others.
    kept_hash = models.CharField(max_length=64, blank=True)
    encoding = models.CharField(max_length=20, blank=True)
    # How it is read: engagements.imports.layout.Layout as JSON. Empty until a big workbook was
    # looked through.
    layout = models.JSONField(default=dict, blank=True)
    # As ``Columns.as_json`` writes it, with "headings", the fingerprint of what it was said of.
    mapping = models.JSONField(default=dict)
    # How many rows there are under the headings (none until they are counted), and the last one
    # dealt with.
    rows = models.PositiveIntegerField(default=0)
    rows_done = models.PositiveIntegerField(default=0)
    # The question for rows that name none.
    question = models.ForeignKey(Question, on_delete=models.PROTECT, null=True, related_name="+")
    language = models.CharField(max_length=8, default=settings.LANGUAGE_CODE)
    job = models.UUIDField(null=True)
    imported = models.PositiveIntegerField(default=0)
    skipped = models.PositiveIntegerField(default=0)
    refused = models.PositiveIntegerField(default=0)
    finished_at = models.DateTimeField(null=True)
    undone_at = models.DateTimeField(null=True)
    # When the file itself was taken away, its time being over; what came in with it stays.
    file_removed_at = models.DateTimeField(null=True, blank=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    objects = ProjectQuerySet.as_manager()

    # The file as it was brought in; how far it was read is no decision.
    attested = (
        (
            *("uuid", "engagement", "file", "file_name", "file_hash", "encoding", "by"),
            *("undone_at", "created_at"),
        ),
        (
            *("uuid", "engagement", "file", "file_name", "file_hash", "encoding", "by"),
            *("undone_at", "created_at", "kept_hash"),
        ),
    )
    attested_file = "file"

    class Meta:
        ordering = ["-created_at"]

    def __str__(self) -> str:
        """Name it as the file was called."""
        return self.file_name

    @property
    def file_to_check(self) -> FieldFile | None:
        """The file; none once its time was over."""
        return super().file_to_check if self.file_removed_at is None else None

    @property
    def hash_to_check(self) -> str:
        """The hash of its file as it is kept."""
        return self.kept_hash or self.file_hash

    @property
    def table_hash(self) -> str:
        """What tells its rows from those of others: the file; of a workbook, with the sheet."""
        sheet = self.layout.get("sheet", "")
        return fingerprint([self.file_hash, sheet]) if sheet else self.file_hash

    @property
    def is_undone(self) -> bool:
        """Whether it was taken back."""
        return self.undone_at is not None

    @property
    def is_finished(self) -> bool:
        """Whether every row has been dealt with."""
        return self.finished_at is not None

    @property
    def is_looked_through(self) -> bool:
        """Whether all of it was read, so that it is known how many rows it has."""
        return self.rows > 0

    @property
    def is_mapped(self) -> bool:
        """Whether somebody said which column is what."""
        return bool(self.mapping)


class RefusedRowQuerySet(models.QuerySet["RefusedRow"]):
    """Refused rows, by whether anybody is to put them right."""

    def waiting(self) -> "RefusedRowQuerySet":
        """Those that nobody said are to stay out."""
        return self.filter(left_at__isnull=True)

    def left_out(self) -> "RefusedRowQuerySet":
        """Those that stay out, and can be had back: what they say is still kept."""
        return self.filter(left_at__isnull=False).exclude(content="")


class RefusedRow(models.Model):
    """A row of a file that did not go in: its number, why, and what it said, to be corrected."""

    batch = models.ForeignKey(ImportBatch, on_delete=models.CASCADE, related_name="refused_rows")
    row = models.PositiveIntegerField()
    reason = models.CharField(max_length=40)
    content = models.TextField(blank=True)
    # When somebody said that it is to stay out.
    left_at = models.DateTimeField(null=True, blank=True)

    objects = RefusedRowQuerySet.as_manager()

    class Meta:
        ordering = ["row"]
        constraints = [
            models.UniqueConstraint(fields=["batch", "row"], name="refused_row_once"),
        ]

    # What stands in place of the cells of a row that was erased.
    ERASED = '[""]'

    @property
    def as_seen(self) -> str:
        """A word that is another once somebody has changed what the row says."""
        return fingerprint(self.content, length=12)

    @property
    def why(self) -> str:
        """The reason in a sentence, in the reader's language."""
        return str(RefusalReason(self.reason).label)


class JoinedRow(models.Model):
    """A row of a file of ours that joined the sitting of its person, which an earlier row made."""

    batch = models.ForeignKey(ImportBatch, on_delete=models.CASCADE, related_name="joined_rows")
    row = models.PositiveIntegerField()
    # What it says there; a cell that was taken apart says several.
    comment = models.OneToOneField(
        "engagements.Comment", on_delete=models.PROTECT, related_name="joined_row"
    )

    class Meta:
        ordering = ["row", "pk"]
        indexes = [models.Index(fields=["batch", "row"], name="joined_row")]


class FilledFigures(models.Model):
    """The numbers that a file gave an engagement, and those it had before: to be put back."""

    batch = models.ForeignKey(ImportBatch, on_delete=models.CASCADE, related_name="filled_figures")
    engagement = models.ForeignKey(
        Engagement, on_delete=models.PROTECT, related_name="filled_figures"
    )
    # {name of a field of Engagement: its number, or null}
    was = models.JSONField()
    now = models.JSONField()

    class Meta:
        ordering = ["pk"]


class SkippedRow(models.Model):
    """A row that says what is here already, by its ID or its words: it stayed in the file alone.

    Whoever has those words erased has them erased from that file too.
    """

    batch = models.ForeignKey(ImportBatch, on_delete=models.CASCADE, related_name="skipped_rows")
    row = models.PositiveIntegerField()
    # The answer that was here.
    submission = models.ForeignKey(
        "engagements.Submission", on_delete=models.PROTECT, related_name="skipped_rows"
    )

    class Meta:
        ordering = ["row"]
        constraints = [
            models.UniqueConstraint(fields=["batch", "row"], name="skipped_row_once"),
        ]
