"""What is asked of a database in its own dialect: many rows put in, measured, overwritten."""

import io
import re
import sqlite3
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from itertools import chain, islice
from operator import attrgetter
from pathlib import Path
from typing import Any

from django.db import (
    DEFAULT_DB_ALIAS,
    Error,
    OperationalError,
    connection,
    connections,
    models,
)
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.expressions import RawSQL

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


# What PostgreSQL says of rows that are gone, and that somebody who began before may still read.
_STILL_READ = re.compile(r"(\d+) dead row versions cannot be removed yet")
# For so many seconds it is waited for those.
_MOMENT = 10.0
# So much of an index is merged at once: some hundredths of a second.
_PAGES_MERGED = 500


def is_empty() -> bool:
    """Say whether the database answers and has no tables: nobody has migrated it."""
    try:
        return not connection.introspection.table_names()
    except Error:
        return False


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


def size_of_tables(tables: Sequence[type[models.Model]]) -> int:
    """Return how many bytes would be written anew to overwrite what is free among some tables."""
    if connection.vendor == "sqlite":
        return Path(str(connection.settings_dict["NAME"])).stat().st_size
    names = [table._meta.db_table for table in tables]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT sum(pg_total_relation_size(name::regclass)) FROM unnest(%s) AS name", [names]
        )
        return int(cursor.fetchone()[0])


def overwrite_free_room(
    tables: Sequence[type[models.Model]], *, report: Callable[[int, int], None]
) -> None:
    """Leave nothing in the database's files of rows that were changed or deleted in some tables.

    Outside any transaction; whoever writes waits meanwhile. ``report`` is called with steps done
    and steps in all. Raises OperationalError while somebody reads or writes what would be moved.
    """
    if connection.vendor == "sqlite":
        _overwrite_file(report)
    else:
        _overwrite_tables(tables, report)


def _overwrite_file(report: Callable[[int, int], None]) -> None:
    """Write SQLite's file anew, and empty its journal, which holds pages as they were."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM sqlite_master WHERE sql LIKE '%%USING fts5(%%'")
        indexes = [name for (name,) in cursor.fetchall()]
        steps = len(indexes) + 2
        for done, index in enumerate(indexes):
            report(done, steps)
            _merge(cursor, connection.ops.quote_name(index))
        report(steps - 2, steps)
        cursor.execute("VACUUM")
        report(steps - 1, steps)
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        is_busy, *_pages = cursor.fetchone()
    if is_busy:
        raise OperationalError("Somebody still reads from the journal.")


def _merge(cursor: Any, index: str) -> None:
    """Merge an index of words into one part, which holds nothing of rows that left it.

    A little at a time: others write in between.
    """
    before = -1
    # The first asks for all parts to be merged, however few; the rest goes on with it.
    pages = -_PAGES_MERGED
    while True:
        cursor.execute(f"INSERT INTO {index} ({index}, rank) VALUES ('merge', %s)", [pages])  # noqa: S608
        cursor.execute("SELECT total_changes()")
        (now,) = cursor.fetchone()
        # By what it says of itself: fewer than two rows changed is nothing left to merge.
        if before >= 0 and now - before < 2:
            return
        before, pages = now, _PAGES_MERGED


def _overwrite_tables(
    tables: Sequence[type[models.Model]], report: Callable[[int, int], None]
) -> None:
    """Write PostgreSQL's tables anew, and what it noted of the values in them."""
    with connection.cursor() as cursor:
        # Whoever reads waits behind us while we wait; rather try again later.
        cursor.execute("SET lock_timeout = '5s'")
        try:
            for done, table in enumerate(tables):
                report(done, len(tables) + 1)
                _write_anew(cursor, connection.ops.quote_name(table._meta.db_table))
            report(len(tables), len(tables) + 1)
            # It holds some values of each column, to guess by. Where it is not ours to write anew,
            # PostgreSQL only warns.
            _write_anew(cursor, "pg_statistic", "FULL, VERBOSE")
        finally:
            cursor.execute("RESET lock_timeout")
        # Until then the files of before are still there. Where only others may ask for it, they are
        # gone some minutes later.
        with suppress(Error):
            cursor.execute("CHECKPOINT")


def _write_anew(cursor: Any, table: str, how: str = "FULL, ANALYZE, VERBOSE") -> None:
    """Write a table anew without what is gone. Raises OperationalError while that is still read.

    PostgreSQL's own counting, which begins by itself, and whoever comes in just now read for a
    moment, so it is tried again; a page that is being drawn, or a copy being made, takes longer.
    """
    end = time.monotonic() + _MOMENT
    while True:
        connection.connection.notices.clear()
        cursor.execute(f"VACUUM ({how}) {table}")
        said = " ".join(connection.connection.notices)
        if not any(int(number) for number in _STILL_READ.findall(said)):
            return
        if time.monotonic() > end:
            raise OperationalError("Somebody still reads rows as they were.")
        cursor.execute("SELECT pg_sleep(0.2)")


def distinct_values(rows: models.QuerySet[Any], field: str, most: int) -> list[str]:
    """Return the texts that a column of some rows has, in order, at most so many; none is empty.

    One query, a step for each text however many rows have it, along an index that begins with what
    the rows are asked for and goes on with the column.
    """
    steps = rows.order_by(field).values(field)
    first = steps.filter(**{f"{field}__gt": ""})[:1].query
    then = steps.filter(**{f"{field}__gt": RawSQL("step.value", ())})[:1].query
    first_sql, first_sent = first.sql_with_params()
    then_sql, then_sent = then.sql_with_params()
    # Only names of our own are in the text; what rows are asked for is sent apart.
    sql = (
        f"WITH RECURSIVE step (value) AS (SELECT ({first_sql}) UNION ALL"  # noqa: S608
        f" SELECT ({then_sql}) FROM step WHERE step.value IS NOT NULL)"
        " SELECT value FROM step WHERE value IS NOT NULL LIMIT %s"
    )
    with connections[rows.db].cursor() as cursor:
        cursor.execute(sql, [*first_sent, *then_sent, most])
        return [value for (value,) in cursor.fetchall()]
