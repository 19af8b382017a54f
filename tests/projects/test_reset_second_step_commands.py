"""The command for somebody who lost the second step of signing in."""

from collections.abc import Callable
from io import StringIO

import pytest
from allauth.mfa.models import Authenticator
from django.core.mail import EmailMessage
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from coproduction.projects.models import AuditEntry, Project, User
from coproduction.projects.trail.verification import verify
from tests.second_step import set_up_app, sign_in_by_code

pytestmark = pytest.mark.django_db

INDEX = "/accounts/me/second-step/"


def test_who_lost_it_signs_in_without_and_is_led_to_a_new_one(
    client: Client,
    project: Project,
    coordinator: User,
    deliver: Callable[[], list[EmailMessage]],
) -> None:
    sign_in_by_code(client, coordinator, deliver)
    set_up_app(client, INDEX)
    User.objects.update(second_step_due=timezone.now())
    out = StringIO()
    call_command("reset_second_step", coordinator.email.upper(), stdout=out)
    assert "Ended 1 sessions" in out.getvalue()
    assert not Authenticator.objects.exists()
    assert client.get("/accounts/me/").status_code == 302
    entry = AuditEntry.objects.filter(project=project).latest("number")
    assert (entry.verb, entry.by) == ("projects.second_step_reset", None)
    assert entry.subject_id == str(coordinator.uuid)
    assert verify(project).fault is None
    assert "because it was lost" in deliver()[-1].body
    assert sign_in_by_code(client, coordinator, deliver)["Location"] == INDEX
    assert client.get("/bryn/team/")["Location"].startswith(INDEX)


def test_an_address_of_nobody_is_said() -> None:
    with pytest.raises(CommandError, match="Nobody has that address"):
        call_command("reset_second_step", "nobody@example.org")
