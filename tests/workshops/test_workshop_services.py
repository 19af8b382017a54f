"""Changes to workshops, who came, and notes."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from coproduction.projects.audit import verify
from coproduction.projects.models import AuditEntry
from tests.workshops.material import (
    make_action,
    make_organisation,
    make_theme,
    make_workshop,
)
from workshops.models import Attendee, Note, Table, Workshop
from workshops.services.attendee import (
    HowMany,
    OrganisationMissing,
    ResidentsComeForThemselves,
    add_attendees,
    remove_attendees,
)
from workshops.services.boundary import NotACurrentTheme, OtherProject, OtherTable
from workshops.services.evidence import cite_evidence
from workshops.services.note import (
    NewNote,
    NoteIsEvidence,
    NothingWritten,
    add_note,
    add_notes,
    change_note,
    restore_notes,
    undo_notes,
)
from workshops.services.workshop import (
    MOST_TABLES,
    TableInUse,
    TooManyTables,
    change_workshop,
    name_host,
    set_tables,
)


def verbs(project) -> list[str]:
    """Return what the audit trail says was done at workshops, in order."""
    entries = AuditEntry.objects.filter(project=project, verb__startswith="workshops.")
    return list(entries.order_by("number").values_list("verb", flat=True))


def test_a_workshop_is_planned_with_numbered_tables(project) -> None:
    workshop = make_workshop(project, tables=3)
    assert [table.number for table in workshop.tables.all()] == [1, 2, 3]
    assert workshop.title.text("cy") == "Noson y parciau"
    assert verbs(project) == ["workshops.workshop_planned"]
    assert verify(project).fault is None


def test_a_workshop_is_on_a_current_theme_of_its_own_project(project, other_project) -> None:
    theme = make_theme(project)
    code = make_theme(project, "Swings", parent=theme)
    merged = make_theme(project, "Green space", merged_into=theme)
    refused = 0
    for given, refusal in [
        (code, NotACurrentTheme),
        (merged, NotACurrentTheme),
        (make_theme(other_project), OtherProject),
    ]:
        with pytest.raises(refusal):
            make_workshop(project, theme=given)
        refused += 1
    assert refused == 3
    assert not Workshop.objects.exists()
    assert verbs(project) == []


@pytest.mark.parametrize("tables", [-1, MOST_TABLES + 1])
def test_an_impossible_number_of_tables_plans_nothing(project, tables) -> None:
    with pytest.raises(TooManyTables):
        make_workshop(project, tables=tables)
    assert not Workshop.objects.exists()


def test_a_workshop_needs_a_title(project) -> None:
    with pytest.raises(ValidationError):
        make_workshop(project, title={"en": ""})
    assert not Workshop.objects.exists()


def test_a_workshop_keeps_a_theme_that_was_merged_later(project, facilitator) -> None:
    workshop = make_workshop(project)
    workshop.theme.merged_into = make_theme(project, "Outdoors")
    workshop.theme.save()
    change_workshop(
        workshop=workshop,
        title={"en": "Parks night"},
        theme=workshop.theme,
        date=datetime.date(2024, 3, 1),
        place="",
        purpose="",
        by=facilitator,
    )
    workshop.refresh_from_db()
    assert workshop.title.text("en") == "Parks night"
    assert workshop.title.out_of_date(["cy"]) == ["cy"]
    assert workshop.date == datetime.date(2024, 3, 1)


def test_tables_are_added_and_empty_ones_taken_away(project, facilitator) -> None:
    workshop = make_workshop(project, tables=2)
    set_tables(workshop=workshop, count=4, by=facilitator)
    set_tables(workshop=workshop, count=3, by=facilitator)
    assert [table.number for table in workshop.tables.all()] == [1, 2, 3]


def test_a_table_with_notes_or_people_stays(project, facilitator) -> None:
    workshop = make_workshop(project, tables=2)
    second = workshop.tables.get(number=2)
    people = add_attendees(workshop=workshop, kind="resident", table=second, by=facilitator)
    with pytest.raises(TableInUse):
        set_tables(workshop=workshop, count=1, by=facilitator)
    remove_attendees(workshop=workshop, step=people[0].step, by=facilitator)
    note = add_note(
        workshop=workshop, table=second, kind="idea", text="Slide", language="en", by=facilitator
    )
    undo_notes(workshop=workshop, notes=[note], by=facilitator)
    with pytest.raises(TableInUse):
        set_tables(workshop=workshop, count=1, by=facilitator)
    assert workshop.tables.count() == 2


def test_a_table_has_a_host(project, facilitator) -> None:
    table = make_workshop(project).tables.get(number=1)
    name_host(table=table, host="Gwyn", by=facilitator)
    assert Table.objects.get(pk=table.pk).host == "Gwyn"


def test_many_people_come_in_one_step_and_the_first_have_names(project, facilitator) -> None:
    workshop = make_workshop(project)
    table = workshop.tables.get(number=1)
    added = add_attendees(
        workshop=workshop,
        kind="resident",
        count=3,
        names=["Mair"],
        table=table,
        by=facilitator,
    )
    assert [person.name for person in workshop.attendees.order_by("pk")] == ["Mair", "", ""]
    assert len({person.step for person in added}) == 1
    assert remove_attendees(workshop=workshop, step=added[0].step, by=facilitator) == 3
    assert not workshop.attendees.exists()
    assert verbs(project)[-2:] == ["workshops.attendees_added", "workshops.attendees_removed"]


def test_partners_come_from_an_organisation_and_residents_do_not(project, facilitator) -> None:
    workshop, body = make_workshop(project), make_organisation(project)
    with pytest.raises(OrganisationMissing):
        add_attendees(workshop=workshop, kind="partner", by=facilitator)
    with pytest.raises(ResidentsComeForThemselves):
        add_attendees(workshop=workshop, kind="resident", organisation=body, by=facilitator)
    with pytest.raises(HowMany):
        add_attendees(workshop=workshop, kind="resident", count=0, by=facilitator)
    with pytest.raises(ValidationError):
        add_attendees(workshop=workshop, kind="visitor", by=facilitator)
    assert not Attendee.objects.exists()
    add_attendees(workshop=workshop, kind="partner", organisation=body, by=facilitator)
    assert workshop.attendees.get().organisation == body


def test_people_are_never_seated_elsewhere(project, other_project, facilitator) -> None:
    workshop, another = make_workshop(project), make_workshop(other_project)
    with pytest.raises(OtherTable):
        add_attendees(
            workshop=workshop, kind="resident", table=another.tables.first(), by=facilitator
        )
    with pytest.raises(OtherProject):
        add_attendees(
            workshop=workshop,
            kind="partner",
            organisation=make_organisation(other_project),
            by=facilitator,
        )
    assert not Attendee.objects.exists()


def test_several_notes_are_one_step_and_keep_their_order(project, facilitator) -> None:
    workshop = make_workshop(project)
    table = workshop.tables.get(number=2)
    notes = add_notes(
        workshop=workshop,
        notes=[
            NewNote(kind="asset", text=" The bandstand ", table=table),
            NewNote(kind="disagreement", text="Dogs on leads, or not", language="en"),
        ],
        by=facilitator,
    )
    assert [note.text for note in workshop.notes.all()] == [
        "The bandstand",
        "Dogs on leads, or not",
    ]
    assert len({note.step for note in notes}) == 1
    assert verbs(project)[-1:] == ["workshops.notes_added"]


def test_a_bad_note_among_good_ones_keeps_none(project, facilitator) -> None:
    workshop = make_workshop(project)
    good = NewNote(kind="idea", text="Slide")
    refused = 0
    for bad in [NewNote(kind="idea", text="  "), NewNote(kind="gossip", text="Well")]:
        with pytest.raises(ValidationError):
            add_notes(workshop=workshop, notes=[good, bad], by=facilitator)
        refused += 1
    assert refused == 2
    with pytest.raises(NothingWritten):
        add_notes(workshop=workshop, notes=[], by=facilitator)
    with pytest.raises(OtherTable):
        add_note(
            workshop=workshop,
            table=make_workshop(project, title={"en": "Another"}).tables.first(),
            kind="idea",
            text="Slide",
            language="en",
            by=facilitator,
        )
    assert not Note.objects.exists()


def test_a_note_is_undone_and_put_back(project, facilitator) -> None:
    workshop = make_workshop(project)
    notes = add_notes(
        workshop=workshop,
        notes=[NewNote(kind="idea", text="Slide"), NewNote(kind="idea", text="Pond")],
        by=facilitator,
    )
    assert undo_notes(workshop=workshop, notes=notes, by=facilitator) == 2
    assert not workshop.notes.kept().exists()
    assert undo_notes(workshop=workshop, notes=notes, by=facilitator) == 0
    assert restore_notes(workshop=workshop, notes=notes[:1], by=facilitator) == 1
    assert [note.text for note in workshop.notes.kept()] == ["Slide"]
    assert verbs(project)[-2:] == ["workshops.notes_undone", "workshops.notes_restored"]


def test_a_note_that_an_action_cites_is_not_undone(project, facilitator) -> None:
    workshop = make_workshop(project)
    note = add_note(
        workshop=workshop, table=None, kind="idea", text="Slide", language="en", by=facilitator
    )
    cite_evidence(action=make_action(project), notes=[note], by=facilitator)
    with pytest.raises(NoteIsEvidence):
        undo_notes(workshop=workshop, notes=[note], by=facilitator)
    assert workshop.notes.kept().count() == 1


def test_a_note_is_put_right(project, facilitator) -> None:
    note = add_note(
        workshop=make_workshop(project),
        table=None,
        kind="idea",
        text="Silde",
        language="en",
        by=facilitator,
    )
    change_note(note=note, kind="asset", text="Slide", language="cy", by=facilitator)
    note.refresh_from_db()
    assert (note.kind, note.text, note.language) == ("asset", "Slide", "cy")
    with pytest.raises(ValidationError):
        change_note(note=note, kind="asset", text=" ", language="cy", by=facilitator)


def test_everyone_reads_a_note_only_once_that_is_said_of_it(project, facilitator) -> None:
    workshop = make_workshop(project)
    notes = add_notes(
        workshop=workshop,
        notes=[NewNote("idea", "Slide"), NewNote("idea", "Pond", may_be_read_by_all=True)],
        by=facilitator,
    )
    assert [note.text for note in workshop.notes.for_all()] == ["Pond"]
    given = {"kind": "idea", "language": "en", "by": facilitator}
    change_note(note=notes[0], text="Slide", may_be_read_by_all=True, **given)
    assert [note.text for note in workshop.notes.for_all()] == ["Slide", "Pond"]
    change_note(note=notes[1], text="Pond", **given)
    assert [note.text for note in workshop.notes.for_all()] == ["Slide"]


def test_that_everyone_may_read_a_note_is_said_again_of_new_words(project, facilitator) -> None:
    (note,) = add_notes(
        workshop=make_workshop(project),
        notes=[NewNote("idea", "Slide", may_be_read_by_all=True)],
        by=facilitator,
    )
    given = {"kind": "idea", "language": "en", "may_be_read_by_all": True, "by": facilitator}
    said = note.for_all_since
    assert change_note(note=note, text="Slide", **given).for_all_since == said
    assert change_note(note=note, text="Long slide", **given).for_all_since > said


def test_a_note_put_back_is_the_teams_alone(project, facilitator) -> None:
    workshop = make_workshop(project)
    notes = add_notes(
        workshop=workshop,
        notes=[NewNote("idea", "Slide", may_be_read_by_all=True)],
        by=facilitator,
    )
    undo_notes(workshop=workshop, notes=notes, by=facilitator)
    restore_notes(workshop=workshop, notes=notes, by=facilitator)
    assert workshop.notes.kept().count() == 1
    assert not workshop.notes.for_all().exists()
    with pytest.raises(IntegrityError), transaction.atomic():
        workshop.notes.update(undone_at=timezone.now(), for_all_since=timezone.now())
