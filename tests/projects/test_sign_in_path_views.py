"""Signing in tells nobody whose address is known, and nobody is kept out by who types hers."""

import re
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
from django.apps import apps
from django.core.mail import EmailMessage
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from coproduction.jobs.models import Job
from coproduction.projects.known_browser import COOKIE
from coproduction.projects.models import Letter, User
from tests.jobs.conftest import OwnQueue, queue  # noqa: F401 - a fixture

pytestmark = pytest.mark.django_db

LOGIN = "/accounts/login/"
CODE = "/accounts/login/code/"
WRONG = {"code": "AAAA-AAAA"}
Deliver = Callable[[], list[EmailMessage]]


def code_in(mail: EmailMessage) -> str:
    """Return the code that a mail brings."""
    found = re.search(r"[A-Z0-9]{4}-[A-Z0-9]{4}", str(mail.body))
    assert found
    return found[0]


def shape_of(sql: str) -> str:
    """Return a question to the database without what it was asked about."""
    return re.sub(r"'[^']*'|\b\d[\d.e+-]*\b|\b[0-9a-f]{32}\b|\bs\d+_x\d+\b", "?", sql)


def rows() -> dict[str, int]:
    """Count the rows of every table."""
    return {model._meta.label: model._default_manager.count() for model in apps.get_models()}


def what_is_the_same(answer: Any, email: str) -> tuple[int, str, dict[str, str]]:
    """Return an answer without what is new in each: tokens, names of sessions, the time."""
    page = re.sub(r'(name="csrfmiddlewaretoken" value=")\w+', r"\1", answer.content.decode())
    # What somebody typed is shown to them, so that they can see where it is wrong.
    page = page.replace(email, "THE ADDRESS")
    cookies = {name: str(len(each.value)) for name, each in answer.cookies.items()}
    headers = {name: "".join(sorted(value)) for name, value in answer.headers.items()}
    request = str(len(headers["X-Request-ID"]))
    return answer.status_code, page, {**headers, **cookies, "Expires": "", "X-Request-ID": request}


def path_of(email: str) -> list[tuple[Any, ...]]:
    """Ask for a code, and for another, and type three wrong ones; return all that was done."""
    client, done = Client(), []
    steps = [
        lambda: client.get(LOGIN),
        lambda: client.post(LOGIN, {"email": email}),
        lambda: client.get(CODE),
        lambda: client.post(CODE, {"action": "another-code"}),
        lambda: client.get(CODE),
        *[lambda: client.post(CODE, WRONG)] * 3,
        lambda: client.get(LOGIN),
    ]
    for step in steps:
        before = rows()
        with CaptureQueriesContext(connection) as seen:
            answer = step()
        more = {table: count - before[table] for table, count in rows().items()}
        shapes = [shape_of(query["sql"]) for query in seen.captured_queries]
        done.append((shapes, more, what_is_the_same(answer, email)))
    return done


def test_a_known_and_an_unknown_address_take_the_same_path(
    analyst: User, say: Callable[[str], None]
) -> None:
    path_of("warm@bryn.example")  # What is remembered between requests is nobody's.
    Job.objects.all().delete()
    known = path_of(analyst.email)
    Job.objects.all().delete()
    unknown = path_of("anelyst@bryn.example")
    for step, (mine, theirs) in enumerate(zip(known, unknown, strict=True)):
        for what, here, there in zip(("sql", "rows", "answer"), mine, theirs, strict=True):
            assert here == there, f"step {step}: {what}"
    written = sum((Counter(more) for _sql, more, _page in known), Counter())
    assert written == {
        **{"projects.Letter": 2, "jobs.Job": 1, "projects.Session": 1},
        # The wrong codes that were tried.
        "projects.AuditEntry": 3,
    }
    queries = sum(len(sql) for sql, _more, _page in known)
    size = sum(len(page[1]) for _sql, _more, page in known)
    say(f"sign-in, known and unknown: {len(known)} requests, {queries} queries, {size} bytes alike")


def test_somebody_who_may_no_longer_sign_in_is_like_nobody(
    analyst: User, client: Client, deliver: Deliver
) -> None:
    User.objects.filter(pk=analyst.pk).update(is_active=False)
    client.post(LOGIN, {"email": analyst.email})
    assert deliver() == []


def test_a_letter_to_nobody_is_dropped_and_its_address_forgotten(
    client: Client, deliver: Deliver
) -> None:
    client.post(LOGIN, {"email": "nobody@example.org"})
    assert deliver() == []
    letter = Letter.objects.get()
    assert (letter.state, letter.why) == (Letter.State.DROPPED, Letter.Why.NOBODYS)
    assert (letter.to, letter.subject, letter.text) == ("", "", "")


def test_a_code_guessed_for_nobody_is_a_wrong_one(client: Client) -> None:
    client.post(LOGIN, {"email": "nobody@example.org"})
    sent = re.search(r"[A-Z0-9]{4}-[A-Z0-9]{4}", Letter.objects.get().text)
    assert sent
    answer = client.post(CODE, {"code": sent[0]})
    assert "not the code we sent" in answer.content.decode()
    assert "_auth_user_id" not in client.session


def test_a_code_stands_in_its_letter_and_nowhere_else(
    client: Client,
    analyst: User,
    deliver: Deliver,
    queue: OwnQueue,  # noqa: F811
    django_capture_on_commit_callbacks: Any,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        client.post(LOGIN, {"email": analyst.email})
    assert queue.take() == ["jobs.look"]  # And nothing more: see take.
    letter = Letter.objects.get()
    (mail,) = deliver()
    code = code_in(mail)
    assert code not in str(mail.subject)
    assert code not in str(letter.subject)
    assert code not in str(Job.objects.values())
    assert code not in str(client.session.items())
    assert code.replace("-", "") not in str(client.session.items())


def test_somebody_who_waits_for_a_code_may_mend_the_address_and_ask_again(
    client: Client, analyst: User, deliver: Deliver
) -> None:
    client.post(LOGIN, {"email": "anwenn@bryn.example"})
    assert client.get(LOGIN).status_code == 200
    client.post(LOGIN, {"email": analyst.email})
    client.post(CODE, {"code": code_in(deliver()[0])})
    assert "_auth_user_id" in client.session


# --- Limits ----


def ask(email: str, network: str, client: Client | None = None) -> int:
    """Ask for a code from a network; return how that was answered."""
    return (client or Client()).post(LOGIN, {"email": email}, REMOTE_ADDR=network).status_code


def known_browser(user: User, deliver: Deliver) -> Client:
    """Give a browser in which somebody signed in and out again."""
    client = Client()
    ask(user.email, "192.0.2.200", client)
    client.post(CODE, {"code": code_in(deliver()[-1])})
    client.post("/accounts/logout/")
    assert "_auth_user_id" not in client.session
    return client


def test_a_stranger_uses_up_the_codes_of_her_own_network_only(
    analyst: User, deliver: Deliver
) -> None:
    assert [ask(analyst.email, "192.0.2.1") for _ in range(4)] == [302] * 3 + [429]
    assert ask(analyst.email, "198.51.100.7") == 302
    assert len(deliver()) == 4


def test_all_addresses_of_an_ipv6_network_ask_for_codes_as_one(analyst: User) -> None:
    everywhere = [f"2001:db8:7::{number:x}" for number in range(1, 30)]
    to_one = [ask(analyst.email, network) for network in everywhere[:4]]
    to_many = [ask(f"p{place}@bryn.example", each) for place, each in enumerate(everywhere[4:])]
    assert to_one == [302] * 3 + [429]
    # Twenty in a minute, of which the fourth above was one.
    assert to_many == [302] * 16 + [429] * 9


def test_a_browser_that_signed_her_in_before_is_in_nobodys_way(
    analyst: User, deliver: Deliver
) -> None:
    hers = known_browser(analyst, deliver)
    here = "192.0.2.1"
    for number in range(30):
        ask(f"somebody{number}@example.org", here)
    assert ask(analyst.email, here) == 429
    assert [ask(analyst.email, here, hers) for _ in range(4)] == [302] * 3 + [429]


def test_a_browser_known_to_one_is_not_known_to_another(
    analyst: User, coordinator: User, deliver: Deliver
) -> None:
    anwens = known_browser(analyst, deliver)
    for _ in range(3):
        ask(coordinator.email, "192.0.2.1")
    assert ask(coordinator.email, "192.0.2.1", anwens) == 429


def test_no_mailbox_is_flooded_from_many_networks(analyst: User, deliver: Deliver) -> None:
    hers = known_browser(analyst, deliver)
    answers = [ask(analyst.email, f"198.51.100.{number}") for number in range(70)]
    # The first sign-in of her own browser counted too: it was not known then.
    assert answers == [302] * 59 + [429] * 11
    assert ask(analyst.email, "203.0.113.9", hers) == 302


def test_the_cookie_names_nobody_and_is_not_believed_when_it_is_changed(
    analyst: User, deliver: Deliver
) -> None:
    hers = known_browser(analyst, deliver)
    cookie = hers.cookies[COOKIE]
    assert analyst.email not in cookie.value
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    for _ in range(3):
        ask(analyst.email, "192.0.2.1")
    hers.cookies[COOKIE] = cookie.value[:-2] + "xx"
    assert ask(analyst.email, "192.0.2.1", hers) == 429


def test_wrong_codes_are_counted_for_each_code_asked_for(client: Client, analyst: User) -> None:
    client.post(LOGIN, {"email": analyst.email})
    for _ in range(3):
        client.post(CODE, WRONG)
    assert client.get(CODE).status_code == 302
