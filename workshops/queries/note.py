"""What tables wrote down, sorted."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from workshops.models import Note

# What the notes of a kind are called together.
KIND_HEADINGS = {
    Note.Kind.ASSET: _("What we have"),
    Note.Kind.IDEA: _("Ideas"),
    Note.Kind.CONCERN: _("Concerns"),
    Note.Kind.DISAGREEMENT: _("Disagreements"),
}


@dataclass(frozen=True)
class NotesOfKind:
    """What the tables wrote under one heading, such as the ideas."""

    kind: str
    label: str
    notes: list[Note]

    @property
    def are_disagreements(self) -> bool:
        """Whether each holds views that stand side by side."""
        return self.kind == Note.Kind.DISAGREEMENT


def notes_by_kind(notes: Iterable[Note]) -> list[NotesOfKind]:
    """Sort notes by kind; a kind without notes is left out."""
    notes = list(notes)
    found = [
        NotesOfKind(kind, str(label), [note for note in notes if note.kind == kind])
        for kind, label in KIND_HEADINGS.items()
    ]
    return [group for group in found if group.notes]
