"""What a document of an edition would say now: the key by which two can be told apart."""

import hashlib
import json

from plan.models import Correction, Edition
from plan.queries.masking import quotes_shown
from themes.models import Quote


def document_key(edition: Edition) -> str:
    """Return a fingerprint of all that may differ between two renderings of one edition."""
    corrections = Correction.objects.filter(edition=edition).order_by("pk")
    said = [
        str(edition.uuid),
        [str(uuid) for uuid in corrections.values_list("uuid", flat=True)],
        [_words(quote) for quote in quotes_shown(edition)],
    ]
    return hashlib.sha256(json.dumps(said).encode()).hexdigest()


def _words(quote: Quote) -> list[object]:
    """Return what a page shows of a quote."""
    return [str(quote.uuid), quote.extract, quote.descriptor, quote.translation.entries]
