"""A project's public pages that belong to no stage."""

import pytest
from django.test import Client

from coproduction.projects.models import Project, User
from coproduction.projects.services.project import create_project
from tests.themes.comments import make_comments

pytestmark = pytest.mark.django_db


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
    assert '<span lang="en" dir="ltr">Cwm &lt;together&gt;</span>' in page


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


def test_an_invented_place_says_so_on_every_public_page(client: Client, project: Project) -> None:
    Project.objects.filter(pk=project.pk).update(is_invented=True)
    pages = ["/bryn/", "/bryn/privacy/", "/bryn/accessibility/", "/bryn/what-we-heard/"]
    said = [path for path in pages if "invented place" in client.get(path).content.decode()]
    assert said == pages
