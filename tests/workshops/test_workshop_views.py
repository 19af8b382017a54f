"""Pages of workshops, people, tables, notes and organisations."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from engagements.models import Question
from tests.workshops.material import (
    make_action,
    make_coding,
    make_comment,
    make_finding,
    make_organisation,
    make_quote,
    make_theme,
    make_workshop,
)
from workshops.models import Attendee, Note, Workshop
from workshops.services.attendee import add_attendees
from workshops.services.evidence import cite_evidence
from workshops.services.note import add_note


def at(name: str, project, **kwargs) -> str:
    """Return the address of a page of the workshops."""
    return reverse(f"workshops:{name}", kwargs={"project": project.slug, **kwargs})


@pytest.fixture
def client(client_of, facilitator):
    """Ffion's browser."""
    return client_of(facilitator)


@pytest.fixture
def workshop(project):
    """A workshop with two tables."""
    return make_workshop(project)


# --- Workshops ----


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
        ({"date": "2024-02-31"}, "Enter a real date."),
        ({"tables": "lots"}, "Enter a whole number of tables."),
        ({"tables": "61"}, "A workshop can have up to 60 tables."),
        ({"place": "x" * 151}, "Use 150 characters or fewer for the place."),
        ({"title_en": "Parks\x00"}, "Null characters are not allowed."),
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
    assert '<ul class="views" lang="en">' in page
    assert page.count("<li>Dogs") == 2


def test_the_analyst_sees_a_workshop_and_no_way_to_change_it(
    client_of, analyst, project, workshop
) -> None:
    page = client_of(analyst).get(at("workshop", project, uuid=workshop.uuid)).content.decode()
    assert "Parks evening" in page
    assert at("attendees", project, uuid=workshop.uuid) not in page
    assert at("action_propose", project) not in page


# --- People and tables ----


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


def test_a_workshop_to_come_is_prepared_and_not_counted(
    client, project, workshop, facilitator
) -> None:
    workshop.date = timezone.localdate() + timedelta(days=1)
    workshop.save()
    page = client.get(at("workshop", project, uuid=workshop.uuid)).content.decode()
    assert "Open the theme pack" in page
    assert "Say who came." not in page


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


# --- Notes ----


def test_notes_are_typed_one_after_another(client, project, workshop) -> None:
    table = workshop.tables.first()
    url = at("table", project, uuid=table.uuid)
    sent = {"text": "Y bandstand", "kind": "asset", "language": "cy"}
    page = client.post(url, sent, follow=True).content.decode()
    note = Note.objects.get()
    assert (note.table, note.kind, note.language) == (table, "asset", "cy")
    assert "1 note is kept." in page
    # The next one starts as this one was, with the keyboard in the box.
    assert "data-focus" in page
    assert '<option value="cy" selected>' in page


def test_each_line_is_kept_as_a_note_and_all_are_undone_and_put_back(
    client, project, workshop
) -> None:
    url = at("table", project, uuid=workshop.tables.first().uuid)
    sent = {"text": "Slide\n\n Pond \n", "kind": "idea", "language": "en", "each_line": "1"}
    page = client.post(url, sent, follow=True).content.decode()
    assert "2 notes are kept." in page
    assert list(workshop.notes.values_list("text", flat=True)) == ["Slide", "Pond"]
    step = workshop.notes.first().step
    undo = at("notes_undo", project, uuid=workshop.uuid)
    page = client.post(undo, {"step": step}, follow=True).content.decode()
    assert "2 notes were undone." in page
    assert not workshop.notes.kept().exists()
    restore = at("notes_restore", project, uuid=workshop.uuid)
    client.post(restore, {"step": step})
    assert workshop.notes.kept().count() == 2


def test_a_note_sent_twice_is_kept_once(client, project, workshop) -> None:
    url = at("table", project, uuid=workshop.tables.first().uuid)
    step = str(client.get(url).context["form"]["step"].value())
    sent = {"text": "Slide\nPond", "kind": "idea", "language": "en", "each_line": "1", "step": step}
    pages = [client.post(url, sent, follow=True) for _time in range(2)]
    assert ["2 notes are kept." in page.content.decode() for page in pages] == [True, True]
    assert [str(note.step) for note in Note.objects.all()] == [step, step]


def test_the_two_sides_of_a_disagreement_are_one_note(client, project, workshop) -> None:
    url = at("table", project, uuid=workshop.tables.first().uuid)
    sent = {"text": "Dogs on leads.", "other_side": "Dogs free.", "language": "en"}
    client.post(url, sent | {"kind": "disagreement", "each_line": "1"})
    assert Note.objects.get().sides == ["Dogs on leads.", "Dogs free."]


def test_a_table_opened_anew_does_not_start_as_the_last_kind_typed_there(
    client, project, workshop
) -> None:
    url = at("table", project, uuid=workshop.tables.first().uuid)
    kept = client.post(
        url, {"text": "Dark paths", "kind": "concern", "language": "cy"}, follow=True
    )
    kinds = [page.context["form"]["kind"].value() for page in (kept, client.get(url))]
    assert kinds == ["concern", "idea"]


def test_an_empty_note_is_asked_for(client, project, workshop) -> None:
    url = at("table", project, uuid=workshop.tables.first().uuid)
    page = client.post(url, {"text": "  ", "kind": "idea", "language": "en"}).content.decode()
    assert "Write the note first." in page
    assert not Note.objects.exists()


def test_a_cited_note_is_not_taken_off(client, project, workshop, facilitator) -> None:
    note = add_note(
        workshop=workshop,
        table=workshop.tables.first(),
        kind="idea",
        text="Slide",
        language="en",
        by=facilitator,
    )
    cite_evidence(action=make_action(project), notes=[note], by=facilitator)
    url = at("notes_undo", project, uuid=workshop.uuid)
    page = client.post(url, {"note": note.uuid}, follow=True).content.decode()
    assert "An action cites this note as evidence." in page
    assert workshop.notes.kept().count() == 1


def test_another_workshops_notes_are_left_alone(
    client, project, other_project, workshop, facilitator
) -> None:
    theirs = make_workshop(other_project)
    note = add_note(
        workshop=theirs, table=None, kind="idea", text="Slide", language="en", by=facilitator
    )
    url = at("notes_undo", project, uuid=workshop.uuid)
    for sent in ({"note": note.uuid}, {"step": note.step}, {"note": "nonsense"}, {}):
        page = client.post(url, sent, follow=True).content.decode()
        assert "Those notes are not at this workshop." in page
    assert theirs.notes.kept().count() == 1


def test_a_note_is_put_right(client, project, workshop, facilitator) -> None:
    note = add_note(
        workshop=workshop, table=None, kind="idea", text="Silde", language="en", by=facilitator
    )
    url = at("note_change", project, uuid=note.uuid)
    assert "Silde" in client.get(url).content.decode()
    response = client.post(url, {"text": "Slide", "kind": "idea", "language": "en"})
    assert response["Location"] == at("workshop", project, uuid=workshop.uuid)
    note.refresh_from_db()
    assert note.text == "Slide"


def test_who_may_read_a_note_is_asked_of_each_and_shown(client, project, workshop) -> None:
    url = at("table", project, uuid=workshop.tables.first().uuid)
    sent = {"kind": "idea", "language": "en", "may_be_read_by_all": "on"}
    page = client.post(url, sent | {"text": "Slide"}, follow=True).content.decode()
    assert "Everyone may read it." in page
    assert "Only the team reads it." not in page
    assert re.search(r'<input[^>]*name="may_be_read_by_all"[^>]*>', page)
    assert not re.search(r'<input[^>]*name="may_be_read_by_all"[^>]*checked', page)
    note = workshop.notes.get()
    change = at("note_change", project, uuid=note.uuid)
    form = client.get(change).content.decode()
    assert re.search(r'<input[^>]*name="may_be_read_by_all"[^>]*checked', form)
    client.post(change, {"text": "Slide", "kind": "idea", "language": "en"})
    assert "Only the team reads it." in client.get(url).content.decode()


# --- Organisations ----


def test_organisations_are_added_and_changed(client, project) -> None:
    sent = {"name_en": "The library", "name_cy": "Y llyfrgell", "sector": "council"}
    client.post(at("organisation_add", project), sent)
    page = client.get(at("organisation_list", project)).content.decode()
    assert "The library" in page
    again = client.post(at("organisation_add", project), sent)
    assert "That organisation is on the list already." in again.content.decode()
    body = make_organisation(project)
    url = at("organisation_change", project, uuid=body.uuid)
    client.post(url, {"name_en": "Friends of the parks", "name_cy": "", "sector": "charity"})
    body.refresh_from_db()
    assert body.name.text("en") == "Friends of the parks"


def test_the_next_organisation_can_follow_at_once(client, project) -> None:
    sent = {"name_en": "The library", "name_cy": "", "sector": "council", "again": "1"}
    response = client.post(at("organisation_add", project), sent)
    assert response["Location"] == at("organisation_add", project)


# --- Lists cost the same however long ----


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


def test_the_list_of_organisations_costs_the_same(client, project, assert_same_queries) -> None:
    assert_same_queries(
        client,
        at("organisation_list", project),
        lambda number: make_organisation(project, f"Club {number}"),
    )


# --- The theme pack ----


def test_the_theme_pack_holds_what_may_be_handed_out(client, project, facilitator, analyst) -> None:
    theme = make_theme(project)
    code = make_theme(project, "Swings", parent=theme)
    comments = [make_comment(project, f"Swings {number}") for number in range(12)]
    for comment in comments:
        make_coding(comment, code, analyst)
    make_coding(make_comment(project, "Old ones", question="change"), code, analyst)
    make_finding(theme, analyst, "People miss the park.")
    for comment, consent in ((comments[0], True), (comments[1], False)):
        comment.submission.quote_consent = consent
        comment.submission.save()
        make_quote(comment, theme, analyst)
    workshop = make_workshop(project, theme=theme)
    page = client.get(at("theme_pack", project, uuid=workshop.uuid)).content.decode()
    assert "People miss the park." in page
    assert "<strong>13</strong>" in page
    assert "Swings 0" in page
    # Nobody agreed to this one being quoted.
    assert "Swings 1<" not in page
    # One on "change" is too few to show; twelve, or a nought, beside it would give it away.
    assert page.count("not shown") == Question.objects.of(project).count()


def test_the_theme_pack_costs_the_same(client, project, analyst, assert_same_queries) -> None:
    theme = make_theme(project)
    workshop = make_workshop(project, theme=theme)

    def make_row(number: int) -> None:
        code = make_theme(project, f"Code {number}", parent=theme)
        comment = make_comment(project)
        comment.submission.quote_consent = True
        comment.submission.save()
        make_coding(comment, code, analyst)
        make_quote(comment, theme, analyst)

    assert_same_queries(client, at("theme_pack", project, uuid=workshop.uuid), make_row)
