"""When surveys open and close: the next moment at which the clock changes something."""

from datetime import timedelta

import pytest
from django.utils import timezone

from coproduction.projects.models import Project, User
from engagements.queries.survey import next_opening_or_closing
from engagements.services.survey import open_survey
from tests.themes.comments import make_engagement

pytestmark = pytest.mark.django_db


def test_the_next_moment_is_the_first_that_is_still_to_come(
    project: Project, other_project: Project, coordinator: User, other_coordinator: User
) -> None:
    assert next_opening_or_closing(project) is None
    now, day = timezone.now(), timedelta(days=1)
    several = {
        "over": (now - 3 * day, now - 2 * day),
        "open": (now - day, now + 3 * day),
        "to-come": (now + 2 * day, None),
    }
    for slug, (opens, closes) in several.items():
        open_survey(
            project=project,
            engagement=make_engagement(project),
            slug=slug,
            title={"en": slug},
            opens_at=opens,
            closes_at=closes,
            by=coordinator,
        )
    open_survey(
        project=other_project,
        engagement=make_engagement(other_project),
        slug="soon",
        title={"en": "Soon"},
        opens_at=now + day,
        by=other_coordinator,
    )
    assert next_opening_or_closing(project) == now + 2 * day
