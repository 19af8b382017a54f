"""Pages of workshops: the list, one of them, planning and changing it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.forms import drawn
from tests.workshops.material import (
    add_note,
    at,
    make_action,
    make_organisation,
    make_theme,
    make_workshop,
)
from workshops.models import Workshop
from workshops.services.attendee import add_attendees


def plan(on, **fields):
    """Return a filled-in form for planning a workshop."""
    return {
        "title_en": "Parks evening",
        "title_cy": "Noson y parciau",
        "theme": on.uuid,
        "date": "2024-02-20",
        "place": "The hall",
        "purpose": "",
        "tables": "3",
    } | fields


def test_a_workshop_is_planned(client, project) -> None:
    response = client.post(at("workshop_plan", project), plan(make_theme(project)))
    workshop = Workshop.objects.get()
    assert response["Location"] == at("workshop", project, uuid=workshop.uuid)
    assert (workshop.title.text("cy"), workshop.tables.count()) == ("Noson y parciau", 3)


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"title_en": "", "title_cy": ""}, "Enter a title."),
        ({"theme": ""}, "Choose the theme it is about."),
        ({"theme": "not-a-uuid"}, "Choose a theme from the list."),
        ({"date": ""}, "Enter the date."),
        ({"date": "2024-02-31"}, "Enter a real date, such as 14 May 2024."),
        ({"tables": "lots"}, "Enter a whole number of tables."),
        ({"tables": "61"}, "A workshop can have up to 60 tables."),
        ({"place": "x" * 151}, "Use 150 characters or fewer."),
    ],
)
def test_a_workshop_wrongly_filled_in_is_told_and_not_kept(client, project, wrong, told) -> None:
    response = client.post(at("workshop_plan", project), plan(make_theme(project), **wrong))
    assert response.status_code == 200
    assert told in response.content.decode()
    assert not Workshop.objects.exists()


def test_another_projects_theme_is_refused(client, project, other_project) -> None:
    theirs = make_theme(other_project)
    response = client.post(at("workshop_plan", project), plan(theirs))
    assert "Choose a theme from the list." in response.content.decode()
    assert not Workshop.objects.exists()


def test_a_workshop_is_changed(client, project, workshop) -> None:
    url = at("workshop_change", project, uuid=workshop.uuid)
    page = client.get(url).content.decode()
    assert 'value="2024-02-20"' in page
    client.post(url, plan(workshop.theme, title_en="Parks night", date="2024-03-01"))
    workshop.refresh_from_db()
    assert (workshop.title.text("en"), str(workshop.date)) == ("Parks night", "2024-03-01")


def test_disagreements_stand_side_by_side(client, project, workshop, facilitator) -> None:
    add_note(
        workshop=workshop,
        table=workshop.tables.first(),
        kind="disagreement",
        text="Dogs on leads.\n\nDogs free before ten.",
        language="en",
        by=facilitator,
    )
    page = client.get(at("workshop", project, uuid=workshop.uuid)).content.decode()
    assert '<ul class="views" lang="en" dir="ltr">' in page
    assert page.count("<li>Dogs") == 2


def test_the_analyst_sees_a_workshop_and_no_way_to_change_it(
    client_of, analyst, project, workshop
) -> None:
    page = client_of(analyst).get(at("workshop", project, uuid=workshop.uuid)).content.decode()
    assert "Parks evening" in page
    assert at("attendees", project, uuid=workshop.uuid) not in page
    assert at("action_propose", project) not in page


def test_a_workshop_to_come_is_prepared_and_not_counted(
    client, project, workshop, facilitator
) -> None:
    workshop.date = timezone.localdate() + timedelta(days=1)
    workshop.save()
    page = client.get(at("workshop", project, uuid=workshop.uuid)).content.decode()
    assert "Open the theme pack" in page
    assert "Say who came." not in page


def test_the_list_of_workshops_costs_the_same(
    client, project, facilitator, assert_same_queries
) -> None:
    def make_row(number: int) -> None:
        workshop = make_workshop(project, title={"en": f"Evening {number}"})
        add_attendees(workshop=workshop, kind="resident", count=2, by=facilitator)

    assert_same_queries(client, at("workshop_list", project), make_row)


def test_a_workshop_costs_the_same(client, project, facilitator, assert_same_queries) -> None:
    workshop = make_workshop(project)
    body = make_organisation(project)

    def make_row(number: int) -> None:
        add_attendees(workshop=workshop, kind="partner", organisation=body, by=facilitator)
        add_note(
            workshop=workshop,
            table=workshop.tables.first(),
            kind="idea",
            text=f"Slide {number}",
            language="en",
            by=facilitator,
        )
        make_action(project, theme=workshop.theme, workshop=workshop, lead=body)

    assert_same_queries(client, at("workshop", project, uuid=workshop.uuid), make_row)


def test_two_people_who_change_a_workshop_keep_both(
    client, client_of, facilitator, project, workshop
) -> None:
    other = client_of(facilitator)
    url = at("workshop_change", project, uuid=workshop.uuid)
    first, second = client.get(url), other.get(url)
    other.post(url, drawn(second, place="The library", title_cy="Noson y coed"))
    assert client.post(url, drawn(first, purpose="Swings.", title_en="Trees")).status_code == 302
    workshop.refresh_from_db()
    assert (workshop.place, workshop.purpose) == ("The library", "Swings.")
    assert [workshop.title.text(code) for code in ("en", "cy")] == ["Trees", "Noson y coed"]
    clash = client.post(url, drawn(first, place="The school"))
    assert clash.status_code == 409
    assert drawn(clash)["place"] == ["The school"]
    workshop.refresh_from_db()
    assert workshop.place == "The library"


def test_a_workshop_sent_twice_is_planned_once(client, project) -> None:
    theme = make_theme(project)
    url = at("workshop_plan", project)
    sent = drawn(client.get(url), title_en="Trees", theme=str(theme.uuid), date="2199-03-01")
    for _twice in range(2):
        assert client.post(url, sent).status_code == 302
    assert client.post(url, {**sent, "title_en": ["Parks"]}).status_code == 409
    assert Workshop.objects.count() == 1


def test_a_workshop_is_called_off_with_a_reason_and_held_after_all(
    client, project, workshop
) -> None:
    url = at("workshop_call_off", project, uuid=workshop.uuid)
    assert "Say why." in client.post(url, {"why": " "}).content.decode()
    page = client.post(url, {"why": "Planned twice."}, follow=True).content.decode()
    assert "The workshop is called off." in page
    assert "Planned twice." in page
    assert "Set tables" not in page
    assert "Called off" in client.get(at("workshop_list", project)).content.decode()
    assert client.post(url, {"why": "Again."}).status_code == 409
    page = client.post(at("workshop_revive", project, uuid=workshop.uuid), follow=True)
    assert "The workshop is held after all." in page.content.decode()
