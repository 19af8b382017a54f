"""The record of everything that is kept, as a page and as a file."""

import csv
import html
import io

import pytest
from django.test import Client

from coproduction.projects.models import User
from overview.queries.kept import kinds_kept

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
