"""Figures open their records: what is counted is what is listed."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from engagements.models import Comment, Engagement, Method, Submission, Survey, Withheld
from engagements.queries.counts import (
    comments_by_question,
    engagements_held,
    engagements_to_log,
    listening_totals,
    said_by_question,
    with_answer_counts,
)
from engagements.services.engagement import cancel_engagement, plan_engagement
from engagements.services.submission import undo_submissions
from engagements.services.survey import answer_survey, close_survey, open_survey
from engagements.services.withholding import withdraw_comment


def test_the_occasions_listed_hold_the_comments_counted(
    project, engagement, say, coordinator
) -> None:
    def plan(title: str) -> Engagement:
        return plan_engagement(
            project=project,
            title=title,
            method=Method.ONLINE,
            date=date(2024, 5, 4),
            by=coordinator,
        )

    online, undone, _to_come, off, silent = map(
        plan, ["Online", "Undone", "Later", "Off", "Silent"]
    )
    say("A park")
    say("A bus", at=online)
    say("A bench", at=online)
    undo_submissions(submissions=[say("A mistake", at=undone).submission], by=coordinator)
    cancel_engagement(engagement=off, by=coordinator)
    withdraw_comment(comment=say("Withdrawn", at=silent), by=coordinator)
    listed = list(engagements_held(project))
    counted = listening_totals(project)
    # Where all was taken back since is listed too: that it went would tell where it was said.
    assert {each.title for each in listed} == {"Fun day", "Online", "Silent"}
    assert sum(each.said_count for each in listed) == 4
    assert sum(number for _question, number in said_by_question(project)) == 4
    assert counted.engagements == len(listed)
    assert counted.people_heard == sum(each.people_heard for each in listed) == 40
    assert counted.comments == sum(each.comment_count for each in listed) == 3
    assert sum(number for _question, number in comments_by_question(project)) == 3


@pytest.mark.parametrize("undone", [False, True])
@pytest.mark.parametrize("on_hold", [False, True])
@pytest.mark.parametrize("withheld", Withheld.values)
def test_what_was_said_counts_for_the_public_whatever_became_of_it(
    project, say, withheld: str, on_hold: bool, undone: bool
) -> None:
    comment = say("A park")
    Comment.objects.update(withheld=withheld)
    at = timezone.now() if undone else None
    Submission.objects.filter(pk=comment.submission_id).update(on_hold=on_hold, undone_at=at)
    is_said = withheld in {"", "withdrawn", "concern"} and not on_hold and not undone
    assert sum(number for _question, number in said_by_question(project)) == is_said
    (event,) = engagements_held(project)
    assert event.said_count == is_said


def test_what_waits_for_a_log_is_planned_and_past(project, coordinator) -> None:
    for days in (-1, 0, 1):
        plan_engagement(
            project=project,
            title=f"In {days} days",
            method=Method.EVENT,
            date=timezone.localdate() + timedelta(days=days),
            by=coordinator,
        )
    cancel_engagement(engagement=Engagement.objects.get(title="In -1 days"), by=coordinator)
    assert engagements_to_log(project) == 1


def test_an_engagement_goes_on_while_its_survey_takes_answers(project, coordinator) -> None:
    online = plan_engagement(
        project=project,
        title="Online",
        method=Method.ONLINE,
        date=timezone.localdate() - timedelta(days=9),
        by=coordinator,
    )
    assert engagements_to_log(project) == 1
    survey = open_survey(
        project=project, engagement=online, slug="park", title={"en": "Park"}, by=coordinator
    )
    assert engagements_to_log(project) == 0
    close_survey(survey=survey, by=coordinator)
    assert engagements_to_log(project) == 1


def test_an_answer_counts_while_something_of_it_can_be_read(
    project, engagement, coordinator
) -> None:
    survey = open_survey(
        project=project, engagement=engagement, slug="park", title={"en": "Park"}, by=coordinator
    )
    for words in ("A slide", "A swing"):
        kept = answer_survey(
            survey=survey, answers={"asset": words, "need": "A bench"}, language="en"
        )
    for comment in kept.comments.all():
        withdraw_comment(comment=comment, by=coordinator)
    assert with_answer_counts(Survey.objects.of(project)).get().answers == 1
