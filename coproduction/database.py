"""What is asked of a database in its own dialect: many rows put in at once, its tables measured."""

import io
from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection, models

# Columns of these take a value as it is; the others prepare it first.
_AS_IT_IS = (
    models.CharField,
    models.TextField,
    models.IntegerField,
    models.BooleanField,
    models.ForeignKey,
)
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
    shared = tuple(_prepared(field, field.pre_save(sample, add=True)) for field in constant)
    prepared = {
        place: field for place, field in enumerate(varying) if not isinstance(field, _AS_IT_IS)
    }
    put = _copy if connection.vendor == "postgresql" else _execute_many
    put(model, [*varying, *constant], (_in_order(row, prepared) for row in rows), shared)


def _is_made_by_database(field: Any) -> bool:
    """Whether a row gets this from the database: its number."""
    return isinstance(field, models.AutoField)


def _is_each_rows_own(field: Any) -> bool:
    """Whether no two rows may have the same, or a row's value is made of its others."""
    own = type(field).pre_save not in {models.Field.pre_save, models.DateTimeField.pre_save}
    return own or (field.unique and not field.null)


def _prepared(field: Any, value: Any) -> Any:
    """Return a value as the database's driver takes it."""
    return field.get_db_prep_save(value, connection)


def _in_order(row: Sequence[Any], prepared: dict[int, Any]) -> Sequence[Any]:
    """Return a row with those values prepared that have to be."""
    if not prepared:
        return row
    row = list(row)
    for place, field in prepared.items():
        row[place] = _prepared(field, row[place])
    return row


def _execute_many(
    model: type[models.Model], fields: Sequence[Any], rows: Iterable[Sequence[Any]], shared: Any
) -> None:
    """Put rows in by one statement, which the database reads once."""
    columns = ", ".join(connection.ops.quote_name(field.column) for field in fields)
    table = connection.ops.quote_name(model._meta.db_table)
    marks = ", ".join(["%s"] * len(fields))
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {table} ({columns}) VALUES ({marks})",  # noqa: S608 (no words of anybody's)
            [(*row, *shared) for row in rows],
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
