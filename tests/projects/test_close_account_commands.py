"""The command after which somebody signs in no more."""

from collections.abc import Callable
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from coproduction.projects.models import AuditEntry, Letter, Project, Session, User
from coproduction.projects.trail.verification import verify

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


def test_a_closed_account_is_signed_out_and_gets_no_code_that_works(
    project: Project, analyst: User, client_of: ClientOf, client: Client
) -> None:
    browser = client_of(analyst)
    assert "Ended 1 sessions" in told("close_account", analyst.email)
    assert not is_signed_in(browser)
    assert not Session.objects.filter(user=analyst).exists()
    client.post("/accounts/login/", {"email": analyst.email})
    assert Letter.objects.filter(kind=Letter.SIGN_IN_CODE).count() == 1
    assert User.objects.who_signs_in_at(analyst.email) is None
    # A session made nevertheless opens nothing.
    assert not is_signed_in(client_of(analyst))
    assert told("close_account", analyst.email)
    told("close_account", analyst.email, reopen=True)
    assert is_signed_in(client_of(analyst))
    kept = AuditEntry.objects.filter(project=project, subject_id=str(analyst.uuid))
    verbs = list(kept.order_by("number").values_list("verb", flat=True))
    assert verbs == ["projects.account_closed", "projects.account_reopened"]
    assert verify(project).fault is None


def test_an_address_of_nobody_is_said() -> None:
    with pytest.raises(CommandError, match="Nobody has that address"):
        call_command("close_account", "nobody@example.org")
