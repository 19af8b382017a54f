"""What comments tell of how many people were heard, which is a number that somebody has to say."""

from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from engagements.models import Engagement, Submission, Survey

# In the case behind this, each person made three comments.
_MOST_EACH, _FEW_COMMENTS = 20, 40


def count_people_who_answered(engagement: Engagement) -> int:
    """Count the sittings of a survey or a file: each is one person's; one query.

    What was typed or pasted from a wall says nothing of how many wrote it.
    """
    alone = (Submission.Channel.SURVEY, Submission.Channel.IMPORT)
    return engagement.submissions.not_undone().filter(channel__in=alone).count()


def is_absurd(*, people: int, comments: int) -> bool:
    """Say whether so many comments can hardly be from so few people."""
    return comments >= _FEW_COMMENTS and comments > _MOST_EACH * people


def with_takes_answers(engagements: QuerySet[Any]) -> QuerySet[Any]:
    """Give each engagement ``takes_answers``: whether a survey of it is open now."""
    is_open = Survey.objects.filter(engagement=OuterRef("pk")).open_now()
    return engagements.annotate(takes_answers=Exists(is_open))
