"""The frame of a team page: the menu says where one is, and the pages of the settings lead back."""

import re

import pytest
from django.test import Client

from coproduction.projects.models import Membership, Project, User
from coproduction.projects.services.complaint import make_complaint

pytestmark = pytest.mark.django_db
BACK = ("Settings", "/bryn/settings/")
PERIODS = ("How long things are kept", "/bryn/settings/periods/")


def current(page: str) -> list[str]:
    """Return the ways that the menu marks as where one is; it stands there twice, once folded."""
    found = re.findall(r'aria-current="page">([^<]+)</a>', page.partition("<main")[0])
    return list(dict.fromkeys(found))


def crumbs(page: str) -> list[tuple[str, str]]:
    """Return the way back."""
    found = page.partition('class="crumbs"')[2].partition("</nav>")[0]
    return [(label, url) for url, label in re.findall(r'href="([^"]+)">([^<]+)</a>', found)]


@pytest.mark.parametrize(
    ("path", "way"),
    [
        ("", []),
        ("letters/", [BACK]),
        ("periods/", [BACK]),
        ("periods/next/", [BACK, PERIODS]),
        ("kept/", [BACK]),
        ("complaints/", [BACK]),
        ("archive/", [BACK]),
    ],
)
def test_each_page_of_the_settings_leads_back_to_them(
    client_of, coordinator: User, path: str, way: list[tuple[str, str]]
) -> None:
    page = client_of(coordinator).get(f"/bryn/settings/{path}").content.decode()
    assert current(page) == ["Settings"]
    assert crumbs(page) == way


def test_the_settings_say_what_each_of_their_pages_is_for(client_of, coordinator: User) -> None:
    client: Client = client_of(coordinator)
    page = client.get("/bryn/settings/").content.decode()
    listed = page.partition('<nav aria-label="More settings">')[2].partition("</nav>")[0]
    ways = re.findall(r'href="([^"]+)"', listed)
    assert len(ways) == len(re.findall(r'<span class="soft small">\S', listed)) == 8
    assert [client.get(way).status_code for way in ways] == [200] * 8


def test_what_stands_under_a_way_of_the_menu_marks_it(
    client_of, project: Project, coordinator: User
) -> None:
    client: Client = client_of(coordinator)
    role = Membership.objects.get(user=coordinator)
    page = client.get(f"/bryn/settings/people/{role.uuid}/remove/").content.decode()
    assert current(page) == ["People"]
    said = {"name": "", "email": "nia@bryn.example", "text": "You kept it.", "language": "en"}
    made = make_complaint(project=project, **said)
    page = client.get(f"/bryn/settings/complaints/{made.uuid}/").content.decode()
    assert current(page) == ["Settings"]
    assert crumbs(page) == [BACK, ("Complaints", "/bryn/settings/complaints/")]


def test_who_may_not_open_the_settings_is_not_led_there(client_of, analyst: User) -> None:
    page = client_of(analyst).get("/bryn/settings/kept/").content.decode()
    assert current(page) == []
    assert crumbs(page) == []
