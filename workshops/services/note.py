"""Changes to what tables wrote down."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from coproduction.projects.audit import recorded
from coproduction.projects.models import User
from coproduction.projects.refusals import Refusal
from workshops.models import Evidence, Note, Table, Workshop
from workshops.services.boundary import require_table


class NothingWritten(Refusal):
    """There was no note to keep."""

    sentence = _("Write the note first.")


class NoteIsEvidence(Refusal):
    """A note that an action rests on stays until the action lets it go."""

    sentence = _("An action cites this note as evidence. Take it off the action first.")


@dataclass(frozen=True)
class NewNote:
    """A note to be kept: what sort of thing, in what words and language, from which table."""

    kind: str
    text: str
    language: str = "en"
    table: Table | None = None


def add_note(
    *, workshop: Workshop, table: Table | None, kind: str, text: str, language: str, by: User
) -> Note:
    """Keep one note. Raises as ``add_notes`` does."""
    new = NewNote(kind=kind, text=text, language=language, table=table)
    return add_notes(workshop=workshop, notes=[new], by=by)[0]


def add_notes(*, workshop: Workshop, notes: Sequence[NewNote], by: User) -> list[Note]:
    """Keep several notes in one step, in their order.

    Raises NothingWritten, OtherTable, and ValidationError for an empty or unknown one.
    """
    with recorded(project=workshop.project, by=by) as ledger:
        if not notes:
            raise NothingWritten
        require_table(workshop, *(new.table for new in notes))
        step = uuid.uuid4()
        kept = [
            Note(
                project=workshop.project,
                workshop=workshop,
                table=new.table,
                kind=new.kind,
                text=new.text.strip(),
                language=new.language,
                by=by,
                step=step,
            )
            for new in notes
        ]
        for note in kept:
            note.clean_fields(exclude=["project", "workshop", "table", "by"])
        Note.objects.bulk_create(kept, batch_size=500)
        ledger.record(
            "workshops.notes_added", subject=workshop, now={"count": len(kept), "step": step}
        )
    return kept


def change_note(*, note: Note, kind: str, text: str, language: str, by: User) -> Note:
    """Put right how a note was written down. Raises ValidationError."""
    with recorded(project=note.project, by=by) as ledger:
        was = {"kind": note.kind, "language": note.language}
        note.kind, note.text, note.language = kind, text.strip(), language
        note.full_clean()
        note.save(update_fields=["kind", "text", "language"])
        ledger.record(
            "workshops.note_changed",
            subject=note,
            was=was,
            now={"kind": kind, "language": language},
        )
    return note


def undo_notes(*, workshop: Workshop, notes: Sequence[Note], by: User) -> int:
    """Take notes out of sight; return how many were in it. Raises NoteIsEvidence."""
    with recorded(project=workshop.project, by=by) as ledger:
        chosen = workshop.notes.kept().filter(pk__in=[note.pk for note in notes])
        if Evidence.objects.filter(note__in=chosen).exists():
            raise NoteIsEvidence
        ids = [str(found) for found in chosen.values_list("uuid", flat=True)]
        if ids:
            chosen.update(undone_at=timezone.now())
            ledger.record("workshops.notes_undone", subject=workshop, was={"notes": ids})
    return len(ids)


def restore_notes(*, workshop: Workshop, notes: Sequence[Note], by: User) -> int:
    """Put undone notes back; return how many."""
    with recorded(project=workshop.project, by=by) as ledger:
        chosen = workshop.notes.filter(pk__in=[note.pk for note in notes], undone_at__isnull=False)
        ids = [str(found) for found in chosen.values_list("uuid", flat=True)]
        if ids:
            chosen.update(undone_at=None)
            ledger.record("workshops.notes_restored", subject=workshop, now={"notes": ids})
    return len(ids)
