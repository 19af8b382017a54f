"""What was heard and how: engagements, surveys, submissions, comments and what withholds them."""

from engagements.kinds import Level, Method
from engagements.models.importing import ImportBatch, RefusedRow
from engagements.models.listening import (
    LONGEST_COMMENT,
    Comment,
    CommentQuerySet,
    Engagement,
    EngagementQuerySet,
    Question,
    Submission,
    SubmissionQuerySet,
    Survey,
    Withheld,
)
from engagements.models.withholding import Concern, Redaction, Withdrawal

__all__ = [
    "LONGEST_COMMENT",
    "Comment",
    "CommentQuerySet",
    "Concern",
    "Engagement",
    "EngagementQuerySet",
    "ImportBatch",
    "Level",
    "Method",
    "Question",
    "Redaction",
    "RefusedRow",
    "Submission",
    "SubmissionQuerySet",
    "Survey",
    "Withdrawal",
    "Withheld",
]
