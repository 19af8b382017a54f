"""Pages of organisations: the list, adding one, putting one right."""

import pytest
from django.urls import reverse

from coproduction.projects.models import Project
from coproduction.projects.services.organisation import add_organisation


@pytest.fixture
def client(client_of, facilitator):
    """Ffion's browser."""
    return client_of(facilitator)


def at(name: str, project: Project, **kwargs: object) -> str:
    return reverse(f"projects:{name}", kwargs={"project": project.slug, **kwargs})


def test_organisations_are_added_and_changed(client, project, facilitator) -> None:
    sent = {"name_en": "The library", "name_cy": "Y llyfrgell", "sector": "council"}
    client.post(at("organisation_add", project), sent)
    page = client.get(at("organisation_list", project)).content.decode()
    assert "The library" in page
    assert '<a href="/bryn/workshops/" aria-current="true">' in page
    again = client.post(at("organisation_add", project), sent)
    assert "That organisation is on the list already." in again.content.decode()
    body = add_organisation(
        project=project, name={"en": "Friends of the park"}, sector="charity", by=facilitator
    )
    url = at("organisation_change", project, uuid=body.uuid)
    client.post(url, {"name_en": "Friends of the parks", "name_cy": "", "sector": "charity"})
    body.refresh_from_db()
    assert body.name.text("en") == "Friends of the parks"


def test_the_next_organisation_can_follow_at_once(client, project) -> None:
    sent = {"name_en": "The library", "name_cy": "", "sector": "council", "again": "1"}
    response = client.post(at("organisation_add", project), sent)
    assert response["Location"] == at("organisation_add", project)


def test_the_list_of_organisations_costs_the_same(
    client, project, facilitator, assert_same_queries
) -> None:
    assert_same_queries(
        client,
        at("organisation_list", project),
        lambda number: add_organisation(
            project=project, name={"en": f"Club {number}"}, sector="charity", by=facilitator
        ),
    )
