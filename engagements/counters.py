"""What of the listening is counted by the database, as it happens."""

from coproduction.triggers import Counter, Feed, Source

COMMENT = ("id", "project_id", "engagement_id", "question_id", "submission_id", "withheld")
SUBMISSION = Source(
    "engagements_submission",
    ("id", "undone_at", "on_hold"),
    on="submission.id = comment.submission_id",
)
# What ``is_visible`` and ``is_said`` say, as numbers; a test holds them together.
VISIBLE = "CASE WHEN comment.withheld = '' THEN 1 ELSE 0 END"
SAID = (
    "CASE WHEN comment.withheld IN ('', 'withdrawn', 'concern') "
    "AND submission.undone_at IS NULL AND NOT submission.on_hold THEN 1 ELSE 0 END"
)

COMMENT_COUNTS = Counter(
    "engagements_commentcount",
    (
        Feed(
            sources={
                "comment": Source("engagements_comment", COMMENT),
                "submission": SUBMISSION,
            },
            keys={
                "project_id": "comment.project_id",
                "engagement_id": "comment.engagement_id",
                "question_id": "comment.question_id",
            },
            sums={"visible": VISIBLE, "said": SAID},
        ),
    ),
)
COUNTERS = (COMMENT_COUNTS,)
