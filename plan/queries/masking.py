"""Which words an edition may still show: read afresh each time, never from the edition."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from plan.models import Correction, Edition
from plan.queries.fingerprints import (
    note_fingerprint,
    notes_that_may_be_shown,
    quote_fingerprint,
    quotes_that_may_be_shown,
)
from plan.queries.snapshot import quotes_in
from themes.models import Quote
from workshops.models import Note


@dataclass(frozen=True)
class Mask:
    """An edition's quotes and notes as they stand now: which are shown, which were taken out.

    Shown are those that may be shown and are exactly what was published. What was taken out with a
    dated correction stays out of the edition: what the correction says has to stay true.
    """

    frozen: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    unchanged_quotes: Sequence[Quote] = ()
    unchanged_notes: Sequence[Note] = ()
    corrections: Sequence[Correction] = ()

    @property
    def taken_out(self) -> set[str]:
        """The quotes and notes that a correction says were taken out."""
        return {str(row.words_uuid) for row in self.corrections if row.words_uuid}

    @property
    def quotes(self) -> list[Quote]:
        """The quotes to show, in the edition's order."""
        out = self.taken_out
        return [quote for quote in self.unchanged_quotes if str(quote.uuid) not in out]

    @property
    def notes(self) -> list[Note]:
        """The workshop notes to show, in the order they were written."""
        out = self.taken_out
        return [note for note in self.unchanged_notes if str(note.uuid) not in out]

    @property
    def quotes_to_correct(self) -> list[str]:
        """The quotes that may no longer be shown as published, with no correction yet."""
        return self._missing("quotes", self.unchanged_quotes)

    @property
    def notes_to_correct(self) -> list[str]:
        """The notes that may no longer be shown as published, with no correction yet."""
        return self._missing("notes", self.unchanged_notes)

    @property
    def is_corrected(self) -> bool:
        """Whether everything taken out has its correction."""
        return not self.quotes_to_correct and not self.notes_to_correct

    def _missing(self, kind: str, same: Sequence[Quote] | Sequence[Note]) -> list[str]:
        """Name what was published, is not the same now, and has no correction."""
        settled = self.taken_out | {str(words.uuid) for words in same}
        return sorted(set(self.frozen.get(kind, {})) - settled)


def mask_of(edition: Edition) -> Mask:
    """Look at an edition's quotes and notes. Three queries."""
    frozen = edition.snapshot["words"]
    quotes = {
        str(quote.uuid): quote
        for quote in quotes_that_may_be_shown(edition.project, frozen["quotes"])
        if frozen["quotes"][str(quote.uuid)] == quote_fingerprint(quote)
    }
    return Mask(
        frozen=frozen,
        unchanged_quotes=[quotes[uuid] for uuid in quotes_in(edition.snapshot) if uuid in quotes],
        unchanged_notes=[
            note
            for note in notes_that_may_be_shown(edition.project, frozen["notes"])
            if frozen["notes"][str(note.uuid)] == note_fingerprint(note)
        ],
        corrections=list(Correction.objects.filter(edition=edition)),
    )
