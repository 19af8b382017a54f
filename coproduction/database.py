"""What is asked of a database in its own dialect: many rows put in at once, its tables measured."""

import io
import sqlite3
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import chain, islice
from operator import attrgetter
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connection, connections, models
from django.db.backends.base.base import BaseDatabaseWrapper

# Columns of these take a value as it is; the others prepare it first.
_AS_IT_IS = (
    models.CharField,
    models.TextField,
    models.IntegerField,
    models.BooleanField,
    models.ForeignKey,
)
# A statement for SQLite holds no more values than this: it is kept, to be run again.
_MOST_VALUES = 10_000
# What COPY reads as something else.
_ESCAPED = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


class ValueMissing(Exception):
    """A field whose value is each row's own was given no values."""


def insert_rows(
    model: type[models.Model], names: Sequence[str], rows: Iterable[Sequence[Any]], **same: Any
) -> None:
    """Put many rows into a model's table, in the caller's transaction, without making objects.

    ``names`` are the fields, as columns call them, of which each of ``rows`` has a value in that
    order; ``same`` are those of which all rows have one; any other has its default. ``bulk_create``
    takes longer, to make objects and to write SQL for every few of them. Raises ValueMissing, and
    what the database raises where a row breaks a rule.
    """
    database = connections[DEFAULT_DB_ALIAS]  # Looked up once, not for each value.
    fields = {field.attname: field for field in model._meta.concrete_fields}
    varying = [fields[name] for name in names]
    constant = [
        field
        for field in fields.values()
        if field not in varying and not _is_made_by_database(field)
    ]
    sample = model(**same)
    for field in constant:
        if field.attname not in same and _is_each_rows_own(field):
            raise ValueMissing(f"{model._meta.label}.{field.attname}")
    shared = tuple(
        field.get_db_prep_save(field.pre_save(sample, add=True), database) for field in constant
    )
    prepared = {
        place: _preparing(field, database)
        for place, field in enumerate(varying)
        if not isinstance(field, _AS_IT_IS)
    }
    put = _copy if database.vendor == "postgresql" else _insert_from_values
    put(model, [*varying, *constant], (_in_order(row, prepared) for row in rows), shared)


def _is_made_by_database(field: Any) -> bool:
    """Whether a row gets this from the database: its number."""
    return isinstance(field, models.AutoField)


def _is_each_rows_own(field: Any) -> bool:
    """Whether no two rows may have the same, or a row's value is made of its others."""
    own = type(field).pre_save not in {models.Field.pre_save, models.DateTimeField.pre_save}
    return own or (field.unique and not field.null)


def _preparing(field: Any, database: BaseDatabaseWrapper) -> Callable[[Any], Any]:
    """Return what makes of a value what the database's driver takes."""
    if isinstance(field, models.UUIDField) and not field.null:
        return str if database.features.has_native_uuid_field else attrgetter("hex")
    return lambda value: field.get_db_prep_save(value, database)


def _in_order(row: Sequence[Any], prepared: Mapping[int, Callable[[Any], Any]]) -> Sequence[Any]:
    """Return a row with those values prepared that have to be."""
    if not prepared:
        return row
    row = list(row)
    for place, prepare in prepared.items():
        row[place] = prepare(row[place])
    return row


def _insert_from_values(
    model: type[models.Model], fields: Sequence[Any], rows: Iterable[Sequence[Any]], shared: Any
) -> None:
    """Put rows in by as few statements as can be.

    An index of words is written out whenever a statement begins: with a statement for each row it
    took longer than all the rest.
    """
    columns = ", ".join(connection.ops.quote_name(field.column) for field in fields)
    table = connection.ops.quote_name(model._meta.db_table)
    same = ", ".join(["%s"] * len(shared))
    own = len(fields) - len(shared)
    row = f"({', '.join(['%s'] * own)})"
    connection.ensure_connection()
    most = connection.connection.getlimit(sqlite3.SQLITE_LIMIT_VARIABLE_NUMBER)
    at_once = (min(most, _MOST_VALUES) - len(shared)) // own
    rest = iter(rows)
    with connection.cursor() as cursor:
        while some := list(islice(rest, at_once)):
            cursor.execute(
                f"INSERT INTO {table} ({columns}) "  # noqa: S608 (no words of anybody's)
                f"SELECT own.*{', ' if same else ''}{same} "
                f"FROM (VALUES {', '.join([row] * len(some))}) AS own",
                [*shared, *chain.from_iterable(some)],
            )


def _copy(
    model: type[models.Model], fields: Sequence[Any], rows: Iterable[Sequence[Any]], shared: Any
) -> None:
    """Put rows in by PostgreSQL's COPY."""
    columns = ", ".join(connection.ops.quote_name(field.column) for field in fields)
    table = connection.ops.quote_name(model._meta.db_table)
    end = "".join(f"\t{_copied(value)}" for value in shared) + "\n"
    text = "".join("\t".join(map(_copied, row)) + end for row in rows)
    with connection.cursor() as cursor, connection.wrap_database_errors:
        cursor.copy_expert(f"COPY {table} ({columns}) FROM STDIN", io.BytesIO(text.encode()))


def _copied(value: Any) -> str:
    """Write a value as COPY reads it."""
    if value is None:
        return "\\N"
    if hasattr(value, "adapted"):  # JSON, in the driver's wrapping.
        value = value.dumps(value.adapted)
    return str(value).translate(_ESCAPED)


def renew_statistics() -> None:
    """Have the database measure its tables again, by which it chooses the way to an answer.

    PostgreSQL does it by itself. SQLite would measure a table unasked only after this connection
    had asked about it, and not before it grew by 25 times: see docs/decisions/0066.
    """
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            # So many rows of each index are looked at, whatever its size: some milliseconds.
            cursor.execute("PRAGMA analysis_limit = 1000")
            cursor.execute("ANALYZE")
