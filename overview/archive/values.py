"""The values of columns as they stand in an archive, and how each is read back and checked."""

import re
from collections.abc import Callable, Sequence
from datetime import date, datetime, time
from functools import partial
from typing import Any
from uuid import UUID, uuid5

import msgspec
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.dateparse import parse_date, parse_time

from coproduction.languages.models import Translated, TranslatedField
from overview.archive.shape import STORED_NAME
from overview.archive.tables import Column

Read = Callable[[Any], Any]
# As far as whole numbers go on either database.
_MOST = 2**63 - 1
_MOST_LANGUAGES = 50
_UUID = re.compile(r"\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b")
_SMALL = {
    models.PositiveSmallIntegerField: 2**15 - 1,
    models.SmallIntegerField: 2**15 - 1,
    models.PositiveIntegerField: 2**31 - 1,
    models.IntegerField: 2**31 - 1,
}


class WrongValue(ValueError):
    """A value is not what its column may hold."""


def written(column: Column) -> Callable[[Any], Any] | None:
    """Return how a value of a column is written; None for one that is written as it is."""
    if isinstance(column.field, TranslatedField):
        return lambda value: value.entries
    return None


def reader(column: Column, renamed: "Renamed") -> Read:
    """Return what reads a value of a column, and raises WrongValue for one that it may not hold."""
    read, is_null = _reader(column.field, renamed), column.field.null

    def read_or_null(value: Any) -> Any:
        if value is None:
            if not is_null:
                raise WrongValue
            return None
        return read(value)

    return read_or_null


def _reader(field: Any, renamed: "Renamed") -> Read:
    """Return what reads a value that is there: the first that its column is an instance of."""
    readers: tuple[tuple[type, Callable[[], Read]], ...] = (
        (TranslatedField, lambda: _read_translated),
        (models.JSONField, lambda: _json_like(field, renamed)),
        (models.UUIDField, lambda: renamed.uuid if renamed.changes(field) else _read_uuid),
        (models.DateTimeField, lambda: _read_moment),
        (models.DateField, lambda: _parsed(parse_date, date)),
        (models.TimeField, lambda: _parsed(parse_time, time)),
        (models.BooleanField, lambda: _read_bool),
        (models.IntegerField, lambda: _whole(field)),
        (models.FileField, lambda: partial(_file_name, field=field, renamed=renamed)),
        (models.Field, lambda: _words(field)),
    )
    return next(make() for kind, make in readers if isinstance(field, kind))


class Renamed:
    """Gives records other names, always the same, where a copy stands beside what it is of."""

    def __init__(self, copy_of: UUID | None = None) -> None:
        """``copy_of`` is the uuid of the copy; None where everything keeps its name."""
        self._copy = copy_of
        # Of those asked to be remembered: what each was called, by what it is called here.
        self.originals: dict[UUID, UUID] = {}

    # By these the same thing is known again when it is sent once more.
    _KEPT = frozenset({"client_id", "page"})

    def changes(self, field: Any) -> bool:
        """Whether the values of a column get other names."""
        return self._copy is not None and field.name not in self._KEPT

    def uuid(self, value: Any) -> UUID:
        """Return the name that something has here. Raises WrongValue."""
        read = _read_uuid(value)
        return read if self._copy is None else uuid5(self._copy, str(read))

    def remembered(self, value: Any) -> UUID:
        """Return the name that something has here, and remember what it was. Raises WrongValue."""
        name = self.uuid(value)
        self.originals[name] = _read_uuid(value)
        return name

    def inside(self, value: Any) -> Any:
        """Return JSON in which every uuid is the name that something has here."""
        if self._copy is None:
            return value
        if isinstance(value, str):
            return self.text(value)
        if isinstance(value, list):
            return [self.inside(each) for each in value]
        if isinstance(value, dict):
            return {self.text(key): self.inside(each) for key, each in value.items()}
        return value

    def text(self, value: str) -> str:
        """Return a text in which each uuid, in the way we write them, is the name it has here."""
        if self._copy is None or len(value) < 36:
            return value
        return _UUID.sub(lambda found: str(uuid5(self._copy, found[0])), value)  # type: ignore[arg-type]


def _read_uuid(value: Any) -> UUID:
    try:
        return UUID(_text(value))
    except ValueError as wrong:
        raise WrongValue from wrong


def _text(value: Any) -> str:
    """Return a value that is a text; no database keeps what ends texts in C."""
    if not isinstance(value, str) or "\x00" in value:
        raise WrongValue
    return value


def _words(field: Any) -> Read:
    """Read a text as long as its column may be, one of its choices where there are some."""
    longest = field.max_length if isinstance(field, models.CharField) else None
    choices = {value for value, _label in field.flatchoices} if field.choices else None

    def read(value: Any) -> str:
        words = _text(value)
        if longest is not None and len(words) > longest:
            raise WrongValue
        if choices is not None and words and words not in choices:
            raise WrongValue
        return words

    return read


def _read_bool(value: Any) -> bool:
    if not isinstance(value, bool):
        raise WrongValue
    return value


def _whole(field: Any) -> Read:
    """Read a whole number that its column has room for."""
    most = next((most for kind, most in _SMALL.items() if type(field) is kind), _MOST)
    least = 0 if "Positive" in type(field).__name__ else -most

    def read(value: Any) -> int:
        if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
            raise WrongValue
        return value

    return read


def _read_moment(value: Any) -> datetime:
    try:
        read = datetime.fromisoformat(_text(value))
    except ValueError as wrong:
        raise WrongValue from wrong
    if read.tzinfo is None or read.year > 9000:
        raise WrongValue
    return read


def _parsed(parse: Callable[[str], Any], kind: type) -> Read:
    """Read a day or an hour."""

    def read(value: Any) -> Any:
        try:
            found = parse(_text(value))
        except ValueError as wrong:
            raise WrongValue from wrong
        if not isinstance(found, kind):
            raise WrongValue
        return found

    return read


def _read_translated(value: Any) -> dict[str, dict[str, str | None]]:
    """Read a text in several languages."""
    if not isinstance(value, dict) or len(value) > _MOST_LANGUAGES:
        raise WrongValue
    for language, entry in value.items():
        if not isinstance(entry, dict) or entry.keys() != {"text", "of"} or len(language) > 12:
            raise WrongValue
        _text(entry["text"])
        if entry["of"] is not None:
            _text(entry["of"])
    return Translated(value).entries


def _json_like(field: Any, renamed: Renamed) -> Read:
    """Read JSON of the same kind as the column begins with: a list, or an object."""
    kind = type(field.get_default()) if field.has_default() and not field.null else object

    def read(value: Any) -> Any:
        if not isinstance(value, kind) or _has_end_of_text(value):
            raise WrongValue
        return renamed.inside(value)

    return read


def _has_end_of_text(value: Any) -> bool:
    """Whether JSON holds what PostgreSQL can't keep."""
    return b"\\u0000" in msgspec.json.encode(value)


def _file_name(value: Any, field: Any, renamed: Renamed) -> str:
    """Read the name of a stored file; empty for none."""
    name = _text(value)
    if not name:
        return ""
    is_ours = name.startswith(field.upload_to) and STORED_NAME.fullmatch(name)
    if not is_ours or len(name) > field.max_length or ".." in name:
        raise WrongValue
    return renamed.text(name)


def read_row(value: Any, names: Sequence[str], readers: Sequence[Read]) -> list[Any]:
    """Read one row, of exactly these columns. Raises WrongValue."""
    if not isinstance(value, dict) or len(value) != len(names):
        raise WrongValue
    try:
        return [read(value[name]) for name, read in zip(names, readers, strict=True)]
    except (KeyError, ValidationError, OverflowError) as wrong:
        raise WrongValue from wrong
