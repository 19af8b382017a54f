"""Typed records as JSON and back: written, read with a sentence where one is wrong, described."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Annotated, Any, TypeVar, get_args, get_origin

import msgspec

from coproduction.languages.models import Translated
from engagements.disclosure.small_numbers import PublicCount

# What was read is not what its record says: the sentence tells what is wrong, and where.
Malformed = msgspec.ValidationError


class Record(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is read from JSON with exactly these keys. Each field says beside its type what it is.

    By msgspec rather than by code of ours: pages read an edition each time, and it is quick.
    """


Read = TypeVar("Read", bound=Record)


@dataclass(frozen=True)
class Private:
    """Marks a field that is never published."""

    says: str


@dataclass(frozen=True)
class Counted:
    """Marks a list of which only the length is published."""

    says: str


@dataclass(frozen=True)
class Part:
    """One field of a record: its name, its type, what it holds and how it is published."""

    name: str
    kind: Any
    says: str
    is_private: bool
    is_counted: bool


@cache
def parts_of(record: type[Record]) -> tuple[Part, ...]:
    """Return the fields of a record, in order."""
    return tuple(_part(field.name, field.type) for field in msgspec.structs.fields(record))


def _part(name: str, hint: Any) -> Part:
    """Take the note beside a field's type apart from it."""
    kind, note = get_args(hint) if get_origin(hint) is Annotated else (hint, "")
    says = note if isinstance(note, str) else note.says
    return Part(name, kind, says, isinstance(note, Private), isinstance(note, Counted))


def read(record: type[Read], raw: Any) -> Read:
    """Read a record from plain JSON. Raises Malformed, which says where something is wrong."""
    return msgspec.convert(raw, record, dec_hook=_read_own)


def _read_own(kind: type, raw: Any) -> Any:
    """Read a text in several languages, or a count or why there is none. Raises ValueError."""
    if kind is Translated:
        if isinstance(raw, dict) and all(
            isinstance(entry, dict) and isinstance(entry.get("text"), str) for entry in raw.values()
        ):
            return Translated(raw)
        raise ValueError("Expected words by language")
    is_small = isinstance(raw, str) and raw.startswith("<") and raw[1:].isdecimal()
    if raw is None or type(raw) is int or is_small:
        return PublicCount.read(raw)
    raise ValueError('Expected a number, a text such as "<10", or null')


def write(value: Any, *, is_public: bool = False) -> Any:
    """Return a record as plain JSON; ``is_public``: as open data, where a text is its words."""
    if isinstance(value, Translated):
        return words_of(value) if is_public else value.entries
    if isinstance(value, PublicCount):
        return value.frozen
    if isinstance(value, Record):
        written = {}
        for part in parts_of(type(value)):
            inside = getattr(value, part.name)
            if is_public and part.is_counted:
                written[part.name] = len(inside)
            elif not (is_public and part.is_private):
                written[part.name] = write(inside, is_public=is_public)
        return written
    if isinstance(value, Mapping):
        return {key: write(inside, is_public=is_public) for key, inside in value.items()}
    if isinstance(value, tuple):
        return [write(inside, is_public=is_public) for inside in value]
    return value.isoformat() if isinstance(value, date) else value


def words_of(text: Translated) -> dict[str, str]:
    """Return a text as ``{language: words}``."""
    return {language: text.text(language) for language in text.entries}
