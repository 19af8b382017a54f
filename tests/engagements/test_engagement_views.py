"""Pages of engagements and of the questions asked at them."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from engagements.models import Engagement, Method
from engagements.models.choices import Level
from engagements.services.engagement import (
    cancel_engagement,
    log_engagement,
    plan_engagement,
    revive_engagement,
)
from engagements.services.question import ensure_questions
from engagements.services.survey import answer_survey, open_survey
from engagements.services.withholding import withdraw_comment
from tests.forms import drawn, forms_on


def at(name: str, project, **kwargs) -> str:
    """Return the address of a page of the engagements."""
    return reverse(f"engagements:{name}", kwargs={"project": project.slug, **kwargs})


@pytest.fixture
def client(client_of, facilitator):
    """Ffion's browser."""
    return client_of(facilitator)


@pytest.fixture
def put_in(project, coordinator):
    """Put an engagement in the diary: ``put_in("Walk", days=-3)``."""

    def put(title: str, days: int = 7, **more) -> Engagement:
        return plan_engagement(
            project=project,
            title=title,
            method=Method.WALKABOUT,
            date=timezone.localdate() + timedelta(days=days),
            by=coordinator,
            **more,
        )

    return put


def filled(**fields) -> dict[str, str]:
    """Return a filled-in form about an engagement."""
    return {
        "title": "Fun day",
        "method": "event",
        "date": "2024-05-04",
        "level": "consult",
        "status": "planned",
    } | fields


def test_the_list_begins_with_what_waits_for_a_log(client, project, put_in, coordinator) -> None:
    cancel_engagement(engagement=put_in("Called off"), by=coordinator)
    put_in("Held", days=-9, status="held", people_heard=5)
    put_in("Later", days=9)
    put_in("Sooner", days=2)
    put_in("To log", days=-2)
    page = client.get(at("engagement_list", project))
    titles = [row.title for row in page.context["page"]]
    assert titles == ["To log", "Sooner", "Later", "Held", "Called off"]


def test_the_list_counts_what_was_heard(client, project, say) -> None:
    say("The park")
    withdraw_comment(comment=say("Not for you"), by=None)
    page = client.get(at("engagement_list", project))
    assert [tile["number"] for tile in page.context["tiles"]] == [1, 40, 1]
    assert page.context["page"][0].comment_count == 1


def test_an_empty_list_says_what_to_do(client, project) -> None:
    page = client.get(at("engagement_list", project))
    assert at("engagement_plan", project) in page.content.decode()
    assert "No engagements yet" in page.content.decode()


def test_the_list_asks_the_same_for_more_rows(client, project, put_in, assert_same_queries) -> None:
    assert_same_queries(client, at("engagement_list", project), lambda n: put_in(f"Walk {n}"))


def test_an_engagement_is_planned(client, project) -> None:
    response = client.post(at("engagement_plan", project), filled())
    planned = Engagement.objects.get()
    assert response["Location"] == at("engagement", project, uuid=planned.uuid)
    assert planned.is_planned


def test_one_held_tomorrow_is_refused_and_keeps_what_was_typed(client, project) -> None:
    tomorrow = str(timezone.localdate() + timedelta(days=1))
    page = client.post(
        at("engagement_plan", project), filled(date=tomorrow, status="held", people_heard="4")
    )
    assert "That date has not come yet" in page.content.decode()
    assert 'value="Fun day"' in page.content.decode()
    assert not Engagement.objects.exists()


def test_an_engagement_shows_what_may_be_seen_of_what_was_said(
    client, project, engagement, say
) -> None:
    say("The park is lovely", kind="need")
    withdraw_comment(comment=say("Not for you"), by=None)
    page = client.get(at("engagement", project, uuid=engagement.uuid)).content.decode()
    assert "The park is lovely" in page
    assert "What we need" in page
    assert "Not for you" not in page


def test_an_engagement_asks_the_same_for_more_comments(
    client, project, engagement, say, assert_same_queries
) -> None:
    url = at("engagement", project, uuid=engagement.uuid)
    assert_same_queries(client, url, lambda n: say(f"Point {n}"))


@pytest.mark.parametrize(
    ("days", "more", "name"),
    [
        (-1, {}, "engagement_log"),
        (-1, {"status": "held", "people_heard": 2}, "submission_type"),
        (5, {}, None),
    ],
)
def test_the_next_step_fits_where_it_stands(client, project, put_in, days, more, name) -> None:
    found = put_in("Walk", days=days, **more)
    step = client.get(at("engagement", project, uuid=found.uuid)).context["next_step"]
    assert (step and step["url"]) == (name and at(name, project, uuid=found.uuid))


def test_one_who_may_only_look_has_no_buttons(client_of, editor, project, engagement) -> None:
    page = client_of(editor).get(at("engagement", project, uuid=engagement.uuid))
    assert at("submission_type", project, uuid=engagement.uuid) not in page.content.decode()
    assert page.context["next_step"] is None


def test_an_engagement_is_changed(client, project, engagement) -> None:
    url = at("engagement_change", project, uuid=engagement.uuid)
    assert 'value="2024-05-04"' in client.get(url).content.decode()
    client.post(url, filled(title="Fun evening", place="The hall"))
    engagement.refresh_from_db()
    assert (engagement.title, engagement.place) == ("Fun evening", "The hall")
    assert (engagement.is_held, engagement.people_heard) == (True, 40)


def test_an_engagement_is_logged(client, project, put_in) -> None:
    found = put_in("Walk", days=-1)
    url = at("engagement_log", project, uuid=found.uuid)
    client.post(url, {"date": "2024-02-01", "people_heard": "12"})
    found.refresh_from_db()
    assert (found.is_held, found.people_heard, found.date) == (True, 12, date(2024, 2, 1))


def test_logging_begins_with_how_many_answered_for_themselves(
    client, project, coordinator, put_in
) -> None:
    online = put_in("Online", days=-3)
    survey = open_survey(
        project=project, engagement=online, slug="park", title={"en": "Park"}, by=coordinator
    )
    page = client.get(at("engagement", project, uuid=online.uuid))
    assert "Taking answers" in page.content.decode()
    assert page.context["next_step"] is None
    ensure_questions(project=project, by=coordinator)
    for words in ("A bus", "A bin"):
        answer_survey(survey=survey, answers={"need": words}, language="en")
    form = client.get(at("engagement_log", project, uuid=online.uuid)).content.decode()
    assert "Answers kept here: 2, each from one person." in form


def test_what_an_engagement_took_is_logged_by_two_people_without_loss(
    client, project, put_in
) -> None:
    walk = put_in("Walk", days=-3)
    url = at("engagement_log", project, uuid=walk.uuid)
    first, second = client.get(url), client.get(url)
    assert client.post(url, drawn(first, people_heard="12", hours="1.67")).status_code == 302
    sent = drawn(second, people_heard="12", costs="12.50")
    assert client.post(url, sent).status_code == 302
    walk.refresh_from_db()
    assert (walk.helpers, walk.helper_minutes, walk.cost_pence) == (None, 100, 1250)
    page = client.get(at("engagement", project, uuid=walk.uuid)).content.decode()
    assert "£12.50" in page
    assert client.post(url, drawn(second, people_heard="12", hours="-1")).status_code != 302


def test_many_comments_from_few_people_ask_for_a_second_look(
    client, project, put_in, say, coordinator
) -> None:
    walk = put_in("Walk", days=-3)
    log_engagement(engagement=walk, people_heard=1, date=walk.date, by=coordinator)
    for number in range(40):
        say(f"Bench {number}", at=walk)
    step = client.get(at("engagement", project, uuid=walk.uuid)).context["next_step"]
    assert step["text"] == "40 comments, and people heard: 1. Is that right?"
    assert step["url"] == at("engagement_log", project, uuid=walk.uuid)


def test_it_is_called_off_and_put_back(client, project, put_in) -> None:
    found = put_in("Walk")
    client.post(at("engagement_cancel", project, uuid=found.uuid))
    found.refresh_from_db()
    assert found.is_cancelled
    client.post(at("engagement_revive", project, uuid=found.uuid))
    found.refresh_from_db()
    assert found.is_planned


def test_one_that_people_spoke_at_is_not_called_off(client, project, engagement, say) -> None:
    say("The park")
    page = client.post(at("engagement_cancel", project, uuid=engagement.uuid), follow=True)
    assert "People said things at this engagement" in page.content.decode()
    engagement.refresh_from_db()
    assert engagement.is_held


@pytest.mark.parametrize(
    "name",
    ["engagement", "engagement_change", "engagement_log", "submission_type", "submission_paste"],
)
def test_another_projects_engagement_is_not_found(
    client, project, other_project, other_coordinator, name
) -> None:
    theirs = plan_engagement(
        project=other_project,
        title="Theirs",
        method=Method.EVENT,
        date=date(2024, 1, 1),
        by=other_coordinator,
    )
    assert client.get(at(name, project, uuid=theirs.uuid)).status_code == 404


def test_each_level_says_what_it_promises(client_of, facilitator, project, engagement) -> None:
    client = client_of(facilitator)
    form = client.get(reverse("engagements:engagement_plan", kwargs={"project": project.slug}))
    page = client.get(
        reverse("engagements:engagement", kwargs={"project": project.slug, "uuid": engagement.uuid})
    )
    for level in Level:
        assert f"{level.label}: {level.means}" in form.content.decode()
    assert Level(engagement.level).means in page.content.decode()


def test_a_thousand_people_are_written_so(client_of, facilitator, project, engagement) -> None:
    Engagement.objects.update(people_heard=12_345)
    page = client_of(facilitator).get(
        reverse("engagements:engagement", kwargs={"project": project.slug, "uuid": engagement.uuid})
    )
    assert "12,345" in page.content.decode()


def test_what_two_people_change_of_an_engagement_is_both_kept(client, project, put_in) -> None:
    found = put_in("Walk")
    address = at("engagement_change", project, uuid=found.uuid)
    first, second = client.get(address), client.get(address)
    assert client.post(address, drawn(first, title="A walk by the river")).status_code == 302
    assert (
        client.post(address, drawn(second, place="The bridge", level="involve")).status_code == 302
    )
    found.refresh_from_db()
    assert (found.title, found.place, found.level) == (
        "A walk by the river",
        "The bridge",
        "involve",
    )


def test_two_logs_of_one_engagement_are_shown_beside_each_other(client, project, put_in) -> None:
    found = put_in("Walk", days=-3)
    address = at("engagement_log", project, uuid=found.uuid)
    first, second = client.get(address), client.get(address)
    assert client.post(address, drawn(first, people_heard="24")).status_code == 302
    clash = client.post(address, drawn(second, people_heard="30"))
    assert clash.status_code == 409
    assert "24" in clash.text
    found.refresh_from_db()
    assert found.people_heard == 24


def test_an_engagement_called_off_is_not_logged_by_an_older_form(
    client, project, coordinator, put_in
) -> None:
    found = put_in("Walk", days=-3)
    address = at("engagement_log", project, uuid=found.uuid)
    older = client.get(address)
    cancel_engagement(engagement=found, by=coordinator)
    late = client.post(address, drawn(older, people_heard="30"))
    assert late.status_code == 409
    assert "was called off" in late.text
    found.refresh_from_db()
    assert found.is_cancelled


def test_an_engagement_logged_since_is_not_called_off_by_an_older_page(
    client, project, coordinator, put_in
) -> None:
    found = put_in("Walk", days=-3)
    page = client.get(at("engagement", project, uuid=found.uuid))
    cancel = at("engagement_cancel", project, uuid=found.uuid)
    button = next(form for form in forms_on(page) if form.action == cancel)
    log_engagement(engagement=found, people_heard=30, date=found.date, by=coordinator)
    late = client.post(cancel, dict(button.form_values()), follow=True)
    assert "since you opened the page" in late.text
    found.refresh_from_db()
    assert (found.is_held, found.people_heard) == (True, 30)


def test_an_engagement_sent_twice_is_planned_once(client, project) -> None:
    address = at("engagement_plan", project)
    sent = drawn(client.get(address)) | {key: [value] for key, value in filled().items()}
    answers = [client.post(address, sent) for _time in range(2)]
    assert [answer.status_code for answer in answers] == [302, 302]
    assert Engagement.objects.count() == 1
    asked = client.post(address, sent | {"title": ["Another walk"]})
    assert asked.status_code == 409
    assert client.post(address, drawn(asked)).status_code == 302
    assert Engagement.objects.count() == 2


def test_an_engagement_called_off_anew_is_not_put_back_by_an_older_page(
    client, project, coordinator, put_in
) -> None:
    found = put_in("Walk")
    cancel_engagement(engagement=found, by=coordinator)
    revive = at("engagement_revive", project, uuid=found.uuid)
    page = client.get(at("engagement", project, uuid=found.uuid))
    button = next(form for form in forms_on(page) if form.action == revive)
    revive_engagement(engagement=found, by=coordinator)
    cancel_engagement(engagement=found, by=coordinator)
    late = client.post(revive, dict(button.form_values()), follow=True)
    assert "since you opened the page" in late.text
    found.refresh_from_db()
    assert found.is_cancelled
