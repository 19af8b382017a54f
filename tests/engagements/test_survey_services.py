"""Public surveys: when they are open, what they take, and only once."""

from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from coproduction.projects.models import AuditEntry, User
from engagements.models import Comment, Submission, Survey
from engagements.services.engagement import cancel_engagement
from engagements.services.submission import undo_submissions
from engagements.services.survey import (
    AddressTaken,
    ClosesBeforeItOpens,
    ClosesInThePast,
    NothingAnswered,
    NotOpen,
    OpenedAlready,
    answer_survey,
    change_survey,
    close_survey,
    open_survey,
)


@pytest.fixture
def survey(project, engagement, coordinator) -> Survey:
    """A survey that is open."""
    return open_survey(
        project=project,
        engagement=engagement,
        slug="have-your-say",
        title={"en": "Have your say", "cy": "Dweud eich dweud"},
        by=coordinator,
    )


def test_answers_are_one_sitting_of_several_comments(survey, engagement) -> None:
    submission = answer_survey(
        survey=survey,
        answers={"asset": "The park", "need": " ", "change": "The bins"},
        quote_consent=True,
        descriptor="A parent",
        language="cy",
    )
    said = submission.comments.order_by("position")
    assert [(each.question.kind, each.text) for each in said] == [
        ("asset", "The park"),
        ("change", "The bins"),
    ]
    assert (submission.channel, submission.by, submission.survey) == ("survey", None, survey)
    assert said[0].engagement == engagement
    entry = AuditEntry.objects.get(verb="engagements.submissions_added")
    assert entry.by is None


def test_consent_is_no_unless_given(survey) -> None:
    submission = answer_survey(survey=survey, answers={"need": "A bus"}, language="en")
    assert not submission.comments.get().quote_consent
    assert not Comment.objects.publishable().exists()


def test_at_least_one_question_is_answered(survey) -> None:
    with pytest.raises(NothingAnswered):
        answer_survey(survey=survey, answers={"asset": " "}, language="en")
    assert not Submission.objects.exists()


def test_a_double_post_goes_in_once_even_after_closing(survey, coordinator) -> None:
    client_id = uuid4()
    first = answer_survey(
        survey=survey, answers={"need": "A bus"}, language="en", client_id=client_id
    )
    close_survey(survey=survey, by=coordinator)
    again = answer_survey(
        survey=survey, answers={"need": "A bus"}, language="en", client_id=client_id
    )
    assert first == again
    assert Comment.objects.count() == 1


def put_at(survey: Survey, opens_at: datetime, closes_at: datetime | None, by: User) -> Survey:
    """Change when a survey is open, and nothing else."""
    return change_survey(
        survey=survey,
        engagement=survey.engagement,
        title={"en": "Have your say"},
        introduction={},
        opens_at=opens_at,
        closes_at=closes_at,
        by=by,
    )


def test_a_survey_takes_answers_only_while_it_is_open(project, engagement, coordinator) -> None:
    now = timezone.now()
    for number, (opens, closes) in enumerate(
        (
            (now + timedelta(hours=1), None),
            (now - timedelta(days=2), now - timedelta(days=1)),
        )
    ):
        survey = open_survey(
            project=project,
            engagement=engagement,
            slug=f"survey-{number}",
            title={"en": "Have your say"},
            opens_at=opens,
            closes_at=closes,
            by=coordinator,
        )
        assert not survey.is_open
        with pytest.raises(NotOpen):
            answer_survey(survey=survey, answers={"need": "A bus"}, language="en")
    assert not Submission.objects.exists()


def test_one_that_people_may_have_seen_opens_no_later_and_closes_no_earlier(
    survey, coordinator
) -> None:
    now, day = timezone.now(), timedelta(days=1)
    was = survey.opens_at
    with pytest.raises(OpenedAlready):
        put_at(survey, now + day, None, coordinator)
    put_at(survey, was - 5 * day, None, coordinator)
    with pytest.raises(ClosesInThePast):
        put_at(survey, was - 5 * day, now - day, coordinator)
    close_survey(survey=survey, by=coordinator)
    with pytest.raises(ClosesInThePast):
        put_at(survey, was - 5 * day, now - day, coordinator)
    # It may open again, and be closed later than it was going to.
    put_at(survey, was - 5 * day, now + day, coordinator)
    assert Survey.objects.open_now().get().opens_at == was - 5 * day


def test_one_that_nobody_could_see_is_put_off(project, engagement, coordinator) -> None:
    now, day = timezone.now(), timedelta(days=1)
    later = open_survey(
        project=project,
        engagement=engagement,
        slug="later",
        title={"en": "Later"},
        opens_at=now + day,
        by=coordinator,
    )
    assert put_at(later, now + 2 * day, None, coordinator).is_to_come
    # Closed before it opened, it was never to be seen either.
    close_survey(survey=later, by=coordinator)
    assert put_at(later, now + 3 * day, None, coordinator).is_to_come


def test_times_sent_back_as_the_form_shows_them_stay_to_the_second(survey, coordinator) -> None:
    close_survey(survey=survey, by=coordinator)
    opened, closed = survey.opens_at, survey.closes_at
    shown = [each.replace(second=0, microsecond=0) for each in (opened, closed)]
    put_at(survey, *shown, coordinator)
    survey.refresh_from_db()
    assert (survey.opens_at, survey.closes_at) == (opened, closed)


def test_a_survey_closes_once(survey, coordinator) -> None:
    close_survey(survey=survey, by=coordinator)
    closed = survey.closes_at
    close_survey(survey=survey, by=coordinator)
    assert survey.closes_at == closed
    assert not survey.is_open


def test_a_survey_set_up_for_later_can_be_closed_before_it_opens(
    project, engagement, coordinator
) -> None:
    later = open_survey(
        project=project,
        engagement=engagement,
        slug="later",
        title={"en": "Later"},
        opens_at=timezone.now() + timedelta(days=3),
        by=coordinator,
    )
    assert later.is_to_come
    close_survey(survey=later, by=coordinator)
    assert not later.is_open
    assert not later.is_to_come


def test_two_surveys_of_a_project_have_two_addresses(survey, coordinator) -> None:
    with pytest.raises(AddressTaken):
        open_survey(
            project=survey.project,
            engagement=survey.engagement,
            slug=survey.slug,
            title={"en": "Another"},
            by=coordinator,
        )
    with pytest.raises(ValidationError):
        open_survey(
            project=survey.project,
            engagement=survey.engagement,
            slug="Not A Slug",
            title={"en": "Another"},
            by=coordinator,
        )
    assert Survey.objects.count() == 1


def test_a_survey_does_not_close_before_it_opens(survey, engagement, coordinator) -> None:
    now = timezone.now()
    with pytest.raises(ClosesBeforeItOpens):
        open_survey(
            project=survey.project,
            engagement=engagement,
            slug="odd",
            title={"en": "Odd"},
            opens_at=now,
            closes_at=now - timedelta(days=1),
            by=coordinator,
        )


def test_other_words_from_the_same_page_are_not_lost(survey) -> None:
    """Back, edit, send again; or the next person at the library's tablet."""
    page = uuid4()
    sent = [
        {"answers": {"need": "A bus"}},
        {"answers": {"need": "A bus, and the road mended"}},
        {"answers": {"change": "A bus"}},
        {"answers": {"need": "A bus"}, "quote_consent": True},
        {"answers": {"need": "A bus"}, "descriptor": "A parent"},
    ]
    kept = {
        answer_survey(survey=survey, language="en", client_id=page, **each).receipt
        for each in [*sent, *sent]
    }
    assert len(kept) == len(sent) == Submission.objects.count()


def test_an_answer_that_was_undone_is_kept_anew_when_it_is_sent_again(survey, coordinator) -> None:
    sent = {"answers": {"need": "A bus"}, "language": "en", "client_id": uuid4()}
    first = answer_survey(survey=survey, **sent)
    undo_submissions(submissions=[first], by=coordinator)
    again = answer_survey(survey=survey, **sent)
    assert again != first
    assert again.undone_at is None
    assert answer_survey(survey=survey, **sent) == again


def test_the_same_page_id_at_another_survey_is_another_answer(
    survey, project, engagement, coordinator
) -> None:
    other = open_survey(
        project=project, engagement=engagement, slug="other", title={"en": "Other"}, by=coordinator
    )
    sent = {"answers": {"need": "A bus"}, "language": "en", "client_id": uuid4()}
    assert answer_survey(survey=survey, **sent).survey == survey
    assert answer_survey(survey=other, **sent).survey == other


def test_a_survey_of_an_engagement_called_off_is_closed(survey, engagement, coordinator) -> None:
    stale = Survey.objects.select_related("engagement").get(pk=survey.pk)
    cancel_engagement(engagement=engagement, by=coordinator)
    assert not Survey.objects.get(pk=survey.pk).is_open
    assert stale.is_open
    with pytest.raises(NotOpen):
        answer_survey(survey=stale, answers={"need": "A bus"}, language="en")
    assert not Submission.objects.exists()
