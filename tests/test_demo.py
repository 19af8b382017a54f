"""Demo mode exists for a browser on this machine that opened its address, and for nobody else."""

import pytest
from django.test import Client
from pytest_django import Settings

from coproduction.projects.models import User
from coproduction.projects.services.person import find_or_add_person

pytestmark = pytest.mark.django_db
KEY = "a-key-of-this-test-alone"
OPEN, SHUT = (200, 200, 302, True), (404, 404, 404, False)
FORWARDING = (
    *("Forwarded", "Via", "Max-Forwards", "X-Forwarded", "X-Forwarded-For", "X-Forwarded-Host"),
    *("X-Forwarded-Port", "X-Forwarded-Proto", "X-Forwarded-Protocol", "X-Forwarded-Scheme"),
    *("X-Forwarded-Server", "X-Forwarded-Ssl", "X-Forwarded-By", "X-Forwarded-Prefix"),
    *("X-Forwarded-User", "X-Forwarded-Client-Cert", "X-Real-IP", "X-Client-IP", "Client-IP"),
    *("X-Cluster-Client-IP", "True-Client-IP", "X-Remote-IP", "X-Remote-Addr", "X-Originating-IP"),
    *("X-Original-For", "X-Original-Host", "X-Original-URL", "X-Original-Forwarded-For"),
    *("CF-Connecting-IP", "CF-Connecting-IPv6", "CF-IPCountry", "CF-Ray", "CF-Visitor"),
    *("CF-Warp-Tag-ID", "CDN-Loop", "Fastly-Client-IP", "Fastly-SSL", "Fly-Client-IP"),
    *("X-Envoy-External-Address", "X-Amzn-Trace-Id", "X-Amz-Cf-Id", "X-Azure-ClientIP"),
    *("CloudFront-Viewer-Address", "X-Appengine-User-Ip", "X-Nf-Client-Connection-Ip"),
    *("DO-Connecting-IP", "Ngrok-Trace-Id", "Tailscale-User-Login", "X-Scheme", "X-Url-Scheme"),
    *("X-Host", "Front-End-Https", "X-Request-Start", "X-Varnish", "Proxy-Client-IP"),
    *("WL-Proxy-Client-IP", "X-ProxyUser-Ip", "X-Cloud-Trace-Context", "Akamai-Origin-Hop"),
)


@pytest.fixture
def sample_person() -> User:
    """Somebody whom demo mode offers."""
    return find_or_add_person(email="mair@sample.example", name="Mair", is_sample=True)


@pytest.fixture
def _demo(settings: Settings) -> None:
    """Demo mode, on this machine."""
    settings.DEMO, settings.DEMO_KEY, settings.HOST = True, KEY, "127.0.0.1"


def browser(**environment: str) -> Client:
    """Give a browser on this machine."""
    return Client(**{"SERVER_NAME": "127.0.0.1", "REMOTE_ADDR": "127.0.0.1"} | environment)


def opened(**environment: str) -> Client:
    """Give one that has opened the address with the key, asking as is said from then on."""
    client = browser()
    answer = client.get(f"/demo/{KEY}/")
    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert "no-store" in answer["Cache-Control"]
    client.defaults |= environment
    return client


def reached(client: Client, somebody: User, **headers: str) -> tuple[int, int, int, bool]:
    """Return what mail, style and one click answer, and whether the person is listed."""
    mail = client.get("/mail/", headers=headers)
    style = client.get("/cy/style/", headers=headers)
    listed = somebody.name in client.get("/accounts/login/", headers=headers).content.decode()
    entry = client.post(f"/accounts/demo/{somebody.uuid}/", headers=headers)
    return mail.status_code, style.status_code, entry.status_code, listed


@pytest.mark.usefixtures("_demo")
def test_a_browser_that_opened_the_address_reads_mail_and_signs_in_with_one_click(
    sample_person: User,
) -> None:
    local = opened()
    assert reached(local, sample_person) == OPEN
    local.post("/accounts/logout/")
    assert reached(local, sample_person) == OPEN


@pytest.mark.usefixtures("_demo")
def test_one_that_did_not_finds_none_of_it(sample_person: User) -> None:
    assert reached(browser(), sample_person) == SHUT


@pytest.mark.usefixtures("_demo")
@pytest.mark.parametrize("key", ["another", KEY[:-1], f"{KEY}a", "é", "%00"])
def test_a_wrong_key_opens_nothing(sample_person: User, key: str) -> None:
    guessing = browser()
    assert guessing.get(f"/demo/{key}/").status_code == 404
    assert guessing.cookies.keys() == set()
    assert reached(guessing, sample_person) == SHUT


@pytest.mark.usefixtures("_demo")
def test_the_mark_is_not_the_key_and_ends_with_it(sample_person: User, settings: Settings) -> None:
    local = opened()
    cookie = local.cookies["demo"]
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")
    mark = cookie.value
    assert KEY not in mark
    for wrong in ("", KEY, mark[:-1], "é"):
        local.cookies["demo"] = wrong
        assert reached(local, sample_person) == SHUT
    local.cookies["demo"] = mark
    assert reached(local, sample_person) == OPEN
    settings.DEMO_KEY = "the key of another day"
    assert reached(local, sample_person) == SHUT


@pytest.mark.parametrize("demo", [False, True], ids=["off", "without a key"])
def test_without_demo_mode_none_of_it_exists(
    sample_person: User, settings: Settings, *, demo: bool
) -> None:
    settings.DEMO, settings.DEMO_KEY = demo, "" if demo else KEY
    client = browser()
    assert [client.get(f"/demo/{key}/").status_code for key in (KEY, "x")] == [404, 404]
    assert reached(client, sample_person) == SHUT


@pytest.mark.usefixtures("_demo")
def test_a_forwarded_request_finds_none_of_it_whatever_says_so(sample_person: User) -> None:
    local, asked = opened(), 0
    for header in FORWARDING:
        told = {header: "203.0.113.9"}
        assert reached(local, sample_person, **told) == SHUT, header
        assert local.get(f"/demo/{KEY}/", headers=told).status_code == 404, header
        asked += 1
    assert asked == len(FORWARDING) > 50


@pytest.mark.usefixtures("_demo")
@pytest.mark.parametrize(
    "environment",
    [
        {"REMOTE_ADDR": "203.0.113.9"},
        {"REMOTE_ADDR": ""},
        {"HTTP_HOST": "plan.example.org"},
        {"HTTP_HOST": "127.0.0.1.example.org:8000"},
        {"SERVER_NAME": "0.0.0.0", "HTTP_HOST": "127.0.0.1"},  # noqa: S104 - what is refused
        {"SERVER_PROTOCOL": "HTTP/1.0"},
    ],
    ids=["elsewhere", "no address", "a name", "a like name", "listens beyond", "as proxies speak"],
)
def test_who_asks_otherwise_than_a_browser_here_finds_none_of_it(
    sample_person: User, settings: Settings, environment: dict[str, str]
) -> None:
    settings.ALLOWED_HOSTS = ["*"]
    elsewhere = opened(**environment)
    assert reached(elsewhere, sample_person) == SHUT
    assert elsewhere.get(f"/demo/{KEY}/").status_code == 404


@pytest.mark.usefixtures("_demo")
def test_a_server_told_to_listen_beyond_this_machine_has_none_of_it(
    sample_person: User, settings: Settings
) -> None:
    local = opened()
    settings.HOST = "0.0.0.0"  # noqa: S104 - the very thing that is refused
    assert reached(local, sample_person) == SHUT


@pytest.mark.usefixtures("_demo")
@pytest.mark.parametrize(
    "here",
    [
        {"HTTP_HOST": "localhost:8000"},
        {"HTTP_HOST": "[::1]:8000", "REMOTE_ADDR": "::1", "SERVER_NAME": "::1"},
        {"HTTP_HOST": "[::1]", "REMOTE_ADDR": "::1", "SERVER_NAME": "::1"},
    ],
    ids=["by name", "IPv6", "IPv6 without a port"],
)
def test_this_machine_has_several_names(sample_person: User, here: dict[str, str]) -> None:
    assert reached(opened(**here), sample_person) == OPEN


@pytest.mark.usefixtures("_demo")
def test_a_real_person_is_never_one_click_away(stranger: User) -> None:
    assert opened().post(f"/accounts/demo/{stranger.uuid}/").status_code == 404
