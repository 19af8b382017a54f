"""The team's overview: each stage and the next step, in words."""

from datetime import date, timedelta

import pytest
from django.utils import timezone
from django.utils.formats import date_format

from coproduction.projects.models import (
    DataComplaint,
    Letter,
    Project,
    RetentionNotice,
    User,
)
from coproduction.projects.services.complaint import (
    acknowledge_complaint,
    answer_complaint,
    make_complaint,
)
from coproduction.projects.services.letter import Draft, write_letters
from coproduction.projects.services.retention import put_off
from engagements.models import Engagement
from engagements.services.engagement import plan_engagement

pytestmark = pytest.mark.django_db


def test_the_team_sees_each_stage_and_its_own_next_step(
    client_of, project: Project, coordinator: User
) -> None:
    page = client_of(coordinator).get("/bryn/team/")
    assert page.context["next_step"]["url"] == "/bryn/settings/"
    assert page.context["next_step"]["text"] in page.content.decode()


def test_the_overview_costs_the_same_however_much_there_is(
    client_of, assert_same_queries, project: Project, coordinator: User
) -> None:
    assert_same_queries(
        client_of(coordinator),
        "/bryn/team/",
        lambda n: plan_engagement(
            project=project,
            title=f"Occasion {n}",
            method="event",
            date=date(2024, 1, 1),
            status=Engagement.Status.HELD,
            people_heard=n,
            by=coordinator,
        ),
        limit=25,
    )


def test_a_coordinator_is_told_of_letters_that_did_not_arrive(
    client_of, project: Project, coordinator: User, analyst: User
) -> None:
    said = "2 letters did not arrive, or may not have."
    assert "did not arrive" not in client_of(coordinator).get("/bryn/team/").content.decode()
    drafts = [Draft(f"{who}@bryn.example", "Asked", "Please", "en") for who in ("mair", "dai", "x")]
    letters = write_letters(project=project, kind="a_kind", drafts=drafts)
    for letter, state in zip(letters, ["refused", "uncertain", "waiting"], strict=True):
        Letter.objects.filter(pk=letter.pk).update(state=state)
    page = client_of(coordinator).get("/bryn/team/").content.decode()
    assert said in page
    assert 'href="/bryn/settings/letters/"' in page
    assert said not in client_of(analyst).get("/bryn/team/").content.decode()


def test_a_complaint_stands_there_with_its_day_until_it_is_answered(
    client_of, project: Project, coordinator: User, analyst: User
) -> None:
    def page(user: User = coordinator) -> str:
        return client_of(user).get("/bryn/team/").content.decode()

    assert "complaint" not in page()
    said = {"name": "", "email": "nia@bryn.example", "text": "You kept it.", "language": "en"}
    first = make_complaint(project=project, **said)
    make_complaint(project=project, **said | {"text": "And my address."})
    day = timezone.localdate() + timedelta(days=30)
    assert "2 complaints about data wait for an answer." in page()
    assert f"Say by {date_format(day)} that it came." in page()
    assert 'href="/bryn/settings/complaints/"' in page()
    assert "complaint" not in page(analyst)
    DataComplaint.objects.filter(pk=first.pk).update(
        received_at=timezone.now() - timedelta(days=31)
    )
    late = date_format(timezone.localdate() - timedelta(days=1))
    assert f"Somebody was to be told by {late} that theirs came. Do it today." in page()
    for each in DataComplaint.objects.all():
        acknowledge_complaint(complaint=each, by=coordinator)
    assert "They know that it came. Answer as soon as you can." in page()
    for each in DataComplaint.objects.all():
        answer_complaint(complaint=each, reply="It is gone.", by=coordinator)
    assert "complaint" not in page()


def test_what_is_announced_to_go_stands_there_until_it_went(
    client_of, project: Project, coordinator: User, analyst: User
) -> None:
    def page(user: User = coordinator) -> str:
        return client_of(user).get("/bryn/team/").content.decode()

    day = timezone.localdate() + timedelta(days=14)
    notice = RetentionNotice.objects.create(
        project=project,
        as_of=day,
        due_on=day,
        months={"imports": 12, "letters": 3},
        counts={"imports": 3, "letters": 1},
    )
    said = "they were kept for a while only."
    assert f"4 things go on {date_format(day)}: {said}" in page()
    assert "Look first. You can put it off once." in page()
    assert 'href="/bryn/settings/periods/next/"' in page()
    assert said not in page(analyst)
    put_off(notice=notice, why="We are looking.", by=coordinator)
    later = date_format(day + timedelta(days=30))
    assert f"4 things go on {later}: {said}" in page()
    assert "It was put off once already." in page()
    RetentionNotice.objects.update(done_at=timezone.now())
    assert said not in page()
