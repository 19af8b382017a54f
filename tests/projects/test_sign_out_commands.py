"""The command that signs one person out, or everybody."""

from collections.abc import Callable
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from coproduction.projects.models import Session, User

ClientOf = Callable[[User], Client]

pytestmark = pytest.mark.django_db


def told(*args: str, **options: bool) -> str:
    """Return what a command says."""
    out = StringIO()
    call_command(*args, stdout=out, **options)
    return out.getvalue()


def is_signed_in(client: Client) -> bool:
    """Open a page that is for the signed-in."""
    return client.get("/accounts/me/").status_code == 200


def test_one_person_is_signed_out_everywhere(
    analyst: User, member: User, client_of: ClientOf
) -> None:
    one, two, other = client_of(analyst), client_of(analyst), client_of(member)
    assert "Ended 2 sessions" in told("sign_out", analyst.email.upper())
    assert [is_signed_in(each) for each in (one, two, other)] == [False, False, True]


def test_everybody_is_signed_out_and_what_waits_for_its_writer_stays(
    analyst: User, member: User, client_of: ClientOf, client: Client
) -> None:
    waiting = client.session
    waiting["unsent"] = []
    waiting.save()
    browsers = [client_of(analyst), client_of(member)]
    assert "Ended 2 sessions" in told("sign_out", everybody=True)
    assert not any(is_signed_in(each) for each in browsers)
    assert [row.pk for row in Session.objects.filter(user=None)] == [waiting.session_key]


def test_an_address_of_nobody_is_said() -> None:
    with pytest.raises(CommandError, match="Nobody has that address"):
        call_command("sign_out", "nobody@example.org")
