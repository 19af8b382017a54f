"""Which words an edition may still show: read again each time, never from the edition."""

from collections.abc import Sequence
from dataclasses import dataclass

from plan.models import Correction, Edition
from plan.queries.edition import snapshot_of_edition
from plan.queries.fingerprints import (
    note_fingerprint,
    notes_that_may_be_shown,
    quote_fingerprint,
    quotes_that_may_be_shown,
)
from themes.models import Quote
from workshops.models import Note


@dataclass(frozen=True)
class Mask:
    """An edition's quotes and notes as they are now: which are shown, which were taken out.

    Shown are those that may be shown and are exactly what was published. What was taken out with a
    dated correction stays out of the edition: what the correction says has to stay true.
    """

    quotes: Sequence[Quote] = ()
    notes: Sequence[Note] = ()
    corrections: Sequence[Correction] = ()
    # Those that may no longer be shown as published, with no correction yet.
    quotes_to_correct: Sequence[str] = ()
    notes_to_correct: Sequence[str] = ()

    @property
    def is_corrected(self) -> bool:
        """Whether everything taken out has its correction."""
        return not self.quotes_to_correct and not self.notes_to_correct


def mask_of(edition: Edition) -> Mask:
    """Look at an edition's quotes and notes. Three queries."""
    snapshot, project = snapshot_of_edition(edition), edition.project
    frozen = snapshot.words
    corrections = list(Correction.objects.filter(edition=edition))
    out = {str(row.words_uuid) for row in corrections}
    quotes = {
        str(quote.uuid): quote
        for quote in quotes_that_may_be_shown(project, frozen.quotes)
        if frozen.quotes[str(quote.uuid)] == quote_fingerprint(quote)
    }
    notes = {
        str(note.uuid): note
        for note in notes_that_may_be_shown(project, frozen.notes)
        if frozen.notes[str(note.uuid)] == note_fingerprint(note)
    }
    return Mask(
        quotes=[
            quotes[uuid] for uuid in snapshot.quotes_named if uuid in quotes and uuid not in out
        ],
        notes=[note for uuid, note in notes.items() if uuid not in out],
        corrections=corrections,
        quotes_to_correct=sorted(frozen.quotes.keys() - quotes.keys() - out),
        notes_to_correct=sorted(frozen.notes.keys() - notes.keys() - out),
    )
