"""The team's overview: each stage and the next step, in words."""

from datetime import date

import pytest

from coproduction.projects.models import Letter, Project, User
from coproduction.projects.services.letter import Draft, write_letters
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
        limit=21,
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
