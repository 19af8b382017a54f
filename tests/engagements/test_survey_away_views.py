"""A resident's words while the database is held or away: they come back, and go in once."""

import logging
from collections.abc import Callable

import pytest
from django.db import OperationalError
from django.test import Client

from coproduction.projects.models import Project, User
from coproduction.projects.refusals import is_away
from engagements.models import Comment, Engagement
from engagements.services.survey import open_survey
from tests.databases_away import away, held_by_somebody
from tests.forms import drawn

pytestmark = pytest.mark.django_db(transaction=True)
URL = "/bryn/tell-us/park/"
SAID = "The bus to the hospital leaves before\nthe ward opens, said “Nan”."


@pytest.fixture
def survey(project: Project, engagement: Engagement, coordinator: User) -> None:
    """Put a survey up."""
    open_survey(
        project=project, engagement=engagement, slug="park", title={"en": "Park"}, by=coordinator
    )


@pytest.fixture
def anybody() -> Client:
    """Give a browser that is shown whatever page there is when something goes wrong."""
    return Client(raise_request_exception=False)


def kept() -> list[str]:
    """Return what was kept of what anybody said."""
    return [" ".join(text.split()) for text in Comment.objects.values_list("text", flat=True)]


def test_a_database_that_is_held_gives_the_words_back_in_their_boxes(
    survey: None, anybody: Client, caplog: pytest.LogCaptureFixture
) -> None:
    form = drawn(anybody.get(URL), need=SAID)
    with held_by_somebody():
        answer = anybody.post(URL, form)
    assert answer.status_code == 503
    assert "We can&#x27;t keep this just now" in answer.content.decode()
    again = drawn(answer)
    assert again["need"] == form["need"]
    assert again["client_id"] == form["client_id"]
    assert kept() == []
    assert [each.levelno for each in caplog.records if each.levelno >= logging.ERROR] == []
    for _ in range(2):
        assert anybody.post(URL, again).status_code == 302
    assert kept() == [" ".join(SAID.split())]


@pytest.mark.parametrize("prefix", ["", "/cy"])
def test_a_database_that_is_away_gives_the_words_back_on_a_page_that_sends_them_again(
    survey: None, anybody: Client, prefix: str, caplog: pytest.LogCaptureFixture
) -> None:
    form = drawn(anybody.get(prefix + URL), need=SAID)
    with away():
        answer = anybody.post(prefix + URL, form)
        page = answer.content.decode()
        assert answer.status_code == 503
        assert anybody.get(prefix + URL).status_code == 503
    assert "Retry-After" in answer.headers
    assert "the ward opens, said “Nan”." in page.split("<h2>")[1]
    assert ("It has not reached us yet" in page) is not bool(prefix)
    again = drawn(answer)
    assert {name: again[name] for name in form if name != "csrfmiddlewaretoken"} == {
        name: value for name, value in form.items() if name != "csrfmiddlewaretoken"
    }
    assert [each.levelno for each in caplog.records if each.levelno >= logging.ERROR] == []
    assert anybody.post(prefix + URL, again).status_code == 302
    assert kept() == [" ".join(SAID.split())]


def test_what_the_team_types_comes_back_too(
    project: Project, engagement: Engagement, coordinator: User, client_of: Callable[[User], Client]
) -> None:
    client = client_of(coordinator)
    url = f"/bryn/engagements/{engagement.uuid}/change/"
    form = drawn(client.get(url), place="The hall behind the chapel")
    with held_by_somebody():
        answer = client.post(url, form)
    assert answer.status_code == 503
    assert drawn(answer)["place"] == ["The hall behind the chapel"]
    assert client.post(url, drawn(answer)).status_code == 302
    engagement.refresh_from_db()
    assert engagement.place == "The hall behind the chapel"


def test_a_mistake_of_ours_is_not_called_away() -> None:
    assert is_away(OperationalError("server closed the connection unexpectedly"))
    assert not is_away(ValueError("x"))
    assert not is_away(None)
