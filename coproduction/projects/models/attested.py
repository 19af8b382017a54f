"""Rows of what was decided: the trail keeps a digest of each, so that a change behind it shows."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models.fields.files import FieldFile

from coproduction.fingerprints import fingerprint
from coproduction.languages.models import Translated
from coproduction.projects.models.versioned import changes_under_way


class Attested(models.Model):
    """A row that the trail attests: it keeps a digest of what stands in these columns.

    Saved inside ``recorded`` it has to enter an entry before the change ends: the one whose subject
    it is, or one that ``attests`` it.
    """

    # The columns that count. A column that comes later makes a new form, added at the end: what was
    # attested in an earlier form is compared by that one.
    attested: ClassVar[tuple[tuple[str, ...], ...]] = ()
    # The way from a row to its project.
    path_to_project: ClassVar[str] = "project"
    # The column that its rows are in the order of, where they are made before they are decided;
    # others are in the order in which the trail tells of them.
    in_order_of: ClassVar[str] = ""
    # The column of a file, whose bytes are compared with ``hash_to_check``; none for most.
    attested_file: ClassVar[str] = ""

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save it; the change under way has to record it."""
        super().save(*args, **kwargs)
        fields = kwargs.get("update_fields")
        if self.is_attested and (fields is None or set(fields) & set(self.attested[-1])):
            for change in changes_under_way.get()[-1:]:
                change.unrecorded.add(self.name_in_trail)

    @classmethod
    def rows_to_attest(cls) -> models.QuerySet[Self]:
        """Return all rows, also those that no page shows, with what their digests need."""
        fields = {cls._meta.get_field(name) for form in cls.attested for name in form}
        one = {field.name for field in fields if field.many_to_one or field.one_to_one}
        many = {field.name for field in fields if field.many_to_many}
        return cls._base_manager.select_related(*one).prefetch_related(*many).order_by("pk")

    @property
    def is_attested(self) -> bool:
        """Whether it is decided already; before that it may change without an entry."""
        return True

    @property
    def name_in_trail(self) -> str:
        """What the trail calls it: its kind, and its uuid or else its key."""
        return f"{self._meta.label_lower}:{getattr(self, 'uuid', None) or self.pk}"

    @property
    def file_to_check(self) -> FieldFile | None:
        """The file that has to be there; None where there is none, or it was deleted rightly."""
        return getattr(self, self.attested_file) if self.attested_file else None

    @property
    def hash_to_check(self) -> str:
        """The hash that the bytes of its file have to have."""
        return str(getattr(self, "file_hash", ""))

    def besides(self) -> Mapping[str, Any]:
        """Return what counts and stands in no column of the row itself."""
        return {}

    def digest(self, salt: str, form: int | None = None, called: str = "") -> str:
        """Return the digest of what stands in it, beginning with the number of its form.

        ``called`` is what the trail called it then, where that is another name by now.
        The salt is random and never leaves the installation: without it nobody can try out words.
        """
        form = form or len(self.attested)
        held = {name: getattr(self, name) for name in self.attested[form - 1]}
        return f"{form}:{digest_of_row(called or self.name_in_trail, held, self.besides(), salt)}"


def digest_of_row(name: str, held: Mapping[str, Any], besides: Mapping[str, Any], salt: str) -> str:
    """Return the digest of what stands in a row's columns, and of what counts besides.

    The same for ever: digests that were made once are compared with it.
    """
    content = [salt, name, {key: _plain(_held(value)) for key, value in held.items()}]
    return fingerprint(json.dumps([*content, _plain(besides)], sort_keys=True))


def _held(value: Any) -> Any:
    """Return the value of a column; of rows that it points to, their names."""
    if isinstance(value, models.Manager):
        return sorted(_name_of(row) for row in value.all())
    return _name_of(value) if isinstance(value, models.Model) else value


def _name_of(row: models.Model) -> str:
    """Name a row by its uuid, which it keeps wherever it goes, or else by its key."""
    return str(getattr(row, "uuid", None) or row.pk)


_PLAIN = frozenset({str, int, float, bool, type(None)})


def _plain(value: Any) -> Any:
    """Return a value as plain JSON, the same whatever database it came from."""
    # An edition holds tens of thousands of values, nearly all of these kinds: they are asked first.
    kind = type(value)
    if kind in _PLAIN:
        return value
    if kind is dict:
        return {str(key): _plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    return _plain_of_rare(value)


def _plain_of_rare(value: Any) -> Any:
    """Return what is no plain kind itself as JSON."""
    if isinstance(value, Translated):
        return value.entries
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, Mapping):
        return {str(key): _plain(each) for key, each in value.items()}
    if isinstance(value, bool | int | float | str):
        return value
    return str(value)
