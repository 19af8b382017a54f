"""The settings of a project: what they keep and refuse."""

from typing import Any

import pytest
from django.test import Client

from coproduction.projects.models import Project, User

pytestmark = pytest.mark.django_db
SETTINGS = "/bryn/settings/"
LONG = "a" * 260 + "@example.org"


@pytest.fixture
def carys(client_of, coordinator: User) -> Client:
    """The co-ordinator's browser."""
    return client_of(coordinator)


def settings_of(**fields: Any) -> dict[str, Any]:
    """Fill the form of the settings in."""
    texts = {"name_en": "Bryn", "name_cy": "Bryn", "scope_en": "A park", "scope_cy": "Parc"}
    return {"place": "Bryn", "languages": ["en", "cy"], **texts, **fields}


@pytest.mark.parametrize("field", ["contact_email", "safeguarding_lead"])
def test_an_address_longer_than_any_is_refused_beside_its_box(
    field: str, carys: Client, project: Project
) -> None:
    page = carys.post(SETTINGS, settings_of(**{field: LONG}))
    assert page.status_code == 200
    assert "254 characters or fewer" in str(page.context["form"].errors[field])


def test_saving_the_settings_keeps_the_language_written_first(
    carys: Client, project: Project
) -> None:
    Project.objects.update(languages=["cy", "en"])
    assert carys.post(SETTINGS, settings_of()).status_code == 302
    project.refresh_from_db()
    assert project.languages == ["cy", "en"]
    carys.post(SETTINGS, settings_of(languages=["en"]))
    carys.post(SETTINGS, settings_of(languages=["en", "cy"]))
    project.refresh_from_db()
    assert project.languages == ["en", "cy"]


def test_a_place_of_two_lines_is_kept_as_one(carys: Client, project: Project) -> None:
    carys.post(SETTINGS, settings_of(place="Bryn\r\nBcc: x@y.example"))
    project.refresh_from_db()
    assert project.place == "Bryn Bcc: x@y.example"
