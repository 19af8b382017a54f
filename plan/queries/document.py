"""What a document of an edition would say now: the key by which two can be told apart."""

import hashlib
import json
from collections.abc import Sequence

from coproduction.projects.models import Project
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


def notes_cited(edition: Edition) -> list[str]:
    """Return the uuids of the workshop notes that the edition's threads lead to."""
    rows = [*edition.snapshot["actions"], *edition.snapshot["not_taken_forward"]]
    return list(dict.fromkeys(uuid for row in rows for uuid in row["thread"]["notes"]))


def notes_shown(project: Project, uuids: Sequence[str]) -> list[Note]:
    """Return those of these workshop notes that nobody has undone since, as they were written."""
    return list(
        Note.objects.of(project)
        .kept()
        .filter(uuid__in=uuids)
        .select_related("workshop")
        .order_by("pk")
    )


def _words(quote: Quote) -> list[object]:
    """Return what a page shows of a quote."""
    return [str(quote.uuid), quote.extract, quote.descriptor, quote.translation.entries]
