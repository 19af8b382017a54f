"""The page of words to look out for; and what a survey says of help, to whoever answers it."""

from collections.abc import Callable

import pytest
from django.test import Client

from coproduction.projects.models import Project, User
from engagements.models import LookRules, Survey
from engagements.services.survey import open_survey
from tests.forms import drawn
from tests.themes.comments import make_comments, make_engagement

pytestmark = pytest.mark.django_db
PAGE = "/bryn/engagements/to-look-at/words/"


@pytest.fixture
def survey(project: Project, coordinator: User) -> Survey:
    """A survey that is open."""
    return open_survey(
        project=project,
        engagement=make_engagement(project),
        slug="park",
        title={"en": "Your park"},
        by=coordinator,
    )


def test_the_words_and_the_help_are_changed_and_the_survey_says_it(
    project: Project, coordinator: User, survey: Survey, client_of: Callable[..., Client]
) -> None:
    carys = client_of(coordinator)
    address = f"/bryn/tell-us/{survey.slug}/"
    page = Client().get(address).content.decode()
    assert "We do not read your answers straight away." in page
    assert "ring 999" in page
    assert "116 123" in page
    sent = drawn(carys.get(PAGE)) | {"worry_words_en": "skunk", "turn_to_en": "Ring Nia on 0000."}
    answer = carys.post(PAGE, sent, follow=True).content.decode()
    assert "Saved." in answer
    assert LookRules.of(project).worry_words.text("en") == "skunk"
    page = Client().get(address).content.decode()
    assert "Ring Nia on 0000." in page
    assert "ring 999" in page
    welsh = Client().get(f"/cy{address}").content.decode()
    assert "116 123" in welsh


def test_no_page_says_that_somebody_is_told_who_is_not(
    project: Project, coordinator: User, client_of: Callable[..., Client]
) -> None:
    carys = client_of(coordinator)
    assert "Nobody is told by e-mail" in carys.get(PAGE).content.decode()
    Project.objects.filter(pk=project.pk).update(safeguarding_lead="lead@bryn.example")
    assert "is told at once by e-mail" in carys.get(PAGE).content.decode()


def test_the_overview_says_first_that_somebody_may_be_at_risk(
    project: Project, coordinator: User, analyst: User, client_of: Callable[..., Client]
) -> None:
    make_comments(project, "My uncle hits me.", "Ask Mrs Price.")
    sentence = "In 1 comment somebody may be at risk."
    assert sentence in client_of(coordinator).get("/bryn/team/").content.decode()
    assert sentence not in client_of(analyst).get("/bryn/team/").content.decode()
    page = client_of(coordinator).get("/bryn/engagements/to-look-at/").content.decode()
    assert page.index("hits me") < page.index("Mrs Price")
    assert "Somebody may be at risk" in page


def test_what_is_asked_about_oneself_asks_for_nothing_that_tells_who_one_is(survey: Survey) -> None:
    page = Client().get(f"/bryn/tell-us/{survey.slug}/").content.decode()
    assert "Nothing that tells who you are." in page
    assert "aged" not in page
    assert "shopkeeper" not in page
