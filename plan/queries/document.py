"""What a document of an edition would say now: the key by which two can be told apart."""

import hashlib
import json
from typing import Any

from plan.models import Correction, Edition
from plan.queries.masking import quotes_shown
from themes.models import Quote
from workshops.models import Note


def document_key(edition: Edition) -> str:
    """Return a fingerprint of all that may differ between two renderings of one edition."""
    corrections = Correction.objects.filter(edition=edition).order_by("pk")
    said = [
        str(edition.uuid),
        [str(uuid) for uuid in corrections.values_list("uuid", flat=True)],
        [_words(quote) for quote in quotes_shown(edition)],
    ]
    return hashlib.sha256(json.dumps(said).encode()).hexdigest()


def notes_shown(edition: Edition) -> list[tuple[Any, ...]]:
    """Return the workshop notes that the edition's threads lead to and nobody has undone since."""
    cited = {
        uuid
        for row in [*edition.snapshot["actions"], *edition.snapshot["not_taken_forward"]]
        for uuid in row["thread"]["notes"]
    }
    notes = Note.objects.of(edition.project).kept().filter(uuid__in=cited).order_by("pk")
    return list(notes.values_list("uuid", "kind", "text", "language", "workshop__uuid"))


def _words(quote: Quote) -> list[object]:
    """Return what a page shows of a quote."""
    return [str(quote.uuid), quote.extract, quote.descriptor, quote.translation.entries]
