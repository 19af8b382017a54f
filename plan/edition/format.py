"""Typed records as JSON and back: written, read with a sentence where one is wrong, described."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from functools import cache
from types import NoneType
from typing import Annotated, Any, TypeVar, get_args, get_origin, get_type_hints

from coproduction.languages.models import Translated
from engagements.disclosure.small_numbers import PublicCount

Record = TypeVar("Record")
Read = Callable[[Any], Any]
# What a value is called where another stands in its place.
_NAMES = {str: "text", int: "a number", bool: "true or false", dict: "an object", list: "a list"}


class Malformed(ValueError):
    """What was read is not what its record says: the sentence tells where, and what is wrong."""

    def __init__(self, fault: str) -> None:
        """Begin where the fault is; those who called for the part add where the part is."""
        super().__init__(fault)
        self.fault = fault
        self.path: list[str | int] = []

    def __str__(self) -> str:
        """Say where, and what."""
        where = "".join(f"[{at}]" if isinstance(at, int) else f".{at}" for at in self.path)
        return f"{where.lstrip('.') or 'The whole'}: {self.fault}."


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
    is_private: bool = False
    is_counted: bool = False


@cache
def parts_of(record: Any) -> tuple[Part, ...]:
    """Return the fields of a record, in order."""
    hints = get_type_hints(record, include_extras=True)
    return tuple(_part(field.name, hints[field.name]) for field in fields(record))


def _part(name: str, hint: Any) -> Part:
    """Take the note beside a field's type apart from it."""
    if get_origin(hint) is not Annotated:
        return Part(name, hint, "")
    kind, note = get_args(hint)
    if isinstance(note, str):
        return Part(name, kind, note)
    return Part(name, kind, note.says, isinstance(note, Private), isinstance(note, Counted))


def read(record: type[Record], raw: Any) -> Record:
    """Read a record from plain JSON. Raises Malformed, which says where something is wrong."""
    kind: Any = record
    found: Record = _reader_of(kind)(raw)
    return found


def write(value: Any, *, is_public: bool = False) -> Any:
    """Return a record as plain JSON; ``is_public``: as open data, where a text is its words."""
    if isinstance(value, Translated):
        return words_of(value) if is_public else value.entries
    if isinstance(value, PublicCount):
        return value.frozen
    if is_dataclass(value):
        record: Any = type(value)
        written = {}
        for part in parts_of(record):
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


def _checked(raw: Any, kind: type) -> Any:
    """Return a value of exactly this plain type. Raises Malformed."""
    if type(raw) is not kind:
        wanted, found = _NAMES[kind], _NAMES.get(type(raw), "nothing")
        raise Malformed(f"should be {wanted}, and is {found}")
    return raw


def _plain(kind: type) -> Read:
    """Read a text, a number, or true and false."""
    return lambda raw: _checked(raw, kind)


def _or_none(read_one: Read) -> Read:
    """Read what may be missing."""
    return lambda raw: None if raw is None else read_one(raw)


def _inside(at: str | int, raw: Any, read_one: Read) -> Any:
    """Read one part; where it is malformed, add where it is. Raises Malformed."""
    try:
        return read_one(raw)
    except Malformed as wrong:
        wrong.path.insert(0, at)
        raise


def _list_of(read_one: Read) -> Read:
    """Read a list."""
    return lambda raw: tuple(
        _inside(at, each, read_one) for at, each in enumerate(_checked(raw, list))
    )


def _mapping_of(read_one: Read) -> Read:
    """Read an object of which any keys are known."""
    return lambda raw: {
        key: _inside(key, each, read_one) for key, each in _checked(raw, dict).items()
    }


def _record_of(record: Any) -> Read:
    """Read an object with the keys of a record, all of them and no other."""
    readers = {part.name: _reader_of(part.kind) for part in parts_of(record)}

    def read_record(raw: Any) -> Any:
        if _checked(raw, dict).keys() != readers.keys():
            missing, unknown = readers.keys() - raw.keys(), raw.keys() - readers.keys()
            fault = "lacks" if missing else "has the unknown"
            raise Malformed(f"{fault} {', '.join(sorted(missing or unknown))}")
        return record(
            **{key: _inside(key, raw[key], read_one) for key, read_one in readers.items()}
        )

    return read_record


def _entry(raw: Any) -> Any:
    """Read a text in one language."""
    return _checked(_checked(raw, dict).get("text"), str)


def _text(raw: Any) -> Translated:
    """Read a text in several languages."""
    _mapping_of(_entry)(raw)
    return Translated(raw)


def _count(raw: Any) -> PublicCount:
    """Read a count, or why there is none."""
    is_small = isinstance(raw, str) and raw.startswith("<") and raw[1:].isdecimal()
    if raw is None or type(raw) is int or is_small:
        return PublicCount.read(raw)
    raise Malformed('should be a number, a text such as "<10", or null')


def _date(raw: Any) -> date:
    """Read a day."""
    try:
        return date.fromisoformat(_checked(raw, str))
    except Malformed:
        raise
    except ValueError:
        raise Malformed("should be a day such as 2024-05-31") from None


# What is read in a way of its own.
_READERS: Mapping[Any, Read] = {Translated: _text, PublicCount: _count, date: _date}


@cache
def _reader_of(kind: Any) -> Read:
    """Return what reads a type: put together once, since editions are read on every page."""
    origin, inside = get_origin(kind), get_args(kind)
    if kind in _READERS:
        return _READERS[kind]
    if is_dataclass(kind):
        return _record_of(kind)
    if NoneType in inside:
        return _or_none(_reader_of(next(each for each in inside if each is not NoneType)))
    if origin is tuple:
        return _list_of(_reader_of(inside[0]))
    if origin is Mapping:
        return _mapping_of(_reader_of(inside[1]))
    return _plain(kind)
