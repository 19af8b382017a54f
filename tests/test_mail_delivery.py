"""Mail really leaves: a real process, told of a real SMTP server by EMAIL_URL alone."""

import pytest

pytestmark = [pytest.mark.processes, pytest.mark.once]

SIGN_IN = """
from django.test import Client
from coproduction.projects.services.person import find_or_add_person
find_or_add_person(email="mair@bryn.example", name="Mair")
answer = Client(headers={"host": "localhost"}).post(
    "/accounts/login/", {"email": "mair@bryn.example"}
)
assert answer.status_code == 302, answer.content
"""
# What a worker does when it is told of it.
SEND = "from tests.letters import send_what_waits; send_what_waits()"


def test_a_sign_in_code_is_delivered_over_smtp_by_another_process(migrated, post_office) -> None:
    migrated.manage("shell", "-c", SIGN_IN, EMAIL_URL=post_office.url)
    assert post_office.delivered == []
    migrated.manage("shell", "-c", SEND, EMAIL_URL=post_office.url)
    (letter,) = post_office.delivered
    assert letter["X-RcptTo"] == "mair@bryn.example"
    assert letter["From"].endswith("<noreply@127.0.0.1>")
    assert "-" in letter.get_payload()


def test_mail_is_kept_where_no_server_is_named(migrated) -> None:
    migrated.manage("shell", "-c", SIGN_IN)
    migrated.manage("shell", "-c", SEND)
    (kept,) = (migrated.folder / "mail").glob("*.log")
    assert "To: mair@bryn.example" in kept.read_text()
