"""Pages of organisations."""

from tests.workshops.material import (
    at,
    make_organisation,
)


def test_organisations_are_added_and_changed(client, project) -> None:
    sent = {"name_en": "The library", "name_cy": "Y llyfrgell", "sector": "council"}
    client.post(at("organisation_add", project), sent)
    page = client.get(at("organisation_list", project)).content.decode()
    assert "The library" in page
    again = client.post(at("organisation_add", project), sent)
    assert "That organisation is on the list already." in again.content.decode()
    body = make_organisation(project)
    url = at("organisation_change", project, uuid=body.uuid)
    client.post(url, {"name_en": "Friends of the parks", "name_cy": "", "sector": "charity"})
    body.refresh_from_db()
    assert body.name.text("en") == "Friends of the parks"


def test_the_next_organisation_can_follow_at_once(client, project) -> None:
    sent = {"name_en": "The library", "name_cy": "", "sector": "council", "again": "1"}
    response = client.post(at("organisation_add", project), sent)
    assert response["Location"] == at("organisation_add", project)


def test_the_list_of_organisations_costs_the_same(client, project, assert_same_queries) -> None:
    assert_same_queries(
        client,
        at("organisation_list", project),
        lambda number: make_organisation(project, f"Club {number}"),
    )
