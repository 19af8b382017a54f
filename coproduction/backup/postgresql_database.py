"""A PostgreSQL database in a backup: each table by COPY, all in one snapshot.

No program of the server's version is needed for it, and nothing stands on a disk in between. What
the tables are like is not in it: migrations make them.
"""

from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from typing import Any

from django.db import DatabaseError, OperationalError, connection, transaction

from coproduction.backup.archive import (
    DAMAGED,
    NOTHING,
    ArchiveWriter,
    Member,
    PartsWriter,
    TableReader,
    table_of,
)
from coproduction.backup.migrated import (
    Migration,
    applied_migrations,
    is_behind,
    is_unused,
    migrate_to,
    tables_there,
)
from coproduction.backup.refusing import BackupRefused
from coproduction.backup.sqlite_database import IN_USE

KIND = "postgresql"
# Two restores of one database, on whatever hosts, know each other by this.
_RESTORE = 727_073_001
_AT_ONCE = 1 << 18
_NO_ROOM = "53100"


class PostgresSnapshot:
    """The database as it was at one moment, read while others go on writing."""

    def __init__(self) -> None:
        """Look at what there is, in the transaction that has the snapshot."""
        self.migrations = applied_migrations()
        self._columns = _columns()
        self.size = postgres_size()

    def write(self, archive: ArchiveWriter) -> dict[str, Any]:
        """Add each table; return what there is of it."""
        contents, tables = {}, {}
        for table, columns in self._columns.items():
            parts = PartsWriter(archive, f"tables/{table}")
            with connection.cursor() as cursor:
                cursor.copy_expert(f"COPY {_named(table, columns)} TO STDOUT", parts)
            contents[table], tables[table] = list(parts.finish()), parts.rows
        return {
            "contents": contents,
            "tables": tables,
            "columns": self._columns,
            "sequences": _sequences(),
        }


@contextmanager
def postgres_snapshot() -> Iterator[PostgresSnapshot]:
    """Take one moment, and hold it for the block."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield PostgresSnapshot()


def postgres_size() -> int:
    """Return about how many bytes the rows of the database take, without their indexes."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT COALESCE(SUM(pg_table_size(pg_class.oid)), 0) FROM pg_class "
            "JOIN pg_namespace ON pg_namespace.oid = relnamespace "
            "WHERE relkind = 'r' AND nspname = current_schema()"
        )
        return int(cursor.fetchone()[0])


class PostgresLanding:
    """Where a database is put back: in one transaction, which nobody sees before its end."""

    kind = KIND

    def __init__(self) -> None:
        """Begin with nothing there."""
        self._open = ExitStack()
        self._columns: dict[str, list[str]] = {}
        self._contents: dict[str, list[Any]] = {}
        self._rows: dict[str, int] = {}

    def is_unused(self) -> bool:
        """Whether nobody has put anything into the database that is there."""
        return is_unused()

    def begin(self, migrations: list[Migration]) -> None:
        """Make the tables as they were, and keep everybody from them. Raises BackupRefused."""
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_lock(%s)", [_RESTORE])
            if cursor.fetchone() != (True,):
                raise BackupRefused("Another restore of this database is running.")
        if not is_behind(migrations):
            _drop_tables()
        migrate_to(migrations)
        self._open.enter_context(transaction.atomic())
        self._columns = _columns()
        tables = ", ".join(map(_quoted, self._columns))
        with connection.cursor() as cursor:
            try:
                cursor.execute(f"LOCK TABLE {tables} IN ACCESS EXCLUSIVE MODE NOWAIT")
            except OperationalError:
                raise BackupRefused(IN_USE) from None
            if not is_unused():
                raise BackupRefused(IN_USE)
            # What migrations put there comes back as it was.
            cursor.execute(f"TRUNCATE {tables}")
            for table in self._columns:
                cursor.execute(f"ALTER TABLE {_quoted(table)} DISABLE TRIGGER USER")

    def take(self, part: Member, following: Iterator[Member]) -> Member | None:
        """Put one table back; return the part after it. Raises BackupRefused for what is none."""
        table = table_of(part.name)
        if table not in self._columns or table in self._contents:
            raise BackupRefused(DAMAGED)
        rows = TableReader(part, following)
        named = _named(table, self._columns[table])
        with connection.cursor() as cursor:
            try:
                with connection.wrap_database_errors:
                    cursor.copy_expert(f"COPY {named} FROM STDIN", rows, _AT_ONCE)
            except DatabaseError as problem:
                raise _refusal_of(problem) from None
            self._contents[table], self._rows[table] = list(rows.content), cursor.rowcount
        return rows.after

    def compare(self, manifest: Mapping[str, Any]) -> None:
        """Make sure that all rows came, and that each key leads to a row. Raises BackupRefused."""
        said = (manifest.get("contents"), manifest.get("tables"), manifest.get("columns"))
        # A table without rows has no part.
        nothing = dict.fromkeys(self._columns, 0)
        empty = {name: list(NOTHING) for name in self._columns}
        if said != (empty | self._contents, nothing | self._rows, self._columns):
            raise BackupRefused(DAMAGED)
        with connection.cursor() as cursor:
            try:
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
                for name, last in manifest.get("sequences", {}).items():
                    cursor.execute("SELECT setval(%s::regclass, %s)", [_quoted(name), last])
            except DatabaseError as problem:
                raise _refusal_of(problem) from None
            for table in self._columns:
                cursor.execute(f"ALTER TABLE {_quoted(table)} ENABLE TRIGGER USER")

    def place(self) -> None:
        """Let everybody see it, all at once."""
        self._open.close()
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")

    def abandon(self) -> None:
        """Take back every row: the tables are as empty as before."""
        if connection.in_atomic_block:
            transaction.set_rollback(True)
        self._open.close()


def _refusal_of(problem: DatabaseError) -> BackupRefused:
    """Return the sentence for what the database said of rows."""
    if getattr(problem.__cause__, "pgcode", "") == _NO_ROOM:
        return BackupRefused("There is no room left on the database's disk.")
    return BackupRefused(DAMAGED)


def _columns() -> dict[str, list[str]]:
    """Return each table's columns by name, those that the database works out itself left out.

    Where they stand in the table differs with the way by which it came to be.
    """
    tables = tables_there()
    found: dict[str, list[str]] = {name: [] for name in tables}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name, column_name FROM information_schema.columns "
            "WHERE table_schema = current_schema() AND table_name = ANY(%s) "
            "AND is_generated = 'NEVER' ORDER BY table_name, column_name",
            [tables],
        )
        for table, column in cursor.fetchall():
            found[table].append(column)
    return found


def _sequences() -> dict[str, int]:
    """Return the last number that each sequence gave: none is given twice."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT sequencename, last_value FROM pg_sequences "
            "WHERE schemaname = current_schema() AND last_value IS NOT NULL"
        )
        return dict(cursor.fetchall())


def _drop_tables() -> None:
    """Take off the tables of an empty database that went further than the backup."""
    tables = tables_there()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT tgfoid::regprocedure::text FROM pg_trigger "
            "JOIN pg_class ON pg_class.oid = tgrelid "
            "WHERE NOT tgisinternal AND relname = ANY(%s)",
            [tables],
        )
        functions = [name for (name,) in cursor.fetchall()]
        cursor.execute(f"DROP TABLE {', '.join(map(_quoted, tables))} CASCADE")
        for function in functions:
            cursor.execute(f"DROP FUNCTION {function}")


def _named(table: str, columns: list[str]) -> str:
    """Write a table with its columns."""
    return f"{_quoted(table)} ({', '.join(map(_quoted, columns))})"


def _quoted(name: str) -> str:
    """Write a name as SQL reads it."""
    return connection.ops.quote_name(name)
