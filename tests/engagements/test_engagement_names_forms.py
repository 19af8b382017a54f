"""Which engagement a survey is for: listed where there are few, named where there are many."""

from datetime import date

import pytest
from django.urls import reverse

from engagements.models import Engagement, Method, Survey
from engagements.services.engagement import cancel_engagement, plan_engagement
from engagements.services.survey import open_survey
from tests.forms import drawn

pytestmark = pytest.mark.django_db
NEW = "/bryn/engagements/surveys/new/"


@pytest.fixture
def survey(project, engagement, coordinator) -> Survey:
    """A survey that is open."""
    return open_survey(
        project=project,
        engagement=engagement,
        slug="have-your-say",
        title={"en": "Have your say", "cy": "Dweud eich dweud"},
        by=coordinator,
    )


def change_address(survey: Survey) -> str:
    """Return the address of a survey's form."""
    kwargs = {"project": survey.project.slug, "uuid": survey.uuid}
    return reverse("engagements:survey_change", kwargs=kwargs)


@pytest.fixture
def walks(project, coordinator) -> list[Engagement]:
    """More engagements than a list is made of: one a day."""
    return [
        plan_engagement(
            project=project,
            title="Walk",
            method=Method.EVENT,
            date=date(2024, 6, day),
            place="The park",
            by=coordinator,
        )
        for day in range(1, 26)
    ]


def said_of(engagement: object, slug: str = "your-park") -> dict[str, object]:
    """Return what sets up a survey for an engagement that is named so."""
    titles = {"title_en": "Your park", "title_cy": "Eich parc"}
    return titles | {"slug": slug, "engagement": engagement, "opens_at": "2024-05-01T09:00"}


def test_few_engagements_are_listed_and_of_many_the_latest_are_suggested(
    client_of, coordinator, engagement, walks
) -> None:
    client = client_of(coordinator)
    many = client.get(NEW).content.decode()
    assert "Walk, 25 June 2024" in many
    assert "Walk, 1 June 2024" not in many
    assert str(engagement.uuid) not in many
    for each in walks[:10]:
        cancel_engagement(engagement=each, by=coordinator)
    few = client.get(NEW).content.decode()
    assert f'<option value="{engagement.uuid}">Fun day, 4 May 2024</option>' in few
    assert "Walk, 1 June 2024" not in few


def test_of_many_the_survey_is_for_the_one_that_is_named(
    client_of, coordinator, engagement, walks
) -> None:
    client = client_of(coordinator)
    named = ("Fun", "fun day, 4 may 2024", "2024-05-04", str(engagement.uuid))
    for number, typed in enumerate(named):
        assert client.post(NEW, said_of(typed, f"survey-{number}")).status_code == 302
    assert {each.engagement for each in Survey.objects.all()} == {engagement}
    assert Survey.objects.count() == len(named)


def test_where_several_are_called_so_it_asks_which_and_keeps_the_rest(
    client_of, coordinator, walks
) -> None:
    client = client_of(coordinator)
    asked = client.post(NEW, said_of("walk"))
    html = asked.content.decode()
    assert "More than one is called that. Choose one." in html
    assert html.count('type="radio"') == 10
    assert "There are more than these." in html
    assert 'value="walk"' in html
    assert 'value="Your park"' in html
    chosen = said_of("walk") | {"engagement_meant": str(walks[20].uuid)}
    assert client.post(NEW, chosen).status_code == 302
    assert Survey.objects.get().engagement == walks[20]


def test_two_of_one_name_and_day_are_told_apart_by_their_places(
    client_of, coordinator, project, walks
) -> None:
    plan_engagement(
        project=project,
        title="Walk",
        method=Method.EVENT,
        date=date(2024, 6, 1),
        place="The quay",
        by=coordinator,
    )
    html = client_of(coordinator).post(NEW, said_of("Walk, 1 June 2024")).content.decode()
    assert "Walk, 1 June 2024, The park" in html
    assert "Walk, 1 June 2024, The quay" in html
    assert html.count('type="radio"') == 2
    assert "There are more than these." not in html


def test_what_was_chosen_holds_only_while_it_fits_what_is_typed(
    client_of, coordinator, engagement, walks
) -> None:
    client = client_of(coordinator)
    changed = said_of("Fun day") | {"engagement_meant": str(walks[0].uuid)}
    assert client.post(NEW, changed).status_code == 302
    assert Survey.objects.get().engagement == engagement


def test_an_engagement_that_nobody_knows_or_that_is_called_off_is_refused(
    client_of, coordinator, walks, other_project, other_coordinator
) -> None:
    Engagement.objects.filter(pk=walks[0].pk).update(title="Stall")
    cancel_engagement(engagement=walks[0], by=coordinator)
    theirs = plan_engagement(
        project=other_project,
        title="Theirs",
        method=Method.EVENT,
        date=date(2024, 5, 4),
        by=other_coordinator,
    )
    client = client_of(coordinator)
    for typed in ("Nonsense", "Stall, 1 June 2024", walks[0].uuid, "Theirs", theirs.uuid):
        html = client.post(NEW, said_of(str(typed))).content.decode()
        assert "No engagement is called that." in html
        assert "Theirs, 4" not in html
    assert "Choose the engagement." in client.post(NEW, said_of("")).content.decode()
    assert not Survey.objects.exists()


def test_a_survey_of_many_engagements_is_changed_without_naming_its_own_again(
    client_of, coordinator, survey, walks
) -> None:
    client, address = client_of(coordinator), change_address(survey)
    page = client.get(address)
    assert 'value="Fun day, 4 May 2024"' in page.content.decode()
    engagement = survey.engagement
    assert client.post(address, drawn(page, title_en="Have it")).status_code == 302
    survey.refresh_from_db()
    assert (survey.engagement, survey.title.text("en")) == (engagement, "Have it")


def test_another_engagement_chosen_meanwhile_is_shown_by_its_name(
    client_of, coordinator, analyst, survey, walks
) -> None:
    client, address = client_of(coordinator), change_address(survey)
    older = client.get(address)
    theirs = drawn(older, engagement="Walk, 2 June 2024")
    assert client_of(coordinator).post(address, theirs).status_code == 302
    clash = client.post(address, drawn(older, engagement="Walk, 3 June 2024"))
    assert clash.status_code == 409
    assert 'value="Walk, 3 June 2024"' in clash.content.decode()
    assert client.post(address, drawn(clash)).status_code == 302
    survey.refresh_from_db()
    assert survey.engagement == walks[2]


def test_the_forms_of_a_survey_cost_the_same_for_many_engagements(
    assert_same_queries, client_of, coordinator, project, survey
) -> None:
    def make(number: int) -> Engagement:
        return plan_engagement(
            project=project,
            title=f"Walk {number}",
            method=Method.EVENT,
            date=date(2024, 6, 1),
            by=coordinator,
        )

    for number in range(25):
        make(100 + number)
    for address in (NEW, change_address(survey)):
        assert_same_queries(client_of(coordinator), address, make)
