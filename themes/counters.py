"""What of the theming is counted by the database, as it happens."""

from coproduction.triggers import Counter, Feed, Listing, Source
from engagements.counters import COMMENT, SAID, SUBMISSION, VISIBLE

CODING = Source("themes_coding", ("id", "comment_id", "theme_id"))

# Which comments are a theme's, each once, with how many of its codes they carry.
THEMED_COMMENTS = Counter(
    "themes_themedcomment",
    (
        Feed(
            sources={
                "coding": CODING,
                "code": Source(
                    "themes_theme",
                    ("id", "parent_id", "merged_into_id"),
                    on="code.id = coding.theme_id",
                ),
            },
            keys={"theme_id": "code.parent_id", "comment_id": "coding.comment_id"},
            sums={"codings": "1"},
            where="code.parent_id IS NOT NULL AND code.merged_into_id IS NULL",
        ),
    ),
)


def _comments_of(carrying: str, source: Source) -> Feed:
    """Add up the comments that carry a code, or have a theme, by engagement and question."""
    return Feed(
        sources={
            carrying: source,
            "comment": Source(
                "engagements_comment", COMMENT, on=f"comment.id = {carrying}.comment_id"
            ),
            "submission": SUBMISSION,
        },
        keys={
            "project_id": "comment.project_id",
            "theme_id": f"{carrying}.theme_id",
            "question_id": "comment.question_id",
            "engagement_id": "comment.engagement_id",
        },
        sums={"visible": VISIBLE, "said": SAID},
    )


_KEY = ("theme_id", "comment_id")
THEME_COUNTS = Counter(
    "themes_themecount",
    (
        _comments_of("coding", CODING),
        _comments_of("themed", Source("themes_themedcomment", _KEY, identity=_KEY)),
    ),
)
# The same of all engagements: what most pages ask for.
THEME_TOTALS = Counter(
    "themes_themetotal",
    (
        Feed(
            sources={
                "each_of": Source(
                    "themes_themecount",
                    (*THEME_COUNTS.keys, *THEME_COUNTS.sums),
                    identity=THEME_COUNTS.keys,
                )
            },
            keys={
                "project_id": "each_of.project_id",
                "theme_id": "each_of.theme_id",
                "question_id": "each_of.question_id",
            },
            sums={"visible": "each_of.visible", "said": "each_of.said"},
        ),
    ),
)

# The comments in sight that carry no code. One with any coding has one that counts: merging and
# uncoding see to that. Compared as an expression, so that no index of such states is gone through
# in place of the keys that changed: a table of which nothing is known yet makes it look short.
WAITING_COMMENTS = Listing(
    "themes_waitingcomment",
    of="engagements_comment AS comment",
    columns={
        "comment_id": "comment.id",
        "project_id": "comment.project_id",
        "question_id": "comment.question_id",
    },
    where=(
        "comment.withheld || '' = '' AND NOT EXISTS "
        "(SELECT 1 FROM themes_coding AS coding WHERE coding.comment_id = comment.id)"
    ),
    watched=(
        (
            "id",
            Source("engagements_comment", ("id", "project_id", "question_id", "withheld")),
        ),
        ("comment_id", Source("themes_coding", ("id", "comment_id"))),
    ),
)
WAITING_TOTALS = Counter(
    "themes_waitingtotal",
    (
        Feed(
            sources={
                "waiting": Source(
                    "themes_waitingcomment",
                    ("comment_id", "project_id", "question_id"),
                    identity=("comment_id", "project_id", "question_id"),
                )
            },
            keys={"project_id": "waiting.project_id", "question_id": "waiting.question_id"},
            sums={"comments": "1"},
        ),
    ),
)
COUNTERS = (THEMED_COMMENTS, THEME_COUNTS, THEME_TOTALS, WAITING_COMMENTS, WAITING_TOTALS)
