"""The record of everything that is kept, as a page and as a file."""

import csv
import html
import io

import pytest
from django.test import Client

from coproduction.projects.models import Project, Retention, User
from coproduction.projects.services.retention import set_periods
from overview.queries.kept import kinds_kept, kinds_of_people

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture
def anwen(client_of, analyst: User) -> Client:
    """The analyst's browser: the record is for the whole team."""
    return client_of(analyst)


def test_the_record_has_a_line_for_every_kind_of_thing(anwen: Client) -> None:
    page = html.unescape(anwen.get("/bryn/settings/kept/").content.decode())
    for kind in kinds_kept():
        assert str(kind.what) in page
        assert str(kind.why) in page


def test_the_file_says_the_same_and_opens_as_words(anwen: Client) -> None:
    answer = anwen.get("/bryn/settings/kept/file/")
    assert answer["Content-Disposition"] == 'attachment; filename="bryn-what-is-kept.csv"'
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert [row["What"] for row in rows] == [str(kind.what) for kind in kinds_kept()]
    assert all(all(row.values()) for row in rows)


def test_the_record_is_in_the_readers_language(anwen: Client) -> None:
    page = anwen.get("/cy/bryn/settings/kept/").content.decode()
    assert "Beth ddywedodd pobl wrthon ni" in page
    assert "What people told us" not in page


def test_the_public_reads_what_is_kept_of_people_and_for_how_long(
    client: Client, project: Project, coordinator: User
) -> None:
    page = html.unescape(client.get("/bryn/privacy/").content.decode())
    for _whose, kinds in kinds_of_people():
        for kind in kinds:
            assert str(kind.what) in page
    assert "12 months" in page
    assert "What the programme has still to do" not in page
    months = Retention.objects.in_force(project).months | {"imports": 7}
    set_periods(project=project, small_number=10, by=coordinator, **months)
    assert "7 months" in client.get("/bryn/privacy/").content.decode()
    assert "7 o fisoedd" in client.get("/cy/bryn/privacy/").content.decode()


def test_a_coordinator_finds_and_changes_the_periods(
    client_of, coordinator: User, project: Project
) -> None:
    carys = client_of(coordinator)
    assert "/bryn/settings/periods/" in carys.get("/bryn/settings/").content.decode()
    months = Retention.objects.in_force(project).months
    sent = {"small_number": 12, **months, "attendees": 300}
    refused = carys.post("/bryn/settings/periods/", sent).content.decode()
    assert "Enter a whole number from 1 to 240." in refused
    carys.post("/bryn/settings/periods/", sent | {"attendees": 5})
    assert Retention.objects.in_force(project).attendees == 5
    assert Project.objects.get(pk=project.pk).small_number == 12
