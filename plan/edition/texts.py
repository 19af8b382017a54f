"""Every text that an edition publishes, and where in it each stands."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from coproduction.languages.models import Translated
from plan.edition.format import Record, parts_of
from plan.edition.snapshot import Snapshot


@dataclass(frozen=True)
class PlacedText:
    """One text of an edition: the records it is in, the outermost first, and what they call it."""

    body: Translated
    records: tuple[Any, ...]
    part: str


def texts_in(snapshot: Snapshot) -> list[PlacedText]:
    """List every text of an edition, in its order, whatever records it comes to hold."""
    return [
        text
        for part in parts_of(Snapshot)
        for text in _texts_in(getattr(snapshot, part.name), (), part.name)
    ]


def _texts_in(value: Any, records: tuple[Any, ...], part: str) -> Iterator[PlacedText]:
    """Find the texts in one part of an edition."""
    if isinstance(value, Translated):
        if value:
            yield PlacedText(value, records, part)
    elif isinstance(value, Mapping):
        for key, inside in value.items():
            yield from _texts_in(inside, records, key)
    elif isinstance(value, tuple):
        for inside in value:
            yield from _texts_in(inside, records, part)
    elif isinstance(value, Record):
        for each in parts_of(type(value)):
            yield from _texts_in(getattr(value, each.name), (*records, value), each.name)
