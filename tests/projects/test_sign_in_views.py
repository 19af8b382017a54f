"""Sign-in by e-mailed code: the right code opens, anything else says what to do."""

import re
from datetime import timedelta

import pytest
from django.core.mail import EmailMessage
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from coproduction.projects.models import User
from coproduction.projects.services.person import change_person

pytestmark = pytest.mark.django_db

LOGIN = "/accounts/login/"
CODE = "/accounts/login/code/"


def ask(client: Client, email: str, prefix: str = "") -> None:
    """Ask for a code to be sent to ``email``."""
    response = client.post(prefix + LOGIN, {"email": email})
    assert response.status_code == 302
    assert response["Location"].startswith(prefix + CODE)


def code_in(mail: EmailMessage) -> str:
    """Return the code that a mail brings."""
    found = re.search(r"[A-Z0-9]{4}-[A-Z0-9]{4}", str(mail.body))
    assert found
    return found[0]


def signed_in(client: Client) -> bool:
    """Say whether this client is signed in."""
    return "_auth_user_id" in client.session


def test_the_code_in_the_mail_signs_a_person_in(
    client: Client, analyst: User, mailoutbox: list[EmailMessage]
) -> None:
    ask(client, analyst.email.upper())
    response = client.post(CODE, {"code": code_in(mailoutbox[0]).lower()})
    assert response["Location"] == reverse("overview:projects")
    assert signed_in(client)


def test_a_welsh_speaker_gets_a_welsh_mail_and_lands_on_a_welsh_page(
    client: Client, analyst: User, mailoutbox: list[EmailMessage]
) -> None:
    change_person(user=analyst, name="Anwen", language="cy")
    ask(client, analyst.email)
    response = client.post(CODE, {"code": code_in(mailoutbox[0])})
    assert response["Location"] == "/cy/projects/"
    assert "cod" in str(mailoutbox[0].subject).lower()


def test_a_wrong_code_says_so_and_the_third_is_the_last(
    client: Client, analyst: User, mailoutbox: list[EmailMessage]
) -> None:
    ask(client, analyst.email)
    for _attempt in range(2):
        response = client.post(CODE, {"code": "AAAA-AAAA"})
        assert "not the code we sent" in response.content.decode()
    response = client.post(CODE, {"code": "AAAA-AAAA"}, follow=True)
    assert "too many tries" in response.content.decode()
    client.post(CODE, {"code": code_in(mailoutbox[0])})
    assert not signed_in(client)


def test_an_expired_code_says_to_ask_for_a_new_one(
    client: Client, analyst: User, mailoutbox: list[EmailMessage], monkeypatch: pytest.MonkeyPatch
) -> None:
    ask(client, analyst.email)
    later = (timezone.now() + timedelta(minutes=16)).timestamp()
    monkeypatch.setattr("time.time", lambda: later)
    response = client.post(CODE, {"code": code_in(mailoutbox[0])}, follow=True)
    assert "no longer works" in response.content.decode()
    assert not signed_in(client)


def test_a_code_works_once(client: Client, analyst: User, mailoutbox: list[EmailMessage]) -> None:
    ask(client, analyst.email)
    code = code_in(mailoutbox[0])
    client.post(CODE, {"code": code})
    client.post("/accounts/logout/")
    assert not signed_in(client)
    response = client.post(CODE, {"code": code}, follow=True)
    assert "no longer works" in response.content.decode()
    assert not signed_in(client)


def test_a_code_of_one_browser_does_not_work_in_another(
    client: Client, analyst: User, mailoutbox: list[EmailMessage]
) -> None:
    ask(client, analyst.email)
    other = Client()
    other.post(CODE, {"code": code_in(mailoutbox[0])})
    assert not signed_in(other)


def test_an_unknown_address_is_answered_alike_and_gets_no_mail(
    client: Client, mailoutbox: list[EmailMessage]
) -> None:
    ask(client, "nobody@example.org")
    assert mailoutbox == []
    response = client.post(CODE, {"code": "AAAA-AAAA"})
    assert "not the code we sent" in response.content.decode()


def test_asking_again_and_again_is_stopped(
    client: Client, analyst: User, mailoutbox: list[EmailMessage]
) -> None:
    answers = [Client().post(LOGIN, {"email": analyst.email}) for _time in range(6)]
    assert len(mailoutbox) == 3
    assert "too many tries" in answers[-1].content.decode()


def test_nobody_can_sign_up(client: Client) -> None:
    tried = ["/accounts/signup/", "/accounts/password/reset/", "/accounts/email/"]
    assert [client.get(path).status_code for path in tried] == [404, 404, 404]


def test_no_address_and_no_code_is_logged(
    client: Client,
    analyst: User,
    mailoutbox: list[EmailMessage],
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(0)
    ask(client, analyst.email)
    client.post(CODE, {"code": "AAAA-AAAA"})
    client.post(CODE, {"code": code_in(mailoutbox[0])})
    assert analyst.email not in caplog.text
    assert code_in(mailoutbox[0]) not in caplog.text


def test_a_mail_server_that_is_away_changes_nothing_of_the_answer(
    client: Client,
    analyst: User,
    settings: pytest.FixtureRequest,
    caplog: pytest.LogCaptureFixture,
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1  # Nobody listens there.
    pages = []
    for email in (analyst.email, "nobody@example.org"):
        ask(client, email)
        pages.append(client.get(CODE).content.decode())
        client.post("/accounts/logout/")
    assert all("ask for a new code" in page for page in pages)
    assert "ConnectionRefusedError" in caplog.text
    assert analyst.email not in caplog.text


def test_an_address_longer_than_any_says_so(client: Client) -> None:
    page = client.post(LOGIN, {"email": "a" * 260 + "@example.org"}).content.decode()
    assert "too long for an e-mail address" in page
