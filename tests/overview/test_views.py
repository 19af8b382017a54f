"""The pages over all stages: an empty installation, a project's home, the team's overview."""

from datetime import date

import pytest
from django.test import Client

from coproduction.projects.access import CAPABILITIES
from coproduction.projects.models import Project, Role, User
from coproduction.projects.services.membership import add_member
from coproduction.projects.services.project import create_project
from engagements.models import Engagement, Question
from engagements.services.engagement import plan_engagement
from overview.queries import StageState, Step, next_step, stages
from steering.services.decision import record_decision
from tests.steering.group import (
    agree_to_review,
    answer,
    make_round,
    make_seats,
    make_wording,
    set_quorum,
)
from tests.themes.comments import make_comments

pytestmark = pytest.mark.django_db


def test_an_empty_installation_says_how_to_begin(client: Client) -> None:
    page = client.get("/").content.decode()
    assert "create_project" in page
    assert "load_sample" in page


def test_the_front_door_lists_the_projects_at_a_constant_cost(
    client: Client, assert_same_queries, stranger: User
) -> None:
    assert_same_queries(
        client,
        "/",
        lambda n: create_project(
            slug=f"place-{n}", place=f"Place {n}", scope={"en": "Parks."}, by=stranger
        ),
    )


def test_the_front_door_leaves_out_a_project_that_is_being_set_up(
    client: Client, stranger: User
) -> None:
    create_project(slug="cwm", place="Cwm Newydd", by=stranger)
    page = client.get("/").content.decode()
    assert "Cwm Newydd" not in page
    assert "create_project" not in page
    assert "being set up" in page
    create_project(slug="pen", place="Pen Newydd", scope={"en": "Parks."}, by=stranger)
    assert "Pen Newydd" in client.get("/").content.decode()


def test_a_title_is_plain_text_where_its_welsh_is_missing(client: Client, stranger: User) -> None:
    create_project(
        slug="cwm",
        place="Cwm & Pen",
        name={"en": "Cwm <together>"},
        languages=["en", "cy"],
        by=stranger,
    )
    page = client.get("/cy/cwm/").content.decode()
    title = page.split("<title>")[1].split("</title>")[0]
    assert " ".join(title.split()) == "Cwm &lt;together&gt; · Cwm &amp; Pen"
    assert '<span lang="en">Cwm &lt;together&gt;</span>' in page


def test_whoever_co_ordinates_one_project_finds_how_to_begin_another(
    client_of, project: Project, coordinator: User, analyst: User
) -> None:
    carys = client_of(coordinator)
    assert 'href="/accounts/me/"' in carys.get("/bryn/team/").content.decode()
    assert 'href="/projects/?all=1"' in carys.get("/accounts/me/").content.decode()
    assert "/projects/begin/" in carys.get("/projects/?all=1").content.decode()
    assert "/projects/begin/" not in client_of(analyst).get("/projects/?all=1").content.decode()


def test_a_person_with_one_project_goes_straight_to_their_work(
    client_of, project: Project, analyst: User, member: User
) -> None:
    assert client_of(analyst).get("/projects/")["Location"] == "/bryn/team/"
    assert client_of(member).get("/projects/")["Location"] == "/bryn/steering/"


def test_a_person_with_several_projects_chooses(
    client_of, project: Project, analyst: User, other_project: Project, other_coordinator: User
) -> None:
    add_member(project=other_project, user=analyst, role=Role.ANALYST, by=other_coordinator)
    page = client_of(analyst).get("/projects/").content.decode()
    assert "/bryn/team/" in page
    assert "/glyn/team/" in page


def test_the_team_sees_each_stage_and_its_own_next_step(
    client_of, project: Project, coordinator: User
) -> None:
    first = next_step(stages(project, frozenset({Role.COORDINATOR})), frozenset({Role.COORDINATOR}))
    assert first is not None
    assert first.url == "/bryn/settings/"
    page = client_of(coordinator).get("/bryn/team/").content.decode()
    assert first.text in page


def stage(key: str, capability: str, *, waits: bool, begun: bool = True) -> StageState:
    """Make the state of a stage by hand."""
    step = Step(f"do {key}", "Go", f"/{key}/", capability, waits=waits)
    return StageState(key, key, f"/{key}/", "team.view", [(int(begun), "things")], step)


def test_what_waits_comes_before_what_only_could_be_done() -> None:
    states = [
        stage("listen", "engagements.log", waits=False),
        stage("theme", "themes.code", waits=True),
        stage("steer", "rounds.record", waits=True),
        stage("plan", "plan.view", waits=False),
    ]
    found = {
        role: next_step(states, frozenset({role})) for role in ("analyst", "chair", "editor")
    } | {"facilitator": next_step(states, frozenset({"facilitator"}))}
    assert {role: step.text if step else "" for role, step in found.items()} == {
        "analyst": "do theme",
        "chair": "do steer",
        "editor": "do plan",
        "facilitator": "do listen",
    }


def test_a_stage_not_begun_waits_for_the_one_that_has() -> None:
    states = [
        stage("listen", "engagements.log", waits=False),
        stage("design", "workshops.run", waits=True, begun=False),
    ]
    step = next_step(states, frozenset({"facilitator"}))
    assert step is not None
    assert step.text == "do listen"


def test_each_stage_is_shown_to_those_who_may_open_it(project: Project) -> None:
    seen = 0
    for role in Role.values:
        shown = {state.key for state in stages(project, frozenset({role}))}
        may = {
            stage
            for stage in ("engagements", "themes", "workshops", "steering", "plan")
            if role in CAPABILITIES[f"{stage}.view"]
        }
        assert shown == may, role
        seen += 1
    assert seen == len(Role.values)


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
        limit=20,
    )


def test_a_coordinator_begins_another_project_with_its_questions(
    client_of, project: Project, coordinator: User
) -> None:
    answer = client_of(coordinator).post(
        "/projects/begin/",
        {
            "slug": "cwm",
            "place": "Cwm",
            "name_en": "Cwm together",
            "name_cy": "Cwm gyda'n gilydd",
            "scope_en": "The park.",
            "scope_cy": "Y parc.",
            "languages": ["en", "cy"],
            "question_asset_en": "What do we have?",
            "question_asset_cy": "Beth sydd gennym?",
            "question_need_en": "What do we need?",
            "question_need_cy": "Beth sydd ei angen?",
            "question_change_en": "What should change?",
            "question_change_cy": "Beth ddylai newid?",
        },
    )
    assert answer["Location"] == "/cwm/team/"
    made = Project.objects.get(slug="cwm")
    assert made.scope.text("cy") == "Y parc."
    assert Question.objects.of(made).get(kind="need").wording.text("en") == "What do we need?"


def test_nobody_else_begins_a_project(client_of, project: Project, analyst: User) -> None:
    assert client_of(analyst).get("/projects/begin/").status_code == 403


@pytest.mark.parametrize("path", ["/bryn/", "/bryn/privacy/", "/bryn/accessibility/"])
def test_a_projects_public_pages_are_the_same_for_everyone(
    client: Client, client_of, project: Project, coordinator: User, path: str
) -> None:
    assert client.get(path).content == client_of(coordinator).get(path).content
    assert client.get("/cy" + path).status_code == 200


def test_few_people_and_few_comments_stay_few_on_a_projects_home(
    client: Client, project: Project
) -> None:
    make_comments(project, "The river.", "The hill.")
    page = " ".join(client.get("/bryn/").content.decode().split())
    assert "fewer than 10 comments from" in page
    assert "2 comments" not in page


def test_the_overview_counts_actions_agreed_now(project: Project, chair: User) -> None:
    def told() -> tuple[int, str]:
        (state,) = [one for one in stages(project, frozenset({"chair"})) if one.key == "steering"]
        return state.figures[-1]

    make_seats(project, chair, 3)
    set_quorum(project, chair, 2)
    wording = make_wording(project, chair)
    agree_to_review(wording, chair)
    assert told() == (1, "action agreed")
    round = make_round(wording, chair)
    answer(round, ["not_yet"] * 3, chair)
    record_decision(round=round, outcome="sent_back", reason={"en": "Not now."}, by=chair)
    assert told() == (0, "actions agreed")


def test_an_invented_place_says_so_on_every_public_page(client: Client, project: Project) -> None:
    Project.objects.filter(pk=project.pk).update(is_invented=True)
    pages = ["/bryn/", "/bryn/privacy/", "/bryn/accessibility/", "/bryn/what-we-heard/"]
    said = [path for path in pages if "invented place" in client.get(path).content.decode()]
    assert said == pages


def test_a_persons_projects_are_listed_at_a_constant_cost(
    client_of, assert_same_queries, stranger: User
) -> None:
    create_project(slug="place-0", place="Place 0", by=stranger)
    assert_same_queries(
        client_of(stranger),
        "/projects/?all=1",
        lambda n: create_project(slug=f"place-{n}", place=f"Place {n}", by=stranger),
    )
