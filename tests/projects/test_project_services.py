"""Beginning a project and changing what it says of itself."""

from collections.abc import Callable

import pytest
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage

from coproduction.projects.models import Project, Role, User
from coproduction.projects.services.membership import (
    invite_member,
)
from coproduction.projects.services.project import (
    ProjectAddressTaken,
    change_project,
    create_project,
)
from coproduction.projects.trail.verification import verify

pytestmark = pytest.mark.django_db


def test_creating_a_project_makes_its_owner_a_coordinator_and_begins_the_chain(
    stranger: User,
) -> None:
    project = create_project(slug="cwm", place="Cwm", by=stranger)
    assert list(project.memberships.values_list("user", "role")) == [
        (stranger.pk, Role.COORDINATOR)
    ]
    assert verify(project).entries == 2
    assert (str(project.name), project.languages) == ("Cwm", ["en", "cy"])


@pytest.mark.parametrize("slug", ["bryn", "accounts", "cy", "healthz", "static"])
def test_an_address_that_is_taken_or_means_something_else_is_refused(
    project: Project, stranger: User, slug: str
) -> None:
    assert project.slug == "bryn"
    with pytest.raises(ProjectAddressTaken):
        create_project(slug=slug, place="Elsewhere", by=stranger)
    assert Project.objects.count() == 1


@pytest.mark.parametrize("slug", ["Bryn", "a b", "-a", "a--b", "", "a/b", "café"])
def test_an_address_that_is_not_one_is_refused(stranger: User, slug: str) -> None:
    with pytest.raises(ValidationError):
        create_project(slug=slug, place="Elsewhere", by=stranger)
    assert not Project.objects.exists()


def test_changing_a_project_leaves_its_translation_visibly_out_of_date(
    project: Project, coordinator: User
) -> None:
    def change(scope: dict[str, str]) -> None:
        change_project(
            project=project,
            place="Bryn",
            name={"en": "Bryn together", "cy": "Bryn gyda'n gilydd"},
            scope=scope,
            languages=["en", "cy"],
            contact_email="",
            safeguarding_lead="",
            figures_are_public=True,
            by=coordinator,
        )

    change({"en": "We can change the park.", "cy": "Gallwn newid y parc."})
    assert project.scope.out_of_date(["en", "cy"]) == []
    change({"en": "We can change the park and the road.", "cy": "Gallwn newid y parc."})
    project.refresh_from_db()
    assert project.scope.out_of_date(["en", "cy"]) == ["cy"]


def test_a_place_is_one_line_however_it_was_typed(
    stranger: User, deliver: Callable[[], list[EmailMessage]]
) -> None:
    project = create_project(slug="cwm", place=" Cwm\r\nBcc: x@y.example", by=stranger)
    assert project.place == "Cwm Bcc: x@y.example"
    Project.objects.update(place="Cwm\nBcc: x@y.example")  # As it may stand from before.
    invite_member(project=project, email="nia@example.org", role=Role.ANALYST, by=stranger)
    (letter,) = deliver()
    assert letter.recipients() == ["nia@example.org"]
    assert "\n" not in letter.subject
