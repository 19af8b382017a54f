"""The command that begins a project."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from coproduction.projects.models import Membership, Project, User
from themes.models import Theme
from themes.services.codebook import add_theme

pytestmark = pytest.mark.django_db


def test_create_project_command_makes_a_project_its_owner_can_open() -> None:
    out = StringIO()
    call_command("create_project", "cwm", place="Cwm", owner="owner@example.org", stdout=out)
    given = Membership.objects.filter(project__slug="cwm", user__email="owner@example.org")
    # Who begins alone codes, types, runs workshops, chairs and writes the plan too.
    assert set(given.filter(stands_in=True).values_list("role", flat=True)) == {
        *("analyst", "facilitator", "chair", "editor")
    }
    assert given.get(stands_in=False).role == "coordinator"
    assert "/cwm/team/" in out.getvalue()


@pytest.mark.parametrize(
    ("slug", "owner", "says"),
    [
        ("cwm", "not an address", "valid email"),
        ("accounts", "owner@example.org", "Choose another"),
        ("Cwm!", "owner@example.org", "small letters"),
    ],
)
def test_create_project_command_says_what_is_wrong_and_makes_nothing(
    slug: str, owner: str, says: str
) -> None:
    with pytest.raises(CommandError, match=says):
        call_command("create_project", slug, place="Cwm", owner=owner, stdout=StringIO())
    assert not Project.objects.exists()


def test_create_project_command_begins_from_another_with_what_is_named(
    project: Project, coordinator: User, analyst: User
) -> None:
    add_theme(project=project, name={"en": "Play"}, by=analyst)
    out, about = StringIO(), {"place": "Cwm", "owner": coordinator.email, "origin": "bryn"}
    call_command("create_project", "cwm", stdout=out, **about)
    made = Project.objects.get(slug="cwm")
    assert [str(theme.name) for theme in Theme.objects.of(made)] == ["Play"]
    assert "/cwm/settings/begun-from/" in out.getvalue()
    # Nobody has read yet what it can change, and it would be public at once.
    assert not made.scope
    call_command("create_project", "glan", take=["questions"], stdout=out, **about)
    assert not Theme.objects.of(Project.objects.get(slug="glan")).exists()


@pytest.mark.parametrize(
    ("owner", "origin", "says"),
    [
        ("analyst@bryn.example", "bryn", "only its co-ordinators can"),
        ("coordinator@bryn.example", "glyn", "There is no project glyn"),
    ],
)
def test_create_project_command_begins_from_no_project_of_others(
    project: Project, analyst: User, owner: str, origin: str, says: str
) -> None:
    with pytest.raises(CommandError, match=says):
        call_command(
            "create_project", "cwm", place="Cwm", owner=owner, origin=origin, stdout=StringIO()
        )
    assert Project.objects.count() == 1
