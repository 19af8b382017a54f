"""What a document of an edition would say now: the key by which two can be told apart."""

import hashlib
import json

from plan.models import Edition
from plan.queries.masking import Mask
from themes.models import Quote


def document_key(edition: Edition, mask: Mask) -> str:
    """Return a fingerprint of all that may differ between two renderings of one edition."""
    said = [
        str(edition.uuid),
        [str(correction.uuid) for correction in mask.corrections],
        [_words(quote) for quote in mask.shown],
    ]
    return hashlib.sha256(json.dumps(said).encode()).hexdigest()


def _words(quote: Quote) -> list[object]:
    """Return what a page shows of a quote."""
    return [str(quote.uuid), quote.extract, quote.descriptor, quote.translation.entries]
