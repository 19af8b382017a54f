"""Public pages kept by two web servers at once, over real Redis: what goes is gone from both."""

import gzip
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.processes import Redis, until
from tests.served import GUNICORN, App

pytestmark = [pytest.mark.processes, pytest.mark.once]

# The small plan, published; and what withdraws the comment that its first quote is of.
MAKE = """
from tests.cast import make_project
from tests.plan.story import make_story
story = make_story(make_project("bryn", "Bryn"))
story.publish()
print(story.theme.uuid, story.swings.engagement.uuid)
"""
WITHDRAW = """
from engagements.models import Comment
from engagements.services.withholding import withdraw_comment
withdraw_comment(comment=Comment.objects.get(text__contains="since Easter"), by=None)
"""
EXTRACT = b"broken since Easter"
FORMS = ({}, {"Accept-Encoding": "gzip"})


@pytest.fixture
def two(migrated: Any, redis: Redis, tmp_path: Path) -> Iterator[list[App]]:
    """Give two web servers of one installation, each with a process of its own."""
    made = [
        App(migrated, tmp_path / "static", DEMO="", CACHE_URL=redis.url, WEB_CONCURRENCY="1")
        for _ in range(2)
    ]
    migrated.env = made[0].env
    migrated.manage("collectstatic", "--noinput", "--verbosity", "0")
    for app in made:
        app.env["SITE_URL"] = made[0].url  # Otherwise they are two installations.
        app.start(*GUNICORN)
    yield made
    for app in made:
        app.end()


def ask(url: str, headers: dict[str, str]) -> bytes:
    """Read a page as a browser does that can unpack, or can't."""
    with urllib.request.urlopen(urllib.request.Request(url, headers=headers), timeout=60) as answer:
        said = answer.read()
        return gzip.decompress(said) if answer.headers["Content-Encoding"] == "gzip" else said


def test_what_is_withdrawn_is_gone_from_what_two_servers_keep(
    two: list[App], migrated: Any
) -> None:
    said = migrated.manage("shell", "--verbosity", "0", "--command", MAKE)
    theme, event = said.stdout.split()
    for app in two:
        until(app.is_live, what="a web server")
    pages = (
        *("plan/", "plan/actions/1/", "plan/print/", f"plan/events/{event}/", "plan/plan.json"),
        *("what-we-heard/", f"what-we-heard/themes/{theme}/"),
    )
    every = [
        (f"{app.url}/{prefix}bryn/{page}", headers)
        for app in two
        for page in pages
        for prefix in ("", "cy/")
        for headers in FORMS
        if not (prefix and page.endswith(".json"))
    ]
    shown = [one for _twice in range(2) for one in every if EXTRACT in ask(*one)]
    assert len(shown) > 80
    migrated.manage("shell", "--verbosity", "0", "--command", WITHDRAW)
    assert [url for url, headers in every if EXTRACT in ask(url, headers)] == []
