"""The front door: an empty installation, a person's projects, beginning one."""

import pytest
from django.test import Client

from coproduction.projects.models import Project, Role, User
from coproduction.projects.services.membership import add_member
from coproduction.projects.services.project import create_project
from engagements.models import Question

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


def test_a_persons_projects_are_listed_at_a_constant_cost(
    client_of, assert_same_queries, stranger: User
) -> None:
    create_project(slug="place-0", place="Place 0", by=stranger)
    assert_same_queries(
        client_of(stranger),
        "/projects/?all=1",
        lambda n: create_project(slug=f"place-{n}", place=f"Place {n}", by=stranger),
    )
