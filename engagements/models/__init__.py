"""What was heard and how: engagements, surveys, submissions, comments and what withholds them."""

from engagements.models.bulk_change import BulkChange, BulkChangedComment
from engagements.models.choices import Level, Method
from engagements.models.comment import (
    LONGEST_COMMENT,
    Comment,
    CommentQuerySet,
    Look,
    Withheld,
    is_hidden_by_concern,
    is_publishable,
    is_quotable,
    is_said,
    is_visible,
)
from engagements.models.comment_count import CommentCount
from engagements.models.engagement import Engagement, EngagementQuerySet
from engagements.models.erasure import (
    ErasedComment,
    fingerprint_of_source_id,
    fingerprint_of_words,
)
from engagements.models.hint import Hint
from engagements.models.hold import (
    NETWORKS_KEPT,
    Hold,
    HoldDecision,
    HoldQuerySet,
    HoldRules,
    NetworkSalt,
    WatchedNetwork,
)
from engagements.models.import_batch import (
    FilledFigures,
    ImportBatch,
    JoinedRow,
    RefusedRow,
    SkippedRow,
)
from engagements.models.label import Label
from engagements.models.look_rules import LookRules
from engagements.models.published_counts import PublishedCounts
from engagements.models.question import (
    GIVEN,
    NO_QUESTION,
    STRENGTHS,
    Question,
    QuestionQuerySet,
    Symbol,
)
from engagements.models.saved_view import LONGEST_VIEW_NAME, SavedView
from engagements.models.submission import (
    Submission,
    SubmissionQuerySet,
)
from engagements.models.survey import Survey
from engagements.models.withholding import Concern, Redaction, Withdrawal

__all__ = [
    "GIVEN",
    "LONGEST_COMMENT",
    "LONGEST_VIEW_NAME",
    "NETWORKS_KEPT",
    "NO_QUESTION",
    "STRENGTHS",
    "BulkChange",
    "BulkChangedComment",
    "Comment",
    "CommentCount",
    "CommentQuerySet",
    "Concern",
    "Engagement",
    "EngagementQuerySet",
    "ErasedComment",
    "FilledFigures",
    "Hint",
    "Hold",
    "HoldDecision",
    "HoldQuerySet",
    "HoldRules",
    "ImportBatch",
    "JoinedRow",
    "Label",
    "Level",
    "Look",
    "LookRules",
    "Method",
    "NetworkSalt",
    "PublishedCounts",
    "Question",
    "QuestionQuerySet",
    "Redaction",
    "RefusedRow",
    "SavedView",
    "SkippedRow",
    "Submission",
    "SubmissionQuerySet",
    "Survey",
    "Symbol",
    "WatchedNetwork",
    "Withdrawal",
    "Withheld",
    "fingerprint_of_source_id",
    "fingerprint_of_words",
    "is_hidden_by_concern",
    "is_publishable",
    "is_quotable",
    "is_said",
    "is_visible",
]
