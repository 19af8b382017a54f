"""What comments tell of how many people were heard: sittings of one each, and odd numbers."""

import pytest

from engagements.queries.people_heard import count_people_who_answered, is_absurd
from engagements.services.import_batch import undo_import
from engagements.services.survey import answer_survey, open_survey


@pytest.mark.django_db
def test_whoever_answered_for_themselves_counts_and_what_was_typed_does_not(
    project, engagement, questions, say, bring_in, coordinator
) -> None:
    say("Typed from a wall")
    batch = bring_in("text\nA\nB\n", question=questions["need"])
    survey = open_survey(
        project=project, engagement=engagement, slug="park", title={"en": "Park"}, by=coordinator
    )
    answer_survey(survey=survey, answers={"need": "A", "asset": "B"}, language="en")
    assert count_people_who_answered(engagement) == 3
    undo_import(batch=batch, by=coordinator)
    assert count_people_who_answered(engagement) == 1


@pytest.mark.parametrize(
    ("people", "comments", "absurd"),
    [
        (85, 8889, True),
        (0, 40, True),
        (0, 39, False),
        (2, 40, False),
        (2, 41, True),
        (12, 36, False),
    ],
)
def test_so_many_comments_from_so_few_people_are_pointed_out(people, comments, absurd) -> None:
    assert is_absurd(people=people, comments=comments) is absurd
