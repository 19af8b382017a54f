"""The command that gives an account to somebody who looks after the installation."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client, override_settings

from coproduction.projects.models import Membership, User

pytestmark = [pytest.mark.django_db, pytest.mark.once]
OPERATORS = override_settings(
    OPERATORS=frozenset({"ops@charity.example"}), SITE_URL="https://plan.example.org"
)


@OPERATORS
def test_an_operator_gets_an_account_and_a_way_to_the_installation_and_no_role() -> None:
    out = StringIO()
    for _again in range(2):
        call_command("create_operator", "Ops@Charity.example", stdout=out)
    assert "sign in at https://plan.example.org/accounts/login/" in out.getvalue()
    person = User.objects.get(email__iexact="ops@charity.example")
    assert not Membership.objects.filter(user=person).exists()
    client = Client()
    client.force_login(person)
    about = client.get("/accounts/me/")
    assert 'href="/installation/"' in about.content.decode()
    assert client.get("/installation/").status_code == 200


@OPERATORS
def test_nobody_gets_one_whose_address_is_not_set() -> None:
    with pytest.raises(CommandError, match="does not stand in OPERATORS"):
        call_command("create_operator", "carys@example.org", stdout=StringIO())
    assert not User.objects.exists()


@OPERATORS
def test_whoever_came_in_with_a_project_from_elsewhere_can_sign_in_then() -> None:
    User.objects.create(email="ops@charity.example", is_active=False, came_along=True)
    call_command("create_operator", "ops@charity.example", stdout=StringIO())
    person = User.objects.get()
    assert (person.is_active, person.came_along) == (True, False)
