"""A whole project read as of one moment, and written out as an archive."""

import zipfile
from array import array
from bisect import bisect_left
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import msgspec
from django.conf import settings
from django.core.files.storage import default_storage
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from coproduction.projects.models import Membership, Project
from coproduction.projects.trail.moment import as_of_one_moment
from coproduction.projects.trail.register import full_register, keys_of
from overview.archive.schema import schema
from overview.archive.shape import (
    CHECKER,
    KIND,
    MANIFEST,
    REGISTER,
    SCHEMA,
    VERSION,
    ArchivedFile,
    ArchivedRows,
    Manifest,
)
from overview.archive.tables import LABELS, PIECES, ArchivedTable, Column, tables
from overview.archive.values import written
from overview.archive.zipped import WrittenMember, member_of_file, writing
from overview.queries.round_evidence import evidence_as_written

_AT_ONCE = 2_000
_PIECE = 256 * 1024
# How often to begin again when a file that a row names is deleted while it is looked for.
_TRIES = 3
Report = Callable[[int, int], None]
Keys = dict[str, "array[int]"]


class _FileGone(Exception):
    """A file was deleted after its row was read: the project as it is now has no such file."""


def write_archive(
    project: Project, path: Path, *, report: Report = lambda _done, _all: None
) -> Manifest:
    """Write a project's archive, whole or not at all, while people go on working.

    Raises OSError where it can't be written. ``report`` hears how many rows of how many are done.
    """
    tries = 0
    while True:
        tries += 1
        try:
            with zipfile.ZipFile(path, "w", compresslevel=4) as archive, as_of_one_moment():
                return _Export(project, archive, report, may_lack=tries == _TRIES).write()
        except _FileGone:
            continue


class _Export:
    """One archive as it is written."""

    def __init__(
        self, project: Project, archive: zipfile.ZipFile, report: Report, *, may_lack: bool
    ) -> None:
        self.archive, self.report, self.may_lack = archive, report, may_lack
        self.project = Project.objects.get(pk=project.pk)
        # The addresses of those who let theirs leave.
        self.agreed: frozenset[str] = frozenset()
        self.nameless = 0
        self.files: list[ArchivedFile] = []
        self.missing: list[str] = []
        self.deleted: list[str] = []
        self.done = 0

    def write(self) -> Manifest:
        """Write all its members; the manifest last, which says what they are."""
        people = self._people()
        keys = {table.label: self._keys(table, people) for table in tables()}
        total = sum(map(len, keys.values()))
        parts = []
        for table in tables():
            with writing(self.archive, table.file) as member:
                named = self._write_rows(table, keys, member, total)
            self._write_files(named)
            rows = len(keys[table.label])
            parts.append(ArchivedRows(model=table.label, rows=rows, digest=member.digest))
        others = {
            SCHEMA: self._write(SCHEMA, [msgspec.json.format(msgspec.json.encode(schema()))]),
            REGISTER: self._write(
                REGISTER, (line.encode() for line in full_register(self.project))
            ),
            CHECKER: self._write(CHECKER, [(settings.BASE_DIR / "static" / CHECKER).read_bytes()]),
        }
        manifest = Manifest(
            kind=KIND,
            version=VERSION,
            made_at=timezone.now().isoformat(),
            project=str(self.project.uuid),
            slug=self.project.slug,
            place=self.project.place,
            tables=tuple(parts),
            files=tuple(self.files),
            missing=tuple(self.missing),
            deleted=tuple(self.deleted),
            keys=tuple((each.key, each.begun) for each in keys_of(self.project)),
            others=others,
        )
        self._write(MANIFEST, [msgspec.json.format(msgspec.json.encode(manifest))])
        return manifest

    def _write(self, name: str, pieces: Any) -> str:
        """Write a member; return its digest."""
        with writing(self.archive, name) as member:
            for piece in pieces:
                member.write(piece)
        return member.digest

    def _people(self) -> frozenset[int]:
        """Return the keys of everybody whom any row names; note who lets their address leave."""
        named: set[int] = set()
        for table in tables():
            for column in table.people:
                rows = self._rows(table).filter(**{f"{column}__isnull": False})
                named.update(rows.order_by().values_list(column, flat=True).distinct())
        ticked = Membership.objects.filter(project=self.project, address_may_leave=True)
        self.agreed = frozenset(ticked.values_list("user__email", flat=True))
        return frozenset(named)

    def _rows(self, table: ArchivedTable) -> Any:
        """Return a table's rows of the project."""
        return table.model._base_manager.filter(**{table.path: self.project.pk})

    def _keys(self, table: ArchivedTable, people: frozenset[int]) -> "array[int]":
        """Return the keys of a table's rows in order: a row's place among them is its number."""
        if not table.path:
            return array("q", sorted(people))
        keys = self._rows(table).order_by("pk").values_list("pk", flat=True)
        return array("q", keys.iterator(chunk_size=_AT_ONCE))

    def _write_rows(
        self, table: ArchivedTable, keys: Keys, member: WrittenMember, total: int
    ) -> list[str]:
        """Write a table, a line for each row; return the names of the files that rows name."""
        named: list[str] = []
        names = [column.name for column in table.columns]
        values = [self._value_of(table, column, keys) for column in table.columns]
        encode = msgspec.json.Encoder().encode
        for some in self._read(table, keys[table.label]):
            lines = []
            for row in some:
                said = {
                    name: value if write is None else write(value)
                    for name, write, value in zip(names, values, row, strict=False)
                }
                lines.append(encode(self._adjusted(table, said, row[-1], keys)))
            lines.append(b"")
            member.write(b"\n".join(lines))
            for column in table.files:
                named += self._still_there(some, names, column)
            self.done += len(some)
            self.report(self.done, total)
        return named

    def _still_there(self, rows: list[Any], names: list[str], column: str) -> list[str]:
        """Return the files that rows name; of what was retired they were deleted: noted alone."""
        at = names.index(column)
        retired = names.index("retired_at") if "retired_at" in names else None
        gone = [row[at] for row in rows if retired is not None and row[retired] is not None]
        self.deleted += filter(None, gone)
        return [row[at] for row in rows if retired is None or row[retired] is None]

    def _value_of(
        self, table: ArchivedTable, column: Column, keys: Keys
    ) -> Callable[[Any], Any] | None:
        """Return how the values of a column leave; None for those that leave as they are."""
        if column.points_to:
            theirs = keys[column.points_to]
            return lambda key: _number(theirs, key) if key else key
        if table.label == "projects.User" and column.name == "email":
            return lambda email: email if email in self.agreed else ""
        if table.label == "projects.User" and column.name == "name":
            return self._name_or_pseudonym
        return written(column)

    def _name_or_pseudonym(self, name: str) -> str:
        """Return somebody's name; without one they would be called by their address."""
        self.nameless += not name
        with translation.override(self.project.languages[0]):
            return name or _("Person %(number)s") % {"number": self.nameless}

    def _read(self, table: ArchivedTable, keys: "array[int]") -> Iterator[list[Any]]:
        """Yield a table's rows, some at a time, in the order of their keys."""
        columns = [column.attname for column in table.columns]
        # What stands last tells what a row says besides its columns.
        columns.append("contact_email" if table.besides == "address_stays" else "pk")
        for start in range(0, len(keys), _AT_ONCE):
            some = keys[start : start + _AT_ONCE]
            rows = table.model._base_manager.filter(pk__gte=some[0], pk__lte=some[-1])
            rows = (
                rows.filter(**{table.path: self.project.pk})
                if table.path
                else rows.filter(pk__in=some.tolist())
            )
            yield list(rows.order_by("pk").values_list(*columns))

    def _adjusted(
        self, table: ArchivedTable, said: dict[str, Any], last: Any, keys: Keys
    ) -> dict[str, Any]:
        """Return a row as it leaves: with what takes more than one column to say."""
        if table.label == "projects.AuditEntry":
            kind, key = said["subject_kind"], said["subject_key"]
            if key.isdecimal():
                label = LABELS.get(kind)
                number = _number(keys[label], int(key)) if label else 0
                said["subject_key"] = str(number) if number else ""
        elif table.besides == "evidence_here":
            numbered = {kind: partial(_number, keys[label]) for kind, label in PIECES.items()}
            kept = said["evidence"]
            said["evidence_here"] = kept and evidence_as_written(kept, numbered)
        elif table.besides == "called":
            said["called"] = str(last)
        elif table.besides == "address_stays":
            said["address_stays"] = bool(last)
        return said

    def _write_files(self, names: list[str]) -> None:
        """Write stored files, each whole."""
        for name in filter(None, names):
            try:
                with (
                    default_storage.open(name) as file,
                    writing(self.archive, member_of_file(len(self.files))) as member,
                ):
                    while piece := file.read(_PIECE):
                        member.write(piece)
            except FileNotFoundError as gone:
                if not self.may_lack:
                    raise _FileGone from gone
                self.missing.append(name)
                continue
            self.files.append(
                ArchivedFile(
                    name=name,
                    member=member_of_file(len(self.files)),
                    bytes=member.bytes,
                    digest=member.digest,
                )
            )


def _number(keys: "array[int]", key: int) -> int:
    """Return the number of the row with a key; 0 where it is not of this project."""
    place = bisect_left(keys, key)
    return place + 1 if place < len(keys) and keys[place] == key else 0
