"""Pages of what tables write."""

import re

from tests.forms import drawn
from tests.workshops.material import (
    add_note,
    at,
    make_action,
    make_workshop,
)
from workshops.models import Note
from workshops.services.evidence import cite_evidence


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
    assert not workshop.notes.not_undone().exists()
    restore = at("notes_restore", project, uuid=workshop.uuid)
    client.post(restore, {"step": step})
    assert workshop.notes.not_undone().count() == 2


def test_a_note_sent_twice_is_kept_once(client, project, workshop) -> None:
    url = at("table", project, uuid=workshop.tables.first().uuid)
    step = str(client.get(url).context["form"]["step"].value())
    sent = {"text": "Slide\nPond", "kind": "idea", "language": "en", "each_line": "1", "step": step}
    pages = [client.post(url, sent, follow=True) for _time in range(2)]
    assert ["2 notes are kept." in page.content.decode() for page in pages] == [True, True]
    assert [note.text for note in Note.objects.all()] == ["Slide", "Pond"]
    assert len({note.step for note in Note.objects.all()}) == 1


def test_other_words_under_a_number_that_was_sent_before_are_kept_too(
    client, project, workshop
) -> None:
    url = at("table", project, uuid=workshop.tables.first().uuid)
    step = str(client.get(url).context["form"]["step"].value())
    sent = {"kind": "idea", "language": "en", "step": step}
    told = 0
    for text in ("Slide", "Slide, and a pond", "Slide, and a pond"):
        page = client.post(url, sent | {"text": text}, follow=True).content.decode()
        told += "1 note is kept." in page
    assert told == 3
    assert [note.text for note in Note.objects.all()] == ["Slide", "Slide, and a pond"]


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
    assert workshop.notes.not_undone().count() == 1


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
    assert theirs.notes.not_undone().count() == 1


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


def test_that_everyone_may_read_a_note_does_not_come_back_with_an_old_page_sent_again(
    client, project, workshop, facilitator
) -> None:
    note = add_note(
        workshop=workshop, table=None, kind="idea", text="Slide", language="en", by=facilitator
    )
    url = at("note_change", project, uuid=note.uuid)
    ticked = drawn(client.get(url), may_be_read_by_all="on")
    assert client.post(url, ticked).status_code == 302
    unticked = drawn(client.get(url))
    del unticked["may_be_read_by_all"]
    assert client.post(url, unticked).status_code == 302
    refused = client.post(url, ticked)
    assert refused.status_code == 409
    note.refresh_from_db()
    assert not note.may_be_read_by_all
    # Ticked once more, by somebody who was told, it is meant.
    assert "may_be_read_by_all" not in drawn(refused)
    assert client.post(url, drawn(refused, may_be_read_by_all="on")).status_code == 302
    note.refresh_from_db()
    assert note.may_be_read_by_all


def test_a_note_is_opened_to_everybody_only_with_words_that_its_reader_was_shown(
    client, client_of, project, workshop, facilitator
) -> None:
    other = client_of(facilitator)
    note = add_note(
        workshop=workshop, table=None, kind="idea", text="Words.", language="en", by=facilitator
    )
    url = at("note_change", project, uuid=note.uuid)
    old = client.get(url)
    assert other.post(url, drawn(other.get(url), text="Mrs Jones said so.")).status_code == 302
    refused = client.post(url, drawn(old, may_be_read_by_all="on", kind="asset"))
    assert refused.status_code == 409
    again = drawn(refused)
    assert (again["text"], again["kind"]) == (["Mrs Jones said so."], ["asset"])
    assert "may_be_read_by_all" not in again
    # Pressed again without looking, the note stays the team's.
    assert client.post(url, again).status_code == 302
    note.refresh_from_db()
    assert (note.text, note.kind, note.may_be_read_by_all) == ("Mrs Jones said so.", "asset", False)


def test_who_typed_other_words_and_opened_the_note_sees_both_texts_at_once(
    client, client_of, project, workshop, facilitator
) -> None:
    other = client_of(facilitator)
    note = add_note(
        workshop=workshop, table=None, kind="idea", text="Words.", language="en", by=facilitator
    )
    url = at("note_change", project, uuid=note.uuid)
    old = client.get(url)
    other.post(url, drawn(other.get(url), text="Theirs."))
    clash = client.post(url, drawn(old, may_be_read_by_all="on", text="Mine."))
    assert clash.status_code == 409
    assert "Theirs." in clash.text
    assert drawn(clash)["text"] == ["Mine."]
    assert client.post(url, drawn(clash)).status_code == 302
    note.refresh_from_db()
    assert (note.text, note.may_be_read_by_all) == ("Mine.", True)


def test_a_note_taken_off_while_it_was_put_right_keeps_the_words_and_is_put_back_with_them(
    client, project, workshop, facilitator
) -> None:
    table = workshop.tables.first()
    note = add_note(
        workshop=workshop, table=table, kind="idea", text="Silde", language="en", by=facilitator
    )
    url = at("note_change", project, uuid=note.uuid)
    form = {"text": "Slide", "kind": "idea", "language": "en", "may_be_read_by_all": "on"}
    client.get(url)
    client.post(at("notes_undo", project, uuid=workshop.uuid), {"note": note.uuid})
    refused = client.post(url, form)
    assert refused.status_code == 409
    page = refused.content.decode()
    assert "Somebody took this note off while you were writing" in page
    assert "Slide</textarea>" in page
    note.refresh_from_db()
    assert (note.text, note.undone_at is None) == ("Silde", False)
    kept = client.post(url, form | {"put_back": "1"})
    assert kept["Location"] == at("table", project, uuid=table.uuid)
    note.refresh_from_db()
    assert (note.text, note.undone_at, note.may_be_read_by_all) == ("Slide", None, True)


def test_the_address_of_a_note_that_was_taken_off_leads_to_where_it_is_put_back(
    client, project, workshop, facilitator
) -> None:
    note = add_note(
        workshop=workshop,
        table=workshop.tables.first(),
        kind="idea",
        text="Slide",
        language="en",
        by=facilitator,
    )
    client.post(at("notes_undo", project, uuid=workshop.uuid), {"note": note.uuid})
    page = client.get(at("note_change", project, uuid=note.uuid), follow=True).content.decode()
    assert "1 note was undone." in page
    assert "Put it back" in page


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


def test_two_scribes_who_put_one_note_right_see_both_texts(
    client, client_of, project, workshop, facilitator
) -> None:
    other = client_of(facilitator)
    note = add_note(
        workshop=workshop, table=None, kind="idea", text="Silde", language="en", by=facilitator
    )
    url = at("note_change", project, uuid=note.uuid)
    first, second = client.get(url), other.get(url)
    other.post(url, drawn(second, text="A slide"))
    assert client.post(url, drawn(first, kind="asset")).status_code == 302
    clash = client.post(url, drawn(first, text="Slide, and a pond"))
    assert clash.status_code == 409
    assert drawn(clash)["text"] == ["Slide, and a pond"]
    note.refresh_from_db()
    assert (note.text, note.kind) == ("A slide", "asset")
    # The page has shown what is there now, so it can be opened to everybody with that.
    assert drawn(clash)["version"] == [str(note.version)]
    assert client.post(url, drawn(clash, may_be_read_by_all="on")).status_code == 302


def test_an_older_page_does_not_open_a_note_again_that_a_table_took_back(
    client, client_of, project, workshop, facilitator
) -> None:
    other = client_of(facilitator)
    sent = {"kind": "idea", "language": "en", "may_be_read_by_all": "on", "text": "Slide"}
    client.post(at("table", project, uuid=workshop.tables.first().uuid), sent)
    note = workshop.notes.get()
    url = at("note_change", project, uuid=note.uuid)
    first, second = client.get(url), other.get(url)
    unticked = {name: value for name, value in drawn(second).items() if "read" not in name}
    other.post(url, unticked)
    client.post(url, drawn(first, kind="concern"))
    note.refresh_from_db()
    assert (note.kind, note.may_be_read_by_all) == ("concern", False)
