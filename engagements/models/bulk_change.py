"""Changes to many comments at once: what was changed, by whom, and what each was before."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from coproduction.languages.models import TranslatedField
from coproduction.projects.models import ProjectQuerySet, ProjectRecord, User
from engagements.models.comment import Comment
from engagements.models.engagement import Engagement
from engagements.models.question import Question
from engagements.models.submission import Submission
from engagements.models.withholding import Redaction, Withdrawal


class BulkChange(ProjectRecord):
    """That somebody changed many comments in one go; undone, each is as it was, if it still is so.

    While it is under way it holds which comments are meant, and the new description of who spoke;
    once it is over it holds no words.
    """

    class Kind(models.TextChoices):
        """What of the comments is changed, in the order in which a page offers it."""

        QUESTION = "question", _("What they are about")
        ENGAGEMENT = "engagement", _("The engagement they were said at")
        CONSENT = "consent", _("Whether they may be quoted")
        DESCRIPTOR = "descriptor", _("Who said them")
        LANGUAGE = "language", _("The language they were said in")
        WITHDRAWAL = "withdrawal", _("Withdraw them")

    # What one person said at one sitting shares these: the rest of it comes along.
    OF_A_SITTING = frozenset({Kind.ENGAGEMENT, Kind.DESCRIPTOR, Kind.LANGUAGE})

    kind = models.CharField(max_length=12, choices=Kind)
    # The new value, in the one of these that the kind asks for.
    question = models.ForeignKey(Question, on_delete=models.PROTECT, null=True, related_name="+")
    engagement = models.ForeignKey(
        Engagement, on_delete=models.PROTECT, null=True, related_name="+"
    )
    language = models.CharField(max_length=8, blank=True)
    consent = models.BooleanField(null=True, blank=True)
    # Only until it is over; then a fingerprint tells whether somebody is still described so.
    descriptor = models.CharField(max_length=80, blank=True)
    described = models.CharField(max_length=64, blank=True)
    # Which comments a page showed that are all meant, as CommentsShown says; empty once it is over.
    selection = models.JSONField(default=dict, blank=True)
    # How many were meant, how many were changed, and how many of the same sittings came along.
    chosen = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    along = models.PositiveIntegerField(default=0)
    # How many were left as they were, by why: {"changed": 3}.
    left = models.JSONField(default=dict, blank=True)
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    # The last comment that was dealt with, how many were, and when all were.
    last_done = models.PositiveBigIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    finished_at = models.DateTimeField(null=True, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    # The last sitting that was put back, and how many comments were, and how many stayed.
    last_undone = models.PositiveBigIntegerField(default=0)
    put_back = models.PositiveIntegerField(default=0)
    stayed = models.PositiveIntegerField(default=0)
    undo_finished_at = models.DateTimeField(null=True, blank=True)
    job = models.UUIDField(null=True, blank=True)
    # The newest entry of the trail that is about it: what a page showed before that is older.
    entry = models.PositiveBigIntegerField(default=0)

    objects = ProjectQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        indexes = [models.Index(fields=["project", "entry"], name="bulk_change_by_entry")]

    @property
    def is_undone(self) -> bool:
        """Whether somebody took it back, though not all of it may be back yet."""
        return self.undone_at is not None

    @property
    def is_finished(self) -> bool:
        """Whether every comment that was meant has been dealt with."""
        return self.finished_at is not None

    @property
    def is_under_way(self) -> bool:
        """Whether comments are still being changed, or put back."""
        if self.is_undone:
            return self.undo_finished_at is None
        return not self.is_finished

    @property
    def is_of_sittings(self) -> bool:
        """Whether what it changes is a sitting's, so that the rest of it comes along."""
        return self.kind in self.OF_A_SITTING


class BulkChangedComment(models.Model):
    """What a change to many did to one comment, and what was there before."""

    class Outcome(models.TextChoices):
        """Whether it was changed, and put back; or why it was left as it was."""

        CHANGED = "changed", _("Changed")
        ALONG = "along", _("Changed along with another of the same person")
        PUT_BACK = "put_back", _("Put back")
        STAYED = "stayed", _("Somebody changed it since, so it stays as it is")
        LEFT_CHANGED = "left_changed", _("Somebody changed it meanwhile")
        LEFT_WITHHELD = "left_hidden", _("It is out of sight by now")
        LEFT_TAKEN_BACK = "left_taken", _("Consent was taken back before")
        LEFT_SAME_ID = "left_same_id", _("An answer with the same ID is there already")

    bulk = models.ForeignKey(BulkChange, on_delete=models.PROTECT, related_name="comments")
    comment = models.ForeignKey(Comment, on_delete=models.PROTECT, related_name="+")
    submission = models.ForeignKey(
        Submission, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    outcome = models.CharField(max_length=12, choices=Outcome)
    was_question = models.ForeignKey(
        Question, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    was_engagement = models.ForeignKey(
        Engagement, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    was_language = models.CharField(max_length=8, blank=True)
    # Whether that had been guessed from the words.
    was_guess = models.BooleanField(default=False)
    # The translation into what is its own language since.
    was_translation = TranslatedField(blank=True)
    # How often consent had been taken back once this was done.
    taken_back = models.PositiveSmallIntegerField(default=0)
    # Keeps how who spoke was described before.
    redaction = models.ForeignKey(Redaction, on_delete=models.SET_NULL, null=True, related_name="+")
    withdrawal = models.ForeignKey(
        Withdrawal, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["bulk", "comment"], name="bulk_changes_comment_once"),
        ]
        indexes = [
            models.Index(fields=["bulk", "submission"], name="bulk_changed_by_sitting"),
        ]
