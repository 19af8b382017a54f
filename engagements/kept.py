"""What listening keeps: every model and every kind of file, whose it is, why and how long."""

from django.utils.translation import gettext_lazy as _

from coproduction.kept import Erasure, Kept, KeptFile, Leaves, Whose
from engagements.models import NETWORKS_KEPT

_WORDS = _("What people told us, in their own words")
_HEARD_AND_ANSWERED = _("So that they are heard, and can see what came of it.")
_FILES = _("Files with what people told us elsewhere, as they were brought in")
_CHECK_FILES = _("So that a mistake in a file can be found and put right.")
_FLOOD = _("A mark of the network that an answer came from, never its address")
_NO_FLOOD = _("So that one person can't answer a thousand times unseen.")
_LISTENING = _("What was asked, where and when")
_COUNT_RIGHT = _("So that every number can be traced back to where it came from.")
_WORRY = _("That somebody was worried about a comment, and who decided what to do")
_SAFE = _("So that people are kept safe, and it can be shown that somebody looked.")
_CHOICES = _("Who in the team changed what shows, and when")
_HELD_TO = _("So that the team can say why something is hidden.")
_SUMS = _("How many there are of each")
_QUICK = _("So that pages open quickly.")

KEPT: tuple[Kept | KeptFile, ...] = (
    Kept(
        model="engagements.Engagement",
        what=_LISTENING,
        whose=Whose.PROJECT,
        why=_COUNT_RIGHT,
        leaves=Leaves.WHOLE,
        erasure=Erasure.NOTHING,
        open=("title", "place", "area", "purpose"),
        through="project",
    ),
    Kept(
        model="engagements.Question",
        what=_LISTENING,
        whose=Whose.PROJECT,
        why=_COUNT_RIGHT,
        leaves=Leaves.WHOLE,
        erasure=Erasure.NOTHING,
        open=("kind", "name", "wording"),
        through="project",
    ),
    Kept(
        model="engagements.Survey",
        what=_LISTENING,
        whose=Whose.PROJECT,
        why=_COUNT_RIGHT,
        leaves=Leaves.WHOLE,
        erasure=Erasure.NOTHING,
        open=("slug", "title", "introduction"),
        through="project",
    ),
    Kept(
        model="engagements.Submission",
        what=_("How people described themselves, their age and area, and their receipt"),
        whose=Whose.HEARD,
        why=_("So that they can find what they said, and so that a quote says who spoke."),
        leaves=Leaves.WHOLE,
        erasure=Erasure.EMPTIED,
        private=("descriptor", "age_band", "area", "source_id"),
        who=("by",),
        # The code is random and tells nothing of whom it was given to, who may ask with it later.
        open=("receipt", "file_hash", "language"),
        through="project",
    ),
    Kept(
        model="engagements.Comment",
        what=_WORDS,
        whose=Whose.HEARD,
        why=_HEARD_AND_ANSWERED,
        leaves=Leaves.WHOLE,
        erasure=Erasure.EMPTIED,
        private=("text", "folded", "translation"),
        open=("language",),
        through="project",
    ),
    Kept(
        model="engagements.Label",
        what=_("The themes and codes that a file gave to comments"),
        whose=Whose.PROJECT,
        why=_("So that sorting done elsewhere is not lost."),
        leaves=Leaves.WHOLE,
        erasure=Erasure.NOTHING,
        open=("theme", "code"),
        through="comment__project",
    ),
    Kept(
        model="engagements.ErasedComment",
        what=_("That somebody's words were taken out for good, and when"),
        whose=Whose.PROJECT,
        why=_("So that we can show that they are gone, and they don't come in again."),
        leaves=Leaves.WHOLE,
        erasure=Erasure.NOTHING,
        who=("by",),
        # A fingerprint that only this installation's key could make, and names of places.
        open=("words", "gone_from"),
        through="project",
    ),
    Kept(
        model="engagements.Redaction",
        what=_("What a comment said before names and the like were taken out"),
        whose=Whose.HEARD,
        why=_("So that a mistake can be put back. Only the co-ordinator can read it."),
        period="originals",
        leaves=Leaves.WHOLE,
        erasure=Erasure.EMPTIED,
        private=("original", "original_translation", "original_descriptor"),
        who=("by",),
        through="comment__project",
    ),
    Kept(
        model="engagements.Withdrawal",
        what=_CHOICES,
        whose=Whose.MEMBER,
        why=_HELD_TO,
        leaves=Leaves.WHOLE,
        erasure=Erasure.NOTHING,
        who=("by",),
        through="comment__project",
    ),
    Kept(
        model="engagements.Concern",
        what=_WORRY,
        # Whoever decided mostly works elsewhere.
        whose=Whose.PARTNER,
        why=_SAFE,
        period="concerns",
        leaves=Leaves.WHOLE,
        erasure=Erasure.EMPTIED,
        private=("decided_by",),
        who=("raised_by", "resolved_by"),
        through="comment__project",
    ),
    Kept(
        model="engagements.Hold",
        what=_FLOOD,
        whose=Whose.HEARD,
        why=_NO_FLOOD,
        days=NETWORKS_KEPT.days,
        leaves=Leaves.STRIPPED,
        erasure=Erasure.EMPTIED,
        private=("network",),
        through="project",
    ),
    Kept(
        model="engagements.WatchedNetwork",
        what=_FLOOD,
        whose=Whose.HEARD,
        why=_NO_FLOOD,
        days=NETWORKS_KEPT.days,
        leaves=Leaves.STAYS,
        erasure=Erasure.EMPTIED,
        private=("network",),
        who=("by",),
        through="project",
    ),
    Kept(
        model="engagements.NetworkSalt",
        what=_FLOOD,
        whose=Whose.INSTALLATION,
        why=_NO_FLOOD,
        days=NETWORKS_KEPT.days,
        leaves=Leaves.STAYS,
        erasure=Erasure.NOTHING,
        open=("salt",),
        through="project",
    ),
    Kept(
        model="engagements.HoldRules",
        what=_("When answers wait until somebody has looked"),
        whose=Whose.PROJECT,
        why=_NO_FLOOD,
        leaves=Leaves.WHOLE,
        erasure=Erasure.NOTHING,
        open=("words",),
        through="project",
    ),
    Kept(
        model="engagements.HoldDecision",
        what=_CHOICES,
        whose=Whose.MEMBER,
        why=_HELD_TO,
        leaves=Leaves.WHOLE,
        erasure=Erasure.NOTHING,
        who=("by", "undone_by"),
        through="project",
    ),
    Kept(
        model="engagements.ImportBatch",
        what=_("That a file was brought in, what it was called, and by whom"),
        whose=Whose.MEMBER,
        why=_COUNT_RIGHT,
        leaves=Leaves.WHOLE,
        erasure=Erasure.EMPTIED,
        # The headings and answers of somebody's table may say anything.
        private=("file_name", "mapping"),
        who=("by",),
        open=("file", "file_hash", "kept_hash", "encoding", "language"),
        through="project",
    ),
    KeptFile(
        where="imports/",
        field="engagements.ImportBatch.file",
        what=_FILES,
        whose=Whose.HEARD,
        why=_CHECK_FILES,
        period="imports",
        leaves=Leaves.WHOLE,
        erasure=Erasure.DELETED,
    ),
    Kept(
        model="engagements.RefusedRow",
        what=_FILES,
        whose=Whose.HEARD,
        why=_CHECK_FILES,
        period="imports",
        leaves=Leaves.WHOLE,
        erasure=Erasure.EMPTIED,
        private=("content",),
        open=("reason",),
        through="batch__project",
    ),
    Kept(
        model="engagements.SkippedRow",
        what=_("Which rows of a file said what was here already"),
        whose=Whose.PROJECT,
        why=_("So that words that are erased go from every file that has them."),
        leaves=Leaves.WHOLE,
        erasure=Erasure.NOTHING,
        through="batch__project",
    ),
    Kept(
        model="engagements.PublishedCounts",
        what=_SUMS,
        whose=Whose.PROJECT,
        why=_("So that no number that changes points at a person."),
        leaves=Leaves.WHOLE,
        erasure=Erasure.NOTHING,
        open=("lines",),
        through="project",
    ),
    Kept(
        model="engagements.CommentCount",
        what=_SUMS,
        whose=Whose.PROJECT,
        why=_QUICK,
        # The database counts anew whatever comes in.
        leaves=Leaves.STAYS,
        erasure=Erasure.NOTHING,
        through="project",
    ),
    KeptFile(
        where="table:comment_words",
        # Which letters stand in which comment, to find words.
        what=_WORDS,
        whose=Whose.HEARD,
        why=_QUICK,
        leaves=Leaves.STAYS,
        erasure=Erasure.EMPTIED,
    ),
)
