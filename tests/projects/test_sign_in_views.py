"""Sign-in by e-mailed code: the right code opens, anything else says what to do."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.mail import EmailMessage
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from coproduction.projects.models import AuditEntry, Letter, User
from coproduction.projects.services.person import change_person, find_or_add_person
from coproduction.projects.trail.verification import verify

pytestmark = pytest.mark.django_db

LOGIN = "/accounts/login/"
CODE = "/accounts/login/code/"


Deliver = Callable[[], list[EmailMessage]]


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
    client: Client, analyst: User, deliver: Deliver
) -> None:
    ask(client, analyst.email.upper())
    response = client.post(CODE, {"code": code_in(deliver()[0]).lower()})
    assert response["Location"] == reverse("overview:projects")
    assert signed_in(client)


@pytest.mark.parametrize(
    "typed",
    ["POST@BÜCHER.EXAMPLE", "post@xn--bcher-kva.example", "post@bu\u0308cher.example\u200b"],
)
def test_a_code_reaches_a_person_however_they_write_their_address(
    client: Client, deliver: Deliver, typed: str
) -> None:
    find_or_add_person(email="post@bücher.example")
    ask(client, typed)
    response = client.post(CODE, {"code": code_in(deliver()[0])})
    assert response.status_code == 302
    assert signed_in(client)


def test_a_welsh_speaker_gets_a_welsh_mail_and_lands_on_a_welsh_page(
    client: Client, analyst: User, deliver: Deliver
) -> None:
    change_person(user=analyst, name="Anwen", language="cy")
    ask(client, analyst.email)
    response = client.post(CODE, {"code": code_in(deliver()[0])})
    assert response["Location"] == "/cy/projects/"
    assert "cod" in str(deliver()[0].subject).lower()


def test_a_wrong_code_says_so_and_the_third_is_the_last(
    client: Client, analyst: User, deliver: Deliver
) -> None:
    ask(client, analyst.email)
    for _attempt in range(2):
        response = client.post(CODE, {"code": "AAAA-AAAA"})
        assert "not the code we sent" in response.content.decode()
    response = client.post(CODE, {"code": "AAAA-AAAA"}, follow=True)
    assert "too many tries" in response.content.decode()
    client.post(CODE, {"code": code_in(deliver()[0])})
    assert not signed_in(client)


def test_an_expired_code_says_to_ask_for_a_new_one(
    client: Client, analyst: User, deliver: Deliver, monkeypatch: pytest.MonkeyPatch
) -> None:
    ask(client, analyst.email)
    later = (timezone.now() + timedelta(minutes=16)).timestamp()
    monkeypatch.setattr("time.time", lambda: later)
    response = client.post(CODE, {"code": code_in(deliver()[0])}, follow=True)
    assert "no longer works" in response.content.decode()
    assert not signed_in(client)


def test_a_code_works_once(client: Client, analyst: User, deliver: Deliver) -> None:
    ask(client, analyst.email)
    code = code_in(deliver()[0])
    client.post(CODE, {"code": code})
    client.post("/accounts/logout/")
    assert not signed_in(client)
    response = client.post(CODE, {"code": code}, follow=True)
    assert "no longer works" in response.content.decode()
    assert not signed_in(client)


def test_a_code_of_one_browser_does_not_work_in_another(
    client: Client, analyst: User, deliver: Deliver
) -> None:
    ask(client, analyst.email)
    other = Client()
    other.post(CODE, {"code": code_in(deliver()[0])})
    assert not signed_in(other)


def test_an_unknown_address_is_answered_alike_and_gets_no_mail(
    client: Client, deliver: Deliver
) -> None:
    ask(client, "nobody@example.org")
    assert deliver() == []
    response = client.post(CODE, {"code": "AAAA-AAAA"})
    assert "not the code we sent" in response.content.decode()


def test_asking_again_and_again_is_stopped(client: Client, analyst: User, deliver: Deliver) -> None:
    answers = [Client().post(LOGIN, {"email": analyst.email}) for _time in range(6)]
    assert len(deliver()) == 3
    assert "too many tries" in answers[-1].content.decode()


def test_nobody_can_sign_up(client: Client) -> None:
    tried = ["/accounts/signup/", "/accounts/password/reset/", "/accounts/email/"]
    assert [client.get(path).status_code for path in tried] == [404, 404, 404]


def test_no_address_and_no_code_is_logged(
    client: Client,
    analyst: User,
    deliver: Deliver,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(0)
    ask(client, analyst.email)
    client.post(CODE, {"code": "AAAA-AAAA"})
    client.post(CODE, {"code": code_in(deliver()[0])})
    assert analyst.email not in caplog.text
    assert code_in(deliver()[0]) not in caplog.text


def test_nothing_is_mailed_inside_the_request_and_the_code_is_kept_no_longer_than_it_must(
    client: Client, analyst: User, mailoutbox: list[EmailMessage], deliver: Deliver
) -> None:
    ask(client, analyst.email)
    assert mailoutbox == []
    letter = Letter.objects.get()
    assert (letter.to, letter.is_urgent, letter.project) == (analyst.email, True, None)
    assert letter.expires_at is not None
    assert 14 < (letter.expires_at - timezone.now()).total_seconds() / 60 <= 15
    code = code_in(deliver()[0])
    letter.refresh_from_db()
    assert letter.state == Letter.State.SENT
    assert code not in str(Letter.objects.values())
    assert analyst.email not in str(Letter.objects.values())


def test_a_code_that_comes_too_late_is_not_sent(
    client: Client, analyst: User, deliver: Deliver
) -> None:
    ask(client, analyst.email)
    Letter.objects.update(expires_at=timezone.now())
    assert deliver() == []
    letter = Letter.objects.get()
    assert (letter.why, letter.text, letter.to) == (Letter.Why.EXPIRED, "", "")


def test_whether_an_address_is_known_changes_nothing_of_the_answer(
    client: Client, analyst: User
) -> None:
    pages = []
    for email in (analyst.email, "nobody@example.org"):
        ask(client, email)
        pages.append(client.get(CODE).content.decode())
        client.post("/accounts/logout/")
    assert all("Send me a new code" in page for page in pages)


def ask_again(client: Client) -> str:
    """Press the button for another code on the page that waits for one; return what it says."""
    answer = client.post(CODE, {"action": "another-code"}, follow=True)
    assert answer.redirect_chain[-1][0].startswith(CODE)
    return answer.content.decode()


def test_a_new_code_takes_the_place_of_the_first(
    client: Client, analyst: User, deliver: Deliver
) -> None:
    ask(client, analyst.email)
    assert "a new code is on its way" in ask_again(client)
    first, second = (code_in(mail) for mail in deliver())
    assert first != second
    assert "not the code we sent" in client.post(CODE, {"code": first}).content.decode()
    client.post(CODE, {"code": second})
    assert signed_in(client)


def test_a_new_code_counts_as_one_asked_for(
    client: Client, analyst: User, deliver: Deliver
) -> None:
    ask(client, analyst.email)
    said = [ask_again(client) for _time in range(4)]
    assert ["too many tries" in page for page in said] == [False, False, True, True]
    mails = deliver()
    assert len(mails) == 3
    # What was sent last still works.
    client.post(CODE, {"code": code_in(mails[-1])})
    assert signed_in(client)


def test_asking_anew_tells_nobody_whether_an_address_is_known(
    client: Client, analyst: User, deliver: Deliver
) -> None:
    pages = []
    for email in (analyst.email, "nobody@example.org"):
        ask(client, email)
        pages.append(
            re.sub(r"csrfmiddlewaretoken.*?>", "", ask_again(client)).replace(email, "ADDRESS")
        )
    assert pages[0] == pages[1]
    assert {mail.to[0] for mail in deliver()} == {analyst.email}


def test_where_somebody_was_going_is_not_forgotten_with_a_new_code(
    client: Client, analyst: User, deliver: Deliver
) -> None:
    client.post(LOGIN, {"email": analyst.email, "next": "/bryn/themes/"})
    client.post(CODE, {"action": "another-code", "next": "/bryn/themes/"})
    code = code_in(deliver()[-1])
    answer = client.post(CODE, {"code": code, "next": "/bryn/themes/"})
    assert answer["Location"] == "/bryn/themes/"


def test_another_address_can_be_given_from_the_page_that_waits(
    client: Client, analyst: User, deliver: Deliver
) -> None:
    ask(client, "anwne@bryn.example")
    page = client.get(CODE).content.decode()
    assert "anwne@bryn.example" in page
    assert f'href="{LOGIN}"' in page
    assert client.get(LOGIN).status_code == 200
    ask(client, analyst.email)
    client.post(CODE, {"code": code_in(deliver()[-1])})
    assert signed_in(client)


def test_a_new_code_is_not_sent_once_the_wait_is_over(
    client: Client, analyst: User, deliver: Deliver
) -> None:
    assert client.post(CODE, {"action": "another-code"})["Location"].startswith(LOGIN)
    assert deliver() == []


def test_an_address_longer_than_any_says_so(client: Client) -> None:
    page = client.post(LOGIN, {"email": "a" * 260 + "@example.org"}).content.decode()
    assert "too long for an e-mail address" in page


def test_signing_in_and_out_and_wrong_codes_are_in_the_installations_trail(
    client: Client, analyst: User, deliver: Deliver
) -> None:
    ask(client, analyst.email)
    client.post(CODE, {"code": "AAAA-AAAA"})
    client.post(CODE, {"code": code_in(deliver()[0])})
    client.post(reverse("account_logout"))
    stranger = Client()
    ask(stranger, "nobody@bryn.example")
    stranger.post(CODE, {"code": "AAAA-AAAA"})
    entries = list(AuditEntry.objects.filter(project=None).order_by("number"))
    wrong, signed_in_, out, unknown = entries
    assert [entry.verb.partition(".")[2] for entry in entries] == [
        "sign_in_code_wrong",
        "signed_in",
        "signed_out",
        "sign_in_code_wrong",
    ]
    assert signed_in_.by == out.by == analyst
    # A wrong code says the same of somebody and of nobody: which address, to us alone.
    assert (wrong.by, wrong.subject_id) == (unknown.by, unknown.subject_id) == (None, "")
    assert wrong.now.keys() == unknown.now.keys() == {"address"}
    assert wrong.now != unknown.now
    assert verify(None).faults == ()
    assert verify(None).entries == 4
    AuditEntry.objects.filter(pk=wrong.pk).update(verb="projects.signed_in")
    assert verify(None).fault == "entry 1 was changed"
