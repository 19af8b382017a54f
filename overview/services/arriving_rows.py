"""The rows of an archive on their way in: each read, checked and given a key of its own here."""

from array import array
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import islice
from typing import Any
from uuid import uuid4

from django.db import connection

from coproduction.database import insert_rows
from coproduction.fingerprints import fingerprint
from coproduction.languages.folding import fold
from coproduction.languages.models import FoldedField
from coproduction.projects.models import Project
from engagements.models.receipts import new_receipts
from overview.archive.refusals import ArchiveDamaged
from overview.archive.tables import LABELS, ArchivedTable, Column, table_of
from overview.archive.values import Read, Renamed, WrongValue, read_row, reader
from overview.archive.zipped import ProjectArchive

_AT_ONCE = 2_000
# By these, editions know the words that they may show.
_REMEMBERED = frozenset({("themes.Quote", "uuid"), ("workshops.Note", "uuid")})
Report = Callable[[int, int], None]


@dataclass
class ArrivingRows:
    """The rows of one archive, and what is said of some besides their columns."""

    archive: ProjectArchive
    is_copy: bool
    renamed: Renamed
    # The files that rows may name.
    files: frozenset[str]
    report: Report
    done: int = 0
    keys: dict[str, Sequence[int]] = field(default_factory=dict)
    files_named: set[str] = field(default_factory=set)
    called: dict[str, str] = field(default_factory=dict)
    evidence: dict[int, Any] = field(default_factory=dict)
    without_address: set[int] = field(default_factory=set)

    def __post_init__(self) -> None:
        """Know how many rows there are of each kind."""
        self.parts = {part.model: part for part in self.archive.manifest.tables}
        self.total = sum(part.rows for part in self.parts.values())

    def read(self, table: ArchivedTable) -> Iterator[tuple[int, dict[str, Any]]]:
        """Yield a table's rows with their numbers, checked. Raises ArchiveRefused."""
        part = self.parts[table.label]
        names = [column.name for column in table.columns]
        readers: list[Read] = [
            partial(_read_number, _least(column), column.field.null)
            if column.points_to
            else self.renamed.remembered
            if self.is_copy and (table.label, column.name) in _REMEMBERED
            else reader(column, self.renamed)
            for column in table.columns
        ]
        columns = [column.attname for column in table.columns]
        if table.besides:
            names, columns = [*names, table.besides], [*columns, table.besides]
            readers.append(_BESIDES[table.besides])
        number = 0
        for said in self.archive.lines(table.file, part.digest):
            number += 1
            if number > part.rows:
                break
            try:
                values = read_row(said, names, readers)
                for place, column in enumerate(table.columns):
                    if column.points_to and values[place]:
                        values[place] = self.key(column.points_to, values[place])
            except WrongValue as wrong:
                raise ArchiveDamaged(f"{table.label}, line {number}") from wrong
            yield number, dict(zip(columns, values, strict=True))
        if number != part.rows:
            raise ArchiveDamaged(f"{table.label} has not as many lines as it should")

    def key(self, label: str, number: int) -> int:
        """Return the key that a row has here, by its number in the archive. Raises WrongValue."""
        if label not in self.keys:
            self.keys[label] = self._reserve(label)
        keys = self.keys[label]
        if not 0 < number <= len(keys):
            raise WrongValue
        return keys[number - 1]

    def _reserve(self, label: str) -> Sequence[int]:
        """Return keys for a table's rows, in order, that no other row has or gets."""
        count, model = self.parts[label].rows, table_of(label).model
        table = connection.ops.quote_name(model._meta.db_table)
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                cursor.execute(
                    "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)",
                    [table, count],
                )
                return array("q", sorted(key for (key,) in cursor.fetchall()))
            # Nobody else writes until we are done.
            cursor.execute(
                "SELECT MAX(last) FROM (SELECT MAX(id) AS last FROM "  # noqa: S608
                f"{table} UNION ALL SELECT seq FROM sqlite_sequence WHERE name = %s) AS both",
                [model._meta.db_table],
            )
            last = cursor.fetchone()[0] or 0
        return range(last + 1, last + count + 1)

    def insert(
        self, table: ArchivedTable, project: Project, rows: Iterator[tuple[int, dict[str, Any]]]
    ) -> None:
        """Put a table's rows in place, some at a time."""
        same = {**table.stays, **_of_project(table, project)}
        own = ["token_digest"] if table.label == "projects.Pass" else []
        same = {name: value for name, value in same.items() if name not in own}
        folded = [
            each.attname
            for each in table.model._meta.concrete_fields
            if isinstance(each, FoldedField)
        ]
        names = ["id", *(column.attname for column in table.columns), *folded, *own]
        while some := list(islice(rows, _AT_ONCE)):
            ready = []
            for number, row in some:
                self._adjust(table, row, self.key(table.label, number))
                words = [fold(row["text"]) for _name in folded]
                # Nobody has what this is the fingerprint of, so no link opens it.
                closed = [fingerprint(f"came along {uuid4()}") for _name in own]
                ready.append([self.key(table.label, number), *row.values(), *words, *closed])
            insert_rows(table.model, names, ready, **same)
            self.done += len(some)
            self.report(self.done, self.total)

    def _adjust(self, table: ArchivedTable, row: dict[str, Any], key: int) -> None:
        """Put right in a row what takes more than one column to say. Raises ArchiveRefused."""
        self._note_besides(table, row, key)
        if table.label == "projects.AuditEntry":
            number, label = row["subject_key"], LABELS.get(row["subject_kind"])
            if number.isdecimal() and label is not None:
                row["subject_key"] = str(self.key(label, int(number)))
            elif number not in {"", row["subject_id"]} or number.isdecimal():
                raise WrongValue
        elif table.label == "engagements.Submission" and self.is_copy:
            # The first go on to lead to what it is a copy of.
            (row["receipt"],) = new_receipts(1)
        elif table.label == "plan.Edition" and self.is_copy:
            row["head_id"] = None
        for name in table.files:
            if row[name] and row[name] not in self.files:
                raise WrongValue
            self.files_named.add(row[name])

    def _note_besides(self, table: ArchivedTable, row: dict[str, Any], key: int) -> None:
        """Take what a row says besides its columns apart from it."""
        if not table.besides:
            return
        said = row.pop(table.besides)
        if table.besides == "called":
            kind = table.label.lower()
            self.called[f"{kind}:{said}"] = f"{kind}:{key}"
        elif table.besides == "evidence_here" and said is not None:
            self.evidence[key] = said
        elif table.besides == "address_stays" and said:
            self.without_address.add(key)


def _of_project(table: ArchivedTable, project: Project) -> dict[str, Any]:
    """Return the columns that say of which project a row is."""
    fields = table.model._meta.concrete_fields
    keys = [each.attname for each in fields if each.related_model is Project]
    return dict.fromkeys(keys, project.pk)


def _read_called(value: Any) -> str:
    """Read what the trail calls a row that has no uuid. Raises WrongValue."""
    if not isinstance(value, str) or not value.isdecimal() or len(value) > 20:
        raise WrongValue
    return value


def _read_flag(value: Any) -> bool:
    """Read whether something is so. Raises WrongValue."""
    if not isinstance(value, bool):
        raise WrongValue
    return value


_BESIDES: Mapping[str, Read] = {
    "called": _read_called,
    # Looked at once everything is in that it tells of.
    "evidence_here": lambda value: value,
    "address_stays": _read_flag,
}


def _least(column: Column) -> int:
    """Return the least number of a row that a column may hold: 0 where that is for none."""
    return int(column.field.remote_field is not None)


def _read_number(least: int, is_null: bool, value: Any) -> int | None:
    """Read the number of a row in another table. Raises WrongValue."""
    if value is None and is_null:
        return None
    if type(value) is not int or value < least:
        raise WrongValue
    return value
