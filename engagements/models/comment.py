"""Comments: one point each in a person's own words, and which of them may be seen or quoted."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from coproduction.languages.models import FoldedField, TranslatedField
from coproduction.languages.word_index import WordIndex
from coproduction.projects.models import ProjectQuerySet, Versioned
from engagements.models.engagement import Engagement
from engagements.models.question import Question
from engagements.models.submission import Submission

# The longest that one comment may be: a long interview fits, a file pasted by mistake does not.
LONGEST_COMMENT = 100_000


class Withheld(models.TextChoices):
    """Why a comment is shown nowhere; empty when nothing withholds it."""

    NOTHING = "", _("Shown")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    CONCERN = "concern", _("Somebody is worried about it")
    UNDONE = "undone", _("It was undone, or the file it came in with")
    ON_HOLD = "on_hold", _("Somebody is to look first, or has set it aside")


class Look(models.TextChoices):
    """Whether it was looked at for what tells who somebody is, or that somebody is at risk."""

    WAITING = "waiting", _("Not looked at yet")
    MARKED = "marked", _("A person is to look at it")
    DONE = "done", _("Looked at")


def is_hidden_by_concern(at: str = "") -> Q:
    """Return the condition that somebody's concern hides a comment."""
    return Q(**{f"{at}withheld": Withheld.CONCERN})


def is_visible(path: str = "") -> Q:
    """Return the condition that nothing withholds a comment; ``path`` leads to it: "comment__"."""
    return Q(**{f"{path}withheld": Withheld.NOTHING})


def is_said(path: str = "") -> Q:
    """Return the condition that a comment was said, and counts for the public.

    What its speaker took back, or somebody is worried about, was said: its words are shown nowhere
    and it stays counted, so that no number can show who took theirs back. What was undone was not,
    and what is on hold is not counted yet, whatever else hides it.
    """
    said = (Withheld.NOTHING, Withheld.WITHDRAWN, Withheld.CONCERN)
    return Q(
        **{
            f"{path}withheld__in": said,
            f"{path}submission__undone_at__isnull": True,
            f"{path}submission__on_hold": False,
        }
    )


def is_quotable(path: str = "") -> Q:
    """Return the condition that a comment's speaker agreed to be quoted."""
    return Q(**{f"{path}quote_consent": True})


def is_publishable(path: str = "") -> Q:
    """Return the condition that words of a comment may be chosen to be published.

    It is visible and quotable, and was looked at. What a person cleared before a look marked it
    stays: a mark is a hint, and they have read the words.
    """
    return is_visible(path) & is_quotable(path) & Q(**{f"{path}look": Look.DONE})


class CommentQuerySet(ProjectQuerySet):
    """Comments: every query for a page starts at ``visible`` or ``publishable``."""

    def visible(self) -> "CommentQuerySet":
        """Those that nothing withholds: for the team's eyes, for coding and for counts."""
        return self.filter(is_visible())

    def said(self) -> "CommentQuerySet":
        """Those that the public's counts count: the words of some are shown nowhere any more."""
        return self.filter(is_said())

    def hidden_by_concern(self) -> "CommentQuerySet":
        """Those that somebody's concern hides: their words are for the page of concerns alone."""
        return self.filter(is_hidden_by_concern())

    def not_hidden_by_concern(self) -> "CommentQuerySet":
        """Those that no concern hides; they may be withdrawn or undone."""
        return self.exclude(is_hidden_by_concern())

    def withdrawn(self) -> "CommentQuerySet":
        """Those that their speakers took back, and nothing worse hides."""
        return self.filter(withheld=Withheld.WITHDRAWN)

    def not_undone(self) -> "CommentQuerySet":
        """Those that their speakers may follow: all but what was undone and so never said."""
        return self.exclude(withheld=Withheld.UNDONE)

    def on_hold(self) -> "CommentQuerySet":
        """Those that came in on hold and were not let in."""
        return self.filter(withheld=Withheld.ON_HOLD)

    def publishable(self) -> "CommentQuerySet":
        """Those visible ones, looked at, whose speaker agreed to be quoted: for the public."""
        return self.filter(is_publishable())

    def not_looked_at(self) -> "CommentQuerySet":
        """Those that wait for the job to look at them, whatever hides them."""
        return self.filter(look=Look.WAITING)

    def to_look_at(self) -> "CommentQuerySet":
        """Those with a hint in them that a person is to look at; on hold or not."""
        return self.filter(look=Look.MARKED, withheld__in=(Withheld.NOTHING, Withheld.ON_HOLD))


class Comment(Versioned):
    """One point in a person's own words: the unit of coding.

    The words change by redaction only, and go by erasure; how they were kept, such as the question,
    may be put right.
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
    # The sitting's tick fills it; from then on it is this comment's own.
    quote_consent = models.BooleanField(_("may be quoted"), default=False)
    # How often consent was put right to "no": words quoted before that were published on a mistake.
    consent_taken_back = models.PositiveSmallIntegerField(default=0)
    # How many agreed, as it was marked beside the words: ticks, dots, "(5 people said)". They are
    # no comments, and no people heard: nobody knows whether whoever said it is among them.
    weight = models.PositiveSmallIntegerField(_("how many agreed"), default=0)
    # Beside the words, never instead of them.
    translation = TranslatedField(blank=True)
    withheld = models.CharField(
        max_length=10, choices=Withheld, default=Withheld.NOTHING, blank=True
    )
    look = models.CharField(max_length=8, choices=Look, default=Look.WAITING)
    # When its words were erased for good. The row stays, so that what was counted stays counted.
    erased_at = models.DateTimeField(null=True, blank=True)

    objects = CommentQuerySet.as_manager()

    # What is saved when the words change: all that is made of them goes with them.
    WORDS = ("text", "folded", "translation")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(text="") | Q(erased_at__isnull=False), name="comment_says_something"
            ),
            # Erased is withheld for good, and there is nothing left to show.
            models.CheckConstraint(
                condition=Q(erased_at__isnull=True) | (Q(text="", folded="") & ~Q(withheld="")),
                name="comment_erased_says_nothing",
            ),
            models.UniqueConstraint(
                fields=["submission", "position"], name="comment_position_once"
            ),
        ]
        indexes = [
            models.Index(fields=["project", "withheld", "id"], name="comment_by_project"),
            models.Index(fields=["engagement", "withheld"], name="comment_by_engagement"),
            # Which languages there are, and those of one: mostly few.
            models.Index(fields=["project", "withheld", "language"], name="comment_by_language"),
            models.Index(
                fields=["project"],
                condition=Q(first_question__isnull=False),
                name="comment_put_right",
            ),
            # Begins as others do: SQLite would take one of those for it, which hold every comment.
            models.Index(
                fields=["project", "withheld", "id"],
                condition=Q(look="marked"),
                name="comment_marked",
            ),
            # Of those that are visible: a comment leaves it with what hides it, and words that were
            # taken out leave it with them.
            WordIndex(
                fields=["folded"], within="project", condition=is_visible(), name="comment_words"
            ),
        ]

    @property
    def is_visible(self) -> bool:
        """Whether no withdrawal, concern or undoing hides it."""
        return self.withheld == Withheld.NOTHING

    @property
    def is_erased(self) -> bool:
        """Whether its words are gone for good; something withholds it besides."""
        return self.erased_at is not None

    @property
    def is_withdrawn(self) -> bool:
        """Whether its speaker took it back, and nothing worse hides it."""
        return self.withheld == Withheld.WITHDRAWN

    @property
    def is_hidden_by_concern(self) -> bool:
        """Whether somebody's concern hides it."""
        return self.withheld == Withheld.CONCERN

    @property
    def is_undone(self) -> bool:
        """Whether its entry was taken back, and nothing else hides it."""
        return self.withheld == Withheld.UNDONE

    @property
    def is_on_hold(self) -> bool:
        """Whether it came in on hold and was not let in, and nothing else hides it."""
        return self.withheld == Withheld.ON_HOLD

    @property
    def is_looked_at(self) -> bool:
        """Whether nothing is left to look at in it before it may be quoted."""
        return self.look == Look.DONE

    @property
    def is_quotable(self) -> bool:
        """Whether its speaker agreed to be quoted."""
        return self.quote_consent
