"""Listening: its occasions, questions and surveys, people's sittings, and what they said."""

from django.conf import settings
from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Q, Value, When
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from coproduction.languages.models import FoldedField, TranslatedField
from coproduction.projects.models import SLUG, ProjectQuerySet, ProjectRecord, User
from engagements.models.choices import Level, Method
from engagements.models.question import Question
from engagements.models.receipts import normalise_receipt

# The longest that one comment may be: a long interview fits, a file pasted by mistake does not.
LONGEST_COMMENT = 100_000


class EngagementQuerySet(ProjectQuerySet):
    """Occasions of listening."""

    def counted_as_held(self) -> "EngagementQuerySet":
        """Those at which people were heard: logged as held, or gathering comments already.

        An online survey is answered for weeks before anybody logs its engagement as held.
        """
        gathering = Comment.objects.visible().filter(engagement=OuterRef("pk"))
        return self.filter(Q(status=Engagement.Status.HELD) | Exists(gathering))

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
        """Where an occasion stands."""

        PLANNED = "planned", _("Planned")
        HELD = "held", _("Held")
        CANCELLED = "cancelled", _("Cancelled")

    title = models.CharField(_("title"), max_length=150)
    method = models.CharField(_("method"), max_length=20, choices=Method)
    place = models.CharField(_("place"), max_length=150, blank=True)
    area = models.CharField(_("area"), max_length=100, blank=True)
    date = models.DateField(_("date"))
    level = models.CharField(_("level"), max_length=20, choices=Level, default=Level.CONSULT)
    purpose = models.CharField(_("purpose"), max_length=500, blank=True)
    people_heard = models.PositiveIntegerField(_("people heard"), default=0)
    status = models.CharField(_("status"), max_length=12, choices=Status, default=Status.PLANNED)

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
        """Whether it happened."""
        return self.status == self.Status.HELD

    @property
    def is_cancelled(self) -> bool:
        """Whether it was called off."""
        return self.status == self.Status.CANCELLED


class SurveyQuerySet(ProjectQuerySet):
    """Surveys."""

    def open_now(self) -> "SurveyQuerySet":
        """Those that take answers now; ``Survey.is_open`` says the same of one."""
        now = timezone.now()
        return self.filter(
            ~Q(engagement__status=Engagement.Status.CANCELLED),
            Q(closes_at__isnull=True) | Q(closes_at__gt=now),
            opens_at__lte=now,
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

    @property
    def is_open(self) -> bool:
        """Whether answers are taken now: read from the clock, never from a scheduler.

        Nobody speaks at an occasion that was called off, so its survey is closed too.
        """
        now = timezone.now()
        in_time = self.opens_at <= now and (self.closes_at is None or now < self.closes_at)
        return in_time and not self.engagement.is_cancelled

    @property
    def is_to_come(self) -> bool:
        """Whether it has not opened yet, and will."""
        return timezone.now() < self.opens_at and not self.engagement.is_cancelled


class SubmissionQuerySet(ProjectQuerySet):
    """Submissions: people's sittings."""

    def standing(self) -> "SubmissionQuerySet":
        """Those that were not undone."""
        return self.filter(undone_at__isnull=True)

    def with_receipt(self, receipt: str) -> "SubmissionQuerySet":
        """The one with this receipt, however it was typed: small letters, spaces, no hyphens."""
        return self.filter(receipt=normalise_receipt(receipt))


class Submission(ProjectRecord):
    """One person's sitting: one or more comments, with one consent and one receipt."""

    class Channel(models.TextChoices):
        """How it reached us."""

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
    quote_consent = models.BooleanField(_("may be quoted"), default=False)
    # How often consent was put right to "no": words quoted before that were published on a mistake.
    consent_taken_back = models.PositiveSmallIntegerField(default=0)
    language = models.CharField(_("language"), max_length=8, default=settings.LANGUAGE_CODE)
    received_at = models.DateTimeField(db_default=Now(), default=timezone.now)
    # An undone entry or import: kept, counted nowhere, and free to come in again.
    undone_at = models.DateTimeField(null=True, blank=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

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
        ]
        indexes = [
            # For those undone too, of which there may be several.
            models.Index(
                fields=["client_id"],
                condition=Q(client_id__isnull=False),
                name="submission_by_client_id",
            )
        ]


class Withheld(models.TextChoices):
    """Why a comment is shown nowhere; empty when nothing withholds it."""

    NOTHING = "", _("Shown")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    CONCERN = "concern", _("Somebody is worried about it")
    UNDONE = "undone", _("It was undone, or the file it came in with")


def is_visible(path: str = "") -> Q:
    """Return the condition that nothing withholds a comment; ``path`` leads to it: "comment__"."""
    return Q(**{f"{path}withheld": Withheld.NOTHING})


def is_quotable(path: str = "") -> Q:
    """Return the condition that a comment's speaker agreed to be quoted."""
    return Q(**{f"{path}submission__quote_consent": True})


def is_publishable(path: str = "") -> Q:
    """Return the condition that a comment may be published: visible, and quotable."""
    return is_visible(path) & is_quotable(path)


class CommentQuerySet(ProjectQuerySet):
    """Comments: every query for a page starts at ``visible`` or ``publishable``."""

    def visible(self) -> "CommentQuerySet":
        """Those that nothing withholds: for the team's eyes, for coding and for counts."""
        return self.filter(is_visible())

    def withheld(self) -> "CommentQuerySet":
        """Those that something withholds: few, and found by their index alone."""
        return self.filter(withheld__gt=Withheld.NOTHING)

    def worrying(self) -> "CommentQuerySet":
        """Those that somebody's concern hides: their words are for the page of concerns alone."""
        return self.filter(withheld=Withheld.CONCERN)

    def not_worrying(self) -> "CommentQuerySet":
        """Those that no concern hides; they may be withdrawn or undone."""
        return self.exclude(withheld=Withheld.CONCERN)

    def not_undone(self) -> "CommentQuerySet":
        """Those that their speakers may follow: all but what was undone and so never said."""
        return self.exclude(withheld=Withheld.UNDONE)

    def publishable(self) -> "CommentQuerySet":
        """Those visible ones whose speaker agreed to be quoted: for the public."""
        return self.filter(is_publishable())


class Comment(models.Model):
    """One point in a person's own words: the unit of coding.

    The words change by redaction only; how they were kept, such as the question, may be put right.
    """

    project = models.ForeignKey("projects.Project", on_delete=models.PROTECT, related_name="+")
    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="comments")
    engagement = models.ForeignKey(Engagement, on_delete=models.PROTECT, related_name="comments")
    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="comments")
    # The one it came in under, once that was put right: who copied the question knows by it.
    first_question = models.ForeignKey(
        Question, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    position = models.PositiveSmallIntegerField(default=0)
    text = models.TextField(_("comment"))
    folded = FoldedField(editable=False, default="")
    language = models.CharField(max_length=8, default=settings.LANGUAGE_CODE)
    # Beside the words, never instead of them.
    translation = TranslatedField(blank=True)
    withheld = models.CharField(
        max_length=10, choices=Withheld, default=Withheld.NOTHING, blank=True
    )

    objects = CommentQuerySet.as_manager()

    # What is saved when the words change: all that is made of them goes with them.
    WORDS = ("text", "folded", "translation")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="comment_says_something"),
            models.UniqueConstraint(
                fields=["submission", "position"], name="comment_position_once"
            ),
        ]
        indexes = [
            models.Index(fields=["project", "withheld", "id"], name="comment_by_project"),
            models.Index(fields=["engagement", "withheld"], name="comment_by_engagement"),
            models.Index(
                fields=["project"],
                condition=Q(first_question__isnull=False),
                name="comment_put_right",
            ),
        ]

    @property
    def is_visible(self) -> bool:
        """Whether nothing withholds it."""
        return self.withheld == Withheld.NOTHING

    @property
    def is_withdrawn(self) -> bool:
        """Whether its speaker took it back, and nothing worse hides it."""
        return self.withheld == Withheld.WITHDRAWN

    @property
    def is_worrying(self) -> bool:
        """Whether somebody's concern hides it."""
        return self.withheld == Withheld.CONCERN

    @property
    def is_undone(self) -> bool:
        """Whether its entry was taken back, and nothing else hides it."""
        return self.withheld == Withheld.UNDONE

    @property
    def is_quotable(self) -> bool:
        """Whether its speaker agreed to be quoted."""
        return self.submission.quote_consent
