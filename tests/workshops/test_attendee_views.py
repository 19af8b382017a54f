"""Pages of who came to a workshop, and of its tables."""

from tests.forms import drawn
from tests.workshops.material import (
    add_note,
    at,
    make_organisation,
    make_workshop,
)
from workshops.models import Attendee
from workshops.services.attendee import add_attendees


def test_people_are_added_several_at_once_and_undone(client, project, workshop) -> None:
    url = at("attendees", project, uuid=workshop.uuid)
    body = make_organisation(project)
    response = client.post(
        url,
        {
            "kind": "partner",
            "count": "3",
            "organisation": body.uuid,
            "table": workshop.tables.first().uuid,
            "names": "Gwyn\n\n Mair ",
        },
        follow=True,
    )
    assert "3 people are added. 2 of them have names." in response.content.decode()
    names = list(workshop.attendees.order_by("pk").values_list("name", flat=True))
    assert names == ["Gwyn", "Mair", ""]
    step = workshop.attendees.first().step
    removed = client.post(
        at("attendees_remove", project, uuid=workshop.uuid), {"step": step}, follow=True
    )
    assert "3 people were taken off." in removed.content.decode()
    assert not workshop.attendees.exists()


def test_people_from_elsewhere_are_refused(client, project, other_project, workshop) -> None:
    theirs = make_workshop(other_project)
    wrongs = {
        "Choose an organisation from the list.": {
            "kind": "partner",
            "organisation": make_organisation(other_project).uuid,
        },
        "Choose a table of this workshop.": {"table": theirs.tables.first().uuid},
        "Choose residents or partners.": {"kind": "visitor"},
        "Choose the organisation these partners came from.": {"kind": "partner"},
        "Enter 1 person or more.": {"count": "0"},
    }
    for told, wrong in wrongs.items():
        sent = {"kind": "resident", "count": "2", "names": ""} | wrong
        response = client.post(at("attendees", project, uuid=workshop.uuid), sent)
        assert told in response.content.decode()
    assert len(wrongs) == 5
    assert not Attendee.objects.exists()


def test_residents_are_asked_for_no_organisation_and_partners_for_theirs(
    client, project, workshop
) -> None:
    url = at("attendees", project, uuid=workshop.uuid)
    body = make_organisation(project)
    # Chosen for partners before the box went away.
    client.post(url, {"kind": "resident", "count": "1", "names": "", "organisation": body.uuid})
    assert Attendee.objects.get().organisation is None
    page = client.get(url).content.decode()
    label = page[page.index('for="id_organisation"') :].split("</label>")[0]
    assert "optional" not in label


def test_a_foreign_organisation_is_refused_with_all_that_was_sent_beside_it(
    client, project, other_project, workshop
) -> None:
    theirs = make_organisation(other_project).uuid
    sent = {"kind": "resident", "count": "2", "names": "Mair", "organisation": theirs}
    page = client.post(at("attendees", project, uuid=workshop.uuid), sent).content.decode()
    assert "Choose an organisation from the list." in page
    assert "Mair</textarea>" in page
    assert not Attendee.objects.exists()


def test_undoing_somebody_elses_step_takes_nobody_off(
    client, project, other_project, workshop, facilitator
) -> None:
    theirs = make_workshop(other_project)
    people = add_attendees(workshop=theirs, kind="resident", count=2, by=facilitator)
    url = at("attendees_remove", project, uuid=workshop.uuid)
    refused = 0
    for step in [people[0].step, "nonsense", ""]:
        assert client.post(url, {"step": step}).status_code == 302
        refused += 1
    assert refused == 3
    assert theirs.attendees.count() == 2


def test_tables_are_set_and_hosts_named(client, project, workshop) -> None:
    client.post(at("tables", project, uuid=workshop.uuid), {"count": "4"})
    assert workshop.tables.count() == 4
    table = workshop.tables.first()
    client.post(at("table_host", project, uuid=table.uuid), {"host": "Gwyn"})
    page = client.get(at("tables", project, uuid=workshop.uuid)).content.decode()
    assert "Gwyn" in page
    last = at("table", project, uuid=workshop.tables.last().uuid)
    sent = drawn(client.get(last), text="A slide for the little ones")
    client.post(at("tables", project, uuid=workshop.uuid), {"count": "2"})
    answer = client.post(last, sent)
    assert answer.status_code == 410
    assert "A slide for the little ones" in answer.text


def test_a_table_with_notes_is_not_taken_away(client, project, workshop, facilitator) -> None:
    add_note(
        workshop=workshop,
        table=workshop.tables.get(number=2),
        kind="idea",
        text="Slide",
        language="en",
        by=facilitator,
    )
    response = client.post(at("tables", project, uuid=workshop.uuid), {"count": "1"})
    # The apostrophe is escaped on the page.
    assert "A table that has notes or people" in response.content.decode()
    assert workshop.tables.count() == 2


def test_people_sent_twice_are_added_once_and_asked_about_with_another_number(
    client, project, workshop
) -> None:
    url = at("attendees", project, uuid=workshop.uuid)
    sent = drawn(client.get(url), count="12")
    for _twice in range(2):
        assert client.post(url, sent).status_code == 302
    assert workshop.attendees.count() == 12
    asked = client.post(url, {**sent, "count": ["3"]})
    assert asked.status_code == 409
    assert "You have added people from this page already" in asked.content.decode()
    client.post(url, drawn(asked))
    assert workshop.attendees.count() == 15


def test_people_taken_off_can_be_added_again_from_the_same_page(client, project, workshop) -> None:
    url = at("attendees", project, uuid=workshop.uuid)
    sent = drawn(client.get(url), count="12")
    client.post(url, sent)
    step = workshop.attendees.first().step
    client.post(at("attendees_remove", project, uuid=workshop.uuid), {"step": step})
    assert client.post(url, sent).status_code == 302
    assert workshop.attendees.count() == 12


def test_two_people_who_set_tables_or_name_a_host_are_told(
    client, client_of, facilitator, project, workshop
) -> None:
    other = client_of(facilitator)
    table = workshop.tables.first()
    stopped = 0
    for url, name, theirs, yours in (
        (at("tables", project, uuid=workshop.uuid), "count", "5", "6"),
        (at("table_host", project, uuid=table.uuid), "host", "Ffion", "Anwen"),
    ):
        first, second = client.get(url), other.get(url)
        other.post(url, drawn(second, **{name: theirs}))
        assert client.post(url, drawn(first)).status_code == 302
        clash = client.post(url, drawn(first, **{name: yours}))
        assert clash.status_code == 409
        assert drawn(clash)[name] == [yours]
        stopped += 1
    assert stopped == 2
    table.refresh_from_db()
    assert (table.host, workshop.tables.count()) == ("Ffion", 5)
