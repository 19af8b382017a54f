"""Consent through migrations back and forward: nobody is quoted who did not agree."""

from datetime import date
from typing import Any

from django.apps.registry import Apps

from tests.upgrade.test_question_migrations import migrate_to

BEFORE = "0011_rows_know_their_version"
AFTER = "0012_consent_is_each_comments"


def make_sitting(known: Apps, receipt: str, comments: int, **fields: Any) -> None:
    """Make somebody's sitting as it was kept before."""
    project, _made = known.get_model("projects", "Project").objects.get_or_create(
        slug="bryn", defaults={"name": {"en": {"text": "Bryn", "of": None}}}
    )
    engagement, _made = known.get_model("engagements", "Engagement").objects.get_or_create(
        project=project, defaults={"title": "Fair", "method": "event", "date": date(2024, 5, 4)}
    )
    question, _made = known.get_model("engagements", "Question").objects.get_or_create(
        project=project, kind="asset"
    )
    submission = known.get_model("engagements", "Submission").objects.create(
        project=project, engagement=engagement, channel="typed", receipt=receipt, **fields
    )
    for position in range(comments):
        known.get_model("engagements", "Comment").objects.create(
            project=project,
            submission=submission,
            engagement=engagement,
            question=question,
            position=position,
            text=f"{receipt} {position}",
        )


def test_each_comment_keeps_the_consent_of_its_sitting_and_gives_it_back(
    empty_database: None,
) -> None:
    known = migrate_to(BEFORE)
    make_sitting(known, "yes", 2, quote_consent=True)
    make_sitting(known, "no", 2, consent_taken_back=2)
    make_sitting(known, "again", 1, quote_consent=True, consent_taken_back=1)
    comments = migrate_to(AFTER).get_model("engagements", "Comment").objects
    assert list(comments.values_list("text", "quote_consent", "consent_taken_back")) == [
        ("yes 0", True, 0),
        ("yes 1", True, 0),
        ("no 0", False, 2),
        ("no 1", False, 2),
        ("again 0", True, 1),
    ]
    comments.filter(text="yes 1").update(quote_consent=False, consent_taken_back=1)
    back = migrate_to(BEFORE).get_model("engagements", "Submission").objects.order_by("pk")
    assert list(back.values_list("receipt", "quote_consent", "consent_taken_back")) == [
        ("yes", False, 1),
        ("no", False, 2),
        ("again", True, 1),
    ]
