"""The page of what will go, and putting it off."""

import html
from pathlib import Path

import pytest
from django.test import Client

from coproduction.projects.models import Project, RetentionNotice, User
from overview.services.retention import apply_retention
from tests.overview.overdue import in_days, make_overdue

pytestmark = pytest.mark.once


@pytest.fixture
def carys(client_of, coordinator: User) -> Client:
    """The co-ordinator's browser."""
    return client_of(coordinator)


def test_a_coordinator_reads_what_will_go_and_puts_it_off_once(
    carys: Client, project: Project, coordinator: User, files: Path
) -> None:
    address = "/bryn/settings/periods/next/"
    assert "Nothing is announced" in carys.get(address).content.decode()
    assert carys.get(f"{address}put-off/").status_code == 404
    make_overdue(project, coordinator)
    apply_retention(project=project)
    page = html.unescape(carys.get(address).content.decode())
    assert "Letters that did not arrive: 1" in page
    assert "Names of people who came to a workshop or led a table: 2" in page
    assert "Pugh" not in page
    assert "Say why" in carys.post(f"{address}put-off/", {"why": ""}).content.decode()
    carys.post(f"{address}put-off/", {"why": "We check the file <first>."})
    page = carys.get(address).content.decode()
    assert "We check the file &lt;first&gt;." in page
    assert "put-off" not in page
    assert carys.post(f"{address}put-off/", {"why": "Again."}).status_code == 409
    assert RetentionNotice.objects.get().put_off_why == "We check the file <first>."
    apply_retention(project=project, today=in_days(44))
    page = carys.get(address).content.decode()
    assert "What went before" in page
    assert "Nothing is announced" in page


def test_only_a_coordinator_decides_about_it(client_of, analyst: User, project: Project) -> None:
    assert client_of(analyst).get("/bryn/settings/periods/next/").status_code == 403
