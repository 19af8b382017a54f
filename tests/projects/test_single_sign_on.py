"""Single sign-on with a real provider in a process of its own: who comes in, and who does not."""

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests
from django.conf import settings as django_settings
from pytest_django.live_server_helper import LiveServer

from coproduction.projects.models import AuditEntry, Project, User
from coproduction.projects.services.account import close_account
from tests import identity_provider
from tests.identity_provider import PASSWORD, UNKNOWN, UNVERIFIED, VERIFIED
from tests.processes import end, free_port, status, until

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.processes]

PROVIDER = Path(identity_provider.__file__)
WAY = "/accounts/oidc/sso/login/"


@pytest.fixture(scope="module")
def running(live_server: LiveServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Start a provider that knows this site."""
    port, folder = free_port(), tmp_path_factory.mktemp("provider")
    url, callback = f"http://127.0.0.1:{port}", f"{live_server.url}{WAY}callback/"
    command = [sys.executable, str(PROVIDER), str(folder), str(port), callback]
    process = subprocess.Popen(
        command, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=PROVIDER.parents[1]
    )
    try:
        until(lambda: status(f"{url}/.well-known/openid-configuration") == 200, what="a provider")
        yield url
    finally:
        end(process)


@pytest.fixture
def provider(running: str, settings) -> str:
    """Have the site know the provider, and wait for it however busy the machine is."""
    settings.OIDC_SERVER_URL, settings.OIDC_NAME = running, "Bryn Council"
    app = {
        "provider_id": "sso",
        "name": "Bryn Council",
        "client_id": identity_provider.CLIENT_ID,
        "secret": identity_provider.CLIENT_SECRET,
        "settings": {"server_url": running},
    }
    settings.SOCIALACCOUNT_REQUESTS_TIMEOUT = 120
    settings.SOCIALACCOUNT_PROVIDERS = {
        "openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": [app]}
    }
    return running


def come_in(site: str, email: str) -> tuple[requests.Session, requests.Response]:
    """Go from our page to the provider, sign in there, and come back; return where one lands."""
    browser = requests.Session()
    page = browser.get(f"{site}/accounts/login/", timeout=180)
    (link,) = re.findall(r'href="([^"]*/oidc/sso/login/)"', page.text)
    asked = browser.get(f"{site}{link}", timeout=180)
    token = re.findall(r'name="csrfmiddlewaretoken" value="([^"]+)"', asked.text)
    sent = {"login": email, "password": PASSWORD}
    sent |= {"csrfmiddlewaretoken": token[0]} if token else {}
    return browser, browser.post(asked.url, data=sent, timeout=180)


def test_who_has_an_account_at_a_verified_address_comes_in(
    provider: str, live_server: LiveServer, project: Project, coordinator: User
) -> None:
    browser, landed = come_in(live_server.url, VERIFIED)
    assert landed.url == f"{live_server.url}/accounts/me/second-step/"
    assert browser.get(f"{live_server.url}/bryn/team/", timeout=180).status_code == 200
    entry = AuditEntry.objects.get(project=None)
    assert (entry.verb, entry.by) == ("projects.signed_in", coordinator)


@pytest.mark.parametrize(
    ("email", "said"),
    [
        (UNVERIFIED, "does not say that your e-mail address is yours"),
        (UNKNOWN, "There is no account here with the address"),
    ],
)
def test_others_are_turned_away_in_plain_words(
    email: str,
    said: str,
    provider: str,
    live_server: LiveServer,
    project: Project,
    analyst: User,
) -> None:
    people = User.objects.count()
    browser, landed = come_in(live_server.url, email)
    assert landed.url == f"{live_server.url}/accounts/login/"
    assert said in landed.text
    assert "/accounts/login/" in browser.get(f"{live_server.url}/accounts/me/", timeout=180).url
    assert User.objects.count() == people


def test_a_closed_account_stays_closed(
    provider: str, live_server: LiveServer, project: Project, coordinator: User
) -> None:
    close_account(user=coordinator)
    _browser, landed = come_in(live_server.url, VERIFIED)
    assert "There is no account here" in landed.text


def test_a_provider_that_says_no_or_is_away_is_told(
    provider: str, live_server: LiveServer, project: Project, settings
) -> None:
    site = live_server.url
    forged = requests.get(f"{site}{WAY}callback/?code=x&state=forged", timeout=180)
    assert "Signing in with Bryn Council did not work" in forged.text
    nowhere = f"http://127.0.0.1:{free_port()}"
    app = django_settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"][0]
    app["settings"]["server_url"] = nowhere
    away = requests.get(f"{site}{WAY}", timeout=180)
    assert "reach Bryn Council just now" in away.text


def test_without_a_provider_there_is_no_such_way(live_server: LiveServer) -> None:
    assert "oidc" not in requests.get(f"{live_server.url}/accounts/login/", timeout=180).text
    answer = requests.get(f"{live_server.url}{WAY}", timeout=180)
    assert answer.url == f"{live_server.url}/accounts/login/"
