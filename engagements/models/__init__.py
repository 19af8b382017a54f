"""What was heard and how: engagements, surveys, submissions, comments and what withholds them."""

from engagements.models.choices import Level, Method
from engagements.models.comment import (
    LONGEST_COMMENT,
    Comment,
    CommentQuerySet,
    Withheld,
    is_publishable,
    is_quotable,
    is_visible,
)
from engagements.models.engagement import Engagement, EngagementQuerySet
from engagements.models.import_batch import ImportBatch, RefusedRow
from engagements.models.question import (
    GIVEN,
    NO_QUESTION,
    STRENGTHS,
    Question,
    QuestionQuerySet,
    Symbol,
)
from engagements.models.submission import Submission, SubmissionQuerySet
from engagements.models.survey import Survey
from engagements.models.withholding import Concern, Redaction, Withdrawal

__all__ = [
    "GIVEN",
    "LONGEST_COMMENT",
    "NO_QUESTION",
    "STRENGTHS",
    "Comment",
    "CommentQuerySet",
    "Concern",
    "Engagement",
    "EngagementQuerySet",
    "ImportBatch",
    "Level",
    "Method",
    "Question",
    "QuestionQuerySet",
    "Redaction",
    "RefusedRow",
    "Submission",
    "SubmissionQuerySet",
    "Survey",
    "Symbol",
    "Withdrawal",
    "Withheld",
    "is_publishable",
    "is_quotable",
    "is_visible",
]
