"""The command that begins a project."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from coproduction.projects.models import Membership, Project

pytestmark = pytest.mark.django_db


def test_create_project_command_makes_a_project_its_owner_can_open() -> None:
    out = StringIO()
    call_command("create_project", "cwm", place="Cwm", owner="owner@example.org", stdout=out)
    assert Membership.objects.get(project__slug="cwm").user.email == "owner@example.org"
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
