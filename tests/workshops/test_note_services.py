"""Changes to what tables wrote down."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from coproduction.projects.models import AuditEntry
from tests.workshops.material import (
    add_note,
    make_action,
    make_workshop,
)
from workshops.models import Note
from workshops.services.evidence import cite_evidence
from workshops.services.note import (
    NewNote,
    NoteIsEvidence,
    NothingWritten,
    add_notes,
    change_note,
    restore_notes,
    undo_notes,
)
from workshops.services.same_project import OtherTable


def verbs(project) -> list[str]:
    """Return what the audit trail says was done at workshops, in order."""
    entries = AuditEntry.objects.filter(project=project, verb__startswith="workshops.")
    return list(entries.order_by("number").values_list("verb", flat=True))


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
    assert not workshop.notes.not_undone().exists()
    assert undo_notes(workshop=workshop, notes=notes, by=facilitator) == 0
    assert restore_notes(workshop=workshop, notes=notes[:1], by=facilitator) == 1
    assert [note.text for note in workshop.notes.not_undone()] == ["Slide"]
    assert verbs(project)[-2:] == ["workshops.notes_undone", "workshops.notes_restored"]


def test_a_note_that_an_action_cites_is_not_undone(project, facilitator) -> None:
    workshop = make_workshop(project)
    note = add_note(
        workshop=workshop, table=None, kind="idea", text="Slide", language="en", by=facilitator
    )
    cite_evidence(action=make_action(project), notes=[note], by=facilitator)
    with pytest.raises(NoteIsEvidence):
        undo_notes(workshop=workshop, notes=[note], by=facilitator)
    assert workshop.notes.not_undone().count() == 1


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
    assert workshop.notes.not_undone().count() == 1
    assert not workshop.notes.for_all().exists()
    with pytest.raises(IntegrityError), transaction.atomic():
        workshop.notes.update(undone_at=timezone.now(), for_all_since=timezone.now())
