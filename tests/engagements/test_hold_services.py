"""Answers beyond a limit are kept on hold: not refused, not counted, and no address is kept."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from coproduction.jobs.models import Job
from coproduction.jobs.running import run
from coproduction.projects.models import AuditEntry
from engagements import tasks
from engagements.models import (
    NETWORKS_KEPT,
    Comment,
    Hold,
    HoldRules,
    NetworkSalt,
    Submission,
    Survey,
    WatchedNetwork,
)
from engagements.queries.counts import listening_totals, with_answer_counts
from engagements.services.hold import Origin, forget_networks, has_watched_word
from engagements.services.hold_rules import end_watch, watch_network
from engagements.services.survey import answer_survey, open_survey
from engagements.services.withholding import (
    lift_withdrawal,
    raise_concern,
    resolve_concern,
    withdraw_comment,
)

pytestmark = pytest.mark.django_db
HERE = Origin("a library")
CROWDED = Origin("a library", is_crowded=True)


@pytest.fixture
def survey(project, engagement, coordinator) -> Survey:
    """A survey that is open."""
    return open_survey(
        project=project,
        engagement=engagement,
        slug="have-your-say",
        title={"en": "Have your say"},
        by=coordinator,
    )


def answer(
    survey: Survey, words: str = "A bus", origin: Origin | None = HERE, **more
) -> Submission:
    """Answer a survey."""
    return answer_survey(
        survey=survey, answers={"need": words}, language="en", origin=origin, **more
    )


def limits(project, **rules) -> None:
    """Give a project limits of its own."""
    HoldRules.objects.create(project=project, **rules)


def test_what_comes_from_a_crowded_network_is_kept_and_counts_nowhere(survey, project) -> None:
    first = answer(survey)
    before = listening_totals(project)
    held = [answer(survey, f"Bus {number}", CROWDED) for number in range(3)]
    assert [each.on_hold for each in (first, *held)] == [False, True, True, True]
    assert listening_totals(project) == before
    assert Comment.objects.of(project).visible().count() == 1
    assert not Comment.objects.of(project).publishable().filter(submission__in=held).exists()
    assert [each.answers for each in with_answer_counts(Survey.objects.all())] == [1]
    assert {hold.reason for hold in Hold.objects.all()} == {"network"}
    assert len({hold.group for hold in Hold.objects.all()}) == 1
    assert all(each.receipt for each in held)


def test_beyond_so_many_in_an_hour_the_rest_waits_wherever_it_comes_from(survey, project) -> None:
    limits(project, most_of_survey=3)
    kept = [answer(survey, f"Bus {n}", Origin(f"place {n}")) for n in range(5)]
    assert [each.on_hold for each in kept] == [False] * 3 + [True] * 2
    assert {hold.reason for hold in Hold.objects.all()} == {"survey"}
    # An hour later they count again; what is on hold uses up nothing.
    Submission.objects.update(received_at=timezone.now() - timedelta(minutes=61))
    assert not answer(survey, "Bus 6").on_hold


def test_another_surveys_answers_use_up_nothing(survey, project, engagement, coordinator) -> None:
    limits(project, most_of_survey=1)
    other = open_survey(
        project=project, engagement=engagement, slug="other", title={"en": "O"}, by=coordinator
    )
    assert not answer(survey).on_hold
    assert not answer(other).on_hold


@pytest.mark.parametrize(
    ("said", "is_found"),
    [
        ("Those SKÚNKS again", True),
        ("skunks, and more", True),
        ("skunksville", False),
        ("go  home now", True),
        ("go to my home", False),
        ("(bad)", True),
        ("", False),
    ],
)
def test_a_word_is_found_whole_in_any_case_and_with_any_accent(said: str, is_found: bool) -> None:
    assert has_watched_word("Skunks\n\ngo home\n(bad)\n", [said]) == is_found


def test_without_words_nothing_is_looked_for() -> None:
    assert not has_watched_word("\n  \n", ["", "anything"])


def test_an_answer_with_a_word_goes_on_hold_and_so_does_its_speakers_description(
    survey, project
) -> None:
    limits(project, words="skunks")
    assert answer(survey, "No skunks here").on_hold
    assert answer(survey, "A bus", descriptor="Skunks' friend").on_hold
    assert not answer(survey, "A tram").on_hold
    assert {hold.reason for hold in Hold.objects.all()} == {"word"}


def test_the_same_sending_is_kept_once_on_hold_too(survey) -> None:
    page = uuid4()
    first, again = (answer(survey, origin=CROWDED, client_id=page) for _ in range(2))
    assert first == again
    assert Hold.objects.count() == 1


def test_no_address_and_nothing_lasting_is_kept_of_a_network(survey, project) -> None:
    day_one = answer(survey, "One", CROWDED).hold.network
    assert "library" not in day_one
    assert len(day_one) == 32
    NetworkSalt.objects.update(day=timezone.localdate() - timedelta(days=1))
    day_two = answer(survey, "Two", CROWDED).hold.network
    assert day_one != day_two
    # A place that is not crowded leaves nothing at all.
    answer(survey, "Three")
    assert Hold.objects.count() == 2
    assert NetworkSalt.objects.count() == 2


def test_networks_are_forgotten_once_their_time_is_over(survey, project) -> None:
    held = answer(survey, "One", CROWDED)
    job = Job.objects.get(task="engagements.forget_networks")
    assert job.wake_at > timezone.now() + NETWORKS_KEPT
    assert forget_networks(project=project) == 0
    long_ago = timezone.now() - NETWORKS_KEPT - timedelta(days=2)
    Submission.objects.update(received_at=long_ago)
    NetworkSalt.objects.update(day=timezone.localdate(long_ago))
    fresh = answer(survey, "Two", CROWDED)
    run(tasks.forget_old_networks, job=job.uuid)
    held.hold.refresh_from_db()
    fresh.hold.refresh_from_db()
    assert held.hold.network == ""
    assert fresh.hold.network
    assert NetworkSalt.objects.count() == 1
    assert AuditEntry.objects.get(verb="engagements.networks_forgotten").was == {"answers": 1}


def test_what_comes_from_a_network_that_is_looked_out_for_goes_on_hold(
    survey, project, coordinator
) -> None:
    hold = answer(survey, "One", CROWDED).hold
    watched = watch_network(hold=hold, by=coordinator)
    assert watch_network(hold=hold, by=coordinator) == watched
    # On another day too, when its fingerprint is another.
    for rows in (NetworkSalt, WatchedNetwork):
        rows.objects.update(day=timezone.localdate() - timedelta(days=2))
    assert answer(survey, "Two").hold.reason == "chosen"
    assert not answer(survey, "Three", Origin("elsewhere")).on_hold
    end_watch(watched=watched, by=coordinator)
    assert not answer(survey, "Four").on_hold


def test_a_withdrawal_and_a_worry_leave_the_hold_as_it_is(survey, coordinator) -> None:
    comment = answer(survey, origin=CROWDED).comments.get()
    withdraw_comment(comment=comment, by=None)
    assert comment.is_withdrawn
    assert not Comment.objects.said().exists()
    lift_withdrawal(comment=comment, by=coordinator)
    assert comment.is_on_hold
    concern = raise_concern(comment=comment, by=coordinator)
    comment.refresh_from_db()
    assert comment.is_hidden_by_concern
    assert not Comment.objects.said().exists()
    resolve_concern(concern=concern, outcome="restored", decision="no_risk", by=coordinator)
    comment.refresh_from_db()
    assert comment.is_on_hold
    assert not comment.is_visible


def test_the_trail_says_why_and_holds_no_words(survey) -> None:
    answer(survey, origin=CROWDED)
    entry = AuditEntry.objects.filter(verb="engagements.submissions_added").latest("number")
    assert entry.now["on_hold"] == ["network"]
