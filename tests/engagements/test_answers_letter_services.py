"""New answers to surveys are told of once a day, to those who look after what people say."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.mail import EmailMessage

from coproduction.projects.models import AuditEntry, Letter, Project, User
from engagements.models import Survey
from engagements.services.answers_letter import tell_of_answers
from engagements.services.hold import Origin
from engagements.services.submission import undo_submissions
from engagements.services.survey import answer_survey, open_survey
from tests.themes.comments import make_engagement

pytestmark = pytest.mark.django_db
SAID = "A bench by the river, please."


@pytest.fixture
def survey(project: Project, coordinator: User) -> Survey:
    """A survey that is open."""
    return open_survey(
        project=project,
        engagement=make_engagement(project),
        slug="park",
        title={"en": "Your park", "cy": "Eich parc"},
        by=coordinator,
    )


def a_day_later() -> None:
    """Let a day go by since the last letter."""
    for letter in Letter.objects.filter(kind="survey_answers"):
        Letter.objects.filter(pk=letter.pk).update(
            written_at=letter.written_at - timedelta(hours=24)
        )


def test_those_who_look_after_them_are_told_how_many_and_not_what(
    project: Project,
    coordinator: User,
    analyst: User,
    survey: Survey,
    deliver: Callable[[], list[EmailMessage]],
) -> None:
    answer_survey(survey=survey, answers={"need": SAID}, language="en")
    crowd = Origin("crowd", is_crowded=True)
    answer_survey(survey=survey, answers={"need": "A bus."}, language="en", origin=crowd)
    assert tell_of_answers(project=project) == 2
    (letter,) = deliver()
    assert letter.to == [coordinator.email]
    assert letter.subject == "2 new answers: Bryn"
    assert "- Your park: 2" in letter.body
    assert "1 of them is on hold" in letter.body
    assert "/bryn/engagements/comments/" in letter.body
    assert "bench" not in letter.body
    entry = AuditEntry.objects.get(verb="engagements.answers_told_of")
    assert entry.now == {"answers": 2}


def test_each_person_reads_it_in_their_language(
    project: Project,
    coordinator: User,
    survey: Survey,
    deliver: Callable[[], list[EmailMessage]],
) -> None:
    User.objects.filter(pk=coordinator.pk).update(language="cy")
    answer_survey(survey=survey, answers={"need": SAID}, language="en")
    tell_of_answers(project=project)
    (letter,) = deliver()
    assert "- Eich parc: 1" in letter.body


def test_nothing_is_written_where_nobody_answered(project: Project, survey: Survey) -> None:
    assert tell_of_answers(project=project) == 0
    undone = answer_survey(survey=survey, answers={"need": SAID}, language="en")
    undo_submissions(submissions=[undone], by=None)
    assert tell_of_answers(project=project) == 0
    assert not Letter.objects.filter(kind="survey_answers").exists()


def test_it_is_one_letter_a_day_of_what_came_since_the_last(
    project: Project, coordinator: User, survey: Survey
) -> None:
    answer_survey(survey=survey, answers={"need": SAID}, language="en")
    assert tell_of_answers(project=project) == 1
    answer_survey(survey=survey, answers={"need": "A bin."}, language="en")
    answer_survey(survey=survey, answers={"need": "A slide."}, language="en")
    assert tell_of_answers(project=project) == 0
    a_day_later()
    # The first was told of; by the clock of the test all three came within the day.
    assert tell_of_answers(project=project) == 3
    assert Letter.objects.filter(kind="survey_answers").count() == 2
    assert tell_of_answers(project=project) == 0
