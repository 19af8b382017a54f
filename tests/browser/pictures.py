"""The pictures of README.md and docs/, one of each stage, taken anew from the sample.

``bin/pictures`` runs this file. A plain run of the tests doesn't: its name does not begin with
``test_``. What is used on a phone is shown on one.
"""

from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from PIL import Image
from playwright.sync_api import Browser
from pytest_django.live_server_helper import LiveServer

from coproduction.projects.models import Project, User
from engagements.models import Survey
from steering.models import Round
from tests.browser.looking import Watched
from tests.copying import Original
from workshops.models import Workshop

FOLDER = Path(__file__).resolve().parent.parent.parent / "docs/pictures"
PHONE = {"width": 390, "height": 780}
DESK = {"width": 1200, "height": 800}


@dataclass(frozen=True)
class Picture:
    """One picture: its name, the page it shows, as whom, and on what."""

    name: str
    address: str
    role: str = ""
    takes: Callable[[], dict[str, object]] = dict
    screen: dict[str, int] | None = None


PICTURES = (
    Picture("survey", "engagements:survey", takes=lambda: {"survey": _survey()}, screen=PHONE),
    Picture("coding", "themes:coding", "analyst"),
    Picture("what-we-heard", "themes:what_we_heard", screen=PHONE),
    Picture("workshop", "workshops:workshop", "facilitator", lambda: {"uuid": _workshop()}),
    Picture("round", "steering:round", "member", lambda: {"uuid": _round()}, PHONE),
    Picture("plan", "plan:plan"),
    Picture("action", "plan:action", takes=lambda: {"number": 1}, screen=PHONE),
)


def _survey() -> object:
    return Survey.objects.open_now().latest("pk").slug


def _workshop() -> object:
    return Workshop.objects.earliest("date").uuid


def _round() -> object:
    return Round.objects.open().get().uuid


def _cookie(role: str, url: str) -> dict[str, str]:
    """Sign one of the sample's people in; return the cookie that says so."""
    client = Client()
    user = User.objects.filter(is_sample=True, memberships__role=role).earliest("pk")
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    name = settings.SESSION_COOKIE_NAME
    return {"name": name, "value": client.cookies[name].value, "url": url}


@pytest.mark.parametrize("picture", PICTURES, ids=lambda picture: picture.name)
def test_take(
    transactional_db: None,
    first_sample: Original[Project],
    live_server: LiveServer,
    chromium: Browser,
    picture: Picture,
) -> None:
    project = first_sample.copy()
    watched = Watched(
        chromium, live_server.url, viewport=picture.screen or DESK, device_scale_factor=1.5
    )
    if picture.role:
        watched.context.add_cookies([_cookie(picture.role, live_server.url)])
    page = watched.context.new_page()
    page.goto(reverse(picture.address, kwargs={"project": project.slug, **picture.takes()}))
    shot = page.screenshot(animations="disabled")
    watched.context.close()
    watched.check()
    FOLDER.mkdir(parents=True, exist_ok=True)
    Image.open(BytesIO(shot)).save(FOLDER / f"{picture.name}.webp", quality=80, method=6)
