"""What crawlers, browsers and whoever finds a hole ask every site for by name."""

from datetime import UTC, datetime, timedelta
from urllib.robotparser import RobotFileParser

from django.contrib.staticfiles import finders
from django.test import Client
from django.utils import timezone


def test_crawlers_read_what_is_published_and_nothing_that_is_somebodys(client: Client) -> None:
    robots = RobotFileParser()
    told = client.get("/robots.txt")
    assert told["Content-Type"] == "text/plain"
    robots.parse([line.replace("*/", "bryn/") for line in told.content.decode().split("\n")])
    for open_to_them in ("/", "/bryn/", "/cy/bryn/plan/", "/bryn/what-we-heard/"):
        assert robots.can_fetch("*", open_to_them), open_to_them
    for shut in ("/accounts/login/", "/cy/accounts/me/", "/bryn/follow/ABCD/", "/cy/bryn/pass/x/"):
        assert not robots.can_fetch("*", shut), shut


def test_whoever_finds_a_hole_reads_whom_to_tell(client: Client, settings) -> None:
    settings.SECURITY_CONTACT, settings.SITE_URL = "hello@bryn.example", "https://bryn.example"
    text = client.get("/.well-known/security.txt").content.decode()
    lines = dict(line.split(": ", 1) for line in text.splitlines())
    assert lines["Contact"] == "mailto:hello@bryn.example"
    assert lines["Canonical"] == "https://bryn.example/.well-known/security.txt"
    assert lines["Preferred-Languages"] == "en, cy"
    expires = datetime.strptime(lines["Expires"], "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
    assert timezone.now() < expires < timezone.now() + timedelta(days=365)


def test_it_may_be_the_address_of_a_page(client: Client, settings) -> None:
    settings.SECURITY_CONTACT = "https://bryn.example/hole"
    told = client.get("/.well-known/security.txt").content.decode()
    assert "Contact: https://bryn.example/hole\n" in told


def test_where_nobody_was_named_there_is_no_such_page(client: Client, settings) -> None:
    settings.SECURITY_CONTACT = ""
    assert client.get("/.well-known/security.txt").status_code == 404


def test_the_sign_is_found_in_its_old_place(client: Client) -> None:
    answer = client.get("/favicon.ico")
    assert answer.status_code == 302
    assert finders.find(answer["Location"].removeprefix("/static/"))
