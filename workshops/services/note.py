"""Changes to what tables wrote down."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from coproduction.fingerprints import fingerprint
from coproduction.projects.audit import recorded
from coproduction.projects.models import User
from coproduction.projects.refusals import Refusal
from coproduction.projects.seen import ReadAgain, Seen
from workshops.models import Evidence, Note, Table, Workshop
from workshops.services.same_project import require_table
from workshops.services.workshop import standing_workshop


class NothingWritten(Refusal):
    """There was no note to keep."""

    sentence = _("Write the note first.")


class NoteIsEvidence(Refusal):
    """A note that an action rests on stays until the action lets it go."""

    sentence = _("An action cites this note as evidence. Take it off the action first.")


class NoteTakenOff(Refusal):
    """Somebody took the note off while somebody else was putting it right."""

    sentence = _(
        "Somebody took this note off while you were writing, so nothing was saved. Your words are "
        "still in the box. Put the note back with them, or leave it off."
    )


@dataclass(frozen=True)
class NewNote:
    """A note to be added: what sort of thing, in what words and language, from which table.

    The team reads it; everyone does only if the table agreed to that.
    """

    kind: str
    text: str
    language: str = settings.LANGUAGE_CODE
    table: Table | None = None
    may_be_read_by_all: bool = False


def add_notes(
    *, workshop: Workshop, notes: Sequence[NewNote], by: User, step: uuid.UUID | None = None
) -> list[Note]:
    """Keep several notes in one step, in their order.

    ``step`` is the sender's own number for it: the same words sent twice are added once, other
    words under the same number are other notes. Raises NothingWritten, WorkshopCalledOff,
    OtherTable, and ValidationError for an empty or unknown one.
    """
    with recorded(project=workshop.project, by=by) as ledger:
        if not notes:
            raise NothingWritten
        standing_workshop(ledger, workshop)
        require_table(workshop, *(new.table for new in notes))
        step = _step_of(step, notes) if step else uuid.uuid4()
        # Inside the lock: an answer that got lost is asked for again while the first still saves.
        if there := list(workshop.notes.filter(step=step)):
            return there
        added = [
            Note(
                project=workshop.project,
                workshop=workshop,
                table=new.table,
                kind=new.kind,
                text=new.text.strip(),
                language=new.language,
                for_all_since=ledger.at if new.may_be_read_by_all else None,
                by=by,
                step=step,
            )
            for new in notes
        ]
        for note in added:
            note.clean_fields(exclude=["project", "workshop", "table", "by"])
        Note.objects.bulk_create(added, batch_size=500)
        ledger.record(
            "workshops.notes_added",
            subject=workshop,
            now={
                "count": len(added),
                "step": step,
                "for_all": sum(note.may_be_read_by_all for note in added),
            },
        )
    return added


def _step_of(sent: uuid.UUID, notes: Sequence[NewNote]) -> uuid.UUID:
    """Name a step by the sender's number and by what is in it, so that neither swallows another."""
    content = [
        (
            new.kind,
            new.text.strip(),
            new.language,
            new.table and new.table.pk,
            new.may_be_read_by_all,
        )
        for new in notes
    ]
    return uuid.uuid5(sent, fingerprint(content))


def change_note(
    *,
    note: Note,
    kind: str,
    text: str,
    language: str,
    by: User,
    may_be_read_by_all: bool = False,
    put_back: bool = False,
    version: int | None = None,
    seen: Seen | None = None,
) -> Note:
    """Put right how a note was written down, and whether everyone may read it.

    Who changes the words says again that everyone may read them; and nobody says so of a note that
    has changed since the ``version`` they saw. One that was taken off is put back where
    ``put_back`` says so. Raises NoteTakenOff, ChangedMeanwhile, ReadAgain and ValidationError.
    """
    with recorded(project=note.project, by=by) as ledger:
        ledger.refresh(note)
        if note.undone_at is not None and not put_back:
            raise NoteTakenOff
        note.undone_at = None
        was, before = _audited(note), (note.kind, note.text, note.language)
        agreed = ledger.merged(
            note,
            seen=seen,
            now={"may_be_read_by_all": note.may_be_read_by_all},
            may_be_read_by_all=may_be_read_by_all,
        )
        may_be_read_by_all = agreed["may_be_read_by_all"]
        is_new = may_be_read_by_all and not note.may_be_read_by_all
        words = {"text": text.strip(), "language": language}
        present = _as_form(note)
        ledger.change(note, seen=seen, together=[words], kind=kind, **words)
        if is_new and version not in {None, note.version}:
            raise ReadAgain(now=present, yours=_as_form(note))
        new = (note.kind, note.text, note.language)
        if not may_be_read_by_all:
            note.for_all_since = None
        elif note.for_all_since is None or new != before:
            note.for_all_since = ledger.at
        note.full_clean()
        note.save(
            update_fields=["kind", "text", "folded", "language", "for_all_since", "undone_at"]
        )
        ledger.record("workshops.note_changed", subject=note, was=was, now=_audited(note))
    return note


def _as_form(note: Note) -> dict[str, Any]:
    """Return a note by the names of its form, for nobody to have agreed to yet."""
    said = {name: getattr(note, name) for name in ("kind", "text", "language", "version")}
    return {**said, "may_be_read_by_all": False}


def _audited(note: Note) -> dict[str, object]:
    """What the audit trail keeps of a note: never its words."""
    return {"kind": note.kind, "language": note.language, "for_all": note.may_be_read_by_all}


def undo_notes(*, workshop: Workshop, notes: Sequence[Note], by: User) -> int:
    """Take notes out of sight; return how many were in it. Raises NoteIsEvidence.

    That everyone may read them ends with it: put back, they are the team's.
    """
    with recorded(project=workshop.project, by=by) as ledger:
        chosen = workshop.notes.not_undone().filter(pk__in=[note.pk for note in notes])
        if Evidence.objects.filter(note__in=chosen).exists():
            raise NoteIsEvidence
        ids = [str(found) for found in chosen.values_list("uuid", flat=True)]
        if ids:
            chosen.update(undone_at=ledger.at, for_all_since=None)
            ledger.record("workshops.notes_undone", subject=workshop, was={"notes": ids})
    return len(ids)


def restore_notes(*, workshop: Workshop, notes: Sequence[Note], by: User) -> int:
    """Put undone notes back; return how many. Raises WorkshopCalledOff."""
    with recorded(project=workshop.project, by=by) as ledger:
        standing_workshop(ledger, workshop)
        chosen = workshop.notes.filter(pk__in=[note.pk for note in notes], undone_at__isnull=False)
        ids = [str(found) for found in chosen.values_list("uuid", flat=True)]
        if ids:
            chosen.update(undone_at=None)
            ledger.record("workshops.notes_restored", subject=workshop, now={"notes": ids})
    return len(ids)
