"""How far a database was brought by migrations, and whether it holds anything yet."""

from collections.abc import Iterable

from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from coproduction.backup.archive import NEWER
from coproduction.backup.refusing import BackupRefused

Migration = tuple[str, str]

# What migrations and machinery leave in a database that nobody has used.
_OF_NOBODY = ("django_", "auth_permission", "jobs_")


def applied_migrations() -> list[Migration]:
    """Name the migrations that the database has had."""
    return sorted(MigrationRecorder(connection).applied_migrations())


def refuse_newer(wanted: Iterable[Migration]) -> None:
    """Make sure that this release knows all of these. Raises BackupRefused."""
    known = MigrationLoader(None, ignore_no_migrations=True).disk_migrations
    if not known.keys() >= set(wanted):
        raise BackupRefused(NEWER)


def migrate_to(wanted: list[Migration]) -> None:
    """Bring an empty database exactly as far as these, and no further."""
    executor = MigrationExecutor(connection)
    nodes = executor.loader.graph.node_map
    before = {
        parent.key for each in wanted for parent in nodes[each].parents if parent.key[0] == each[0]
    }
    # Of each app the last alone: to name an earlier one would take back those after it.
    executor.migrate([each for each in wanted if each not in before])


def bring_up_to_date() -> None:
    """Do the migrations that this release has more, if there are any."""
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        call_command("migrate", interactive=False, verbosity=0)


def is_behind(wanted: Iterable[Migration]) -> bool:
    """Whether the database can be brought to these by going on."""
    return set(applied_migrations()) <= set(wanted)


def tables_there() -> list[str]:
    """Name the tables of models that the database has, and that of the migrations."""
    named = connection.introspection.django_table_names(only_existing=True, include_views=False)
    is_migrated = MigrationRecorder(connection).has_table()
    return sorted({*named, *(["django_migrations"] if is_migrated else [])})


def is_unused() -> bool:
    """Whether no table holds anything that people brought in."""
    tables = [name for name in tables_there() if not name.startswith(_OF_NOBODY)]
    if not tables:
        return True
    quote = connection.ops.quote_name
    some = " OR ".join(f"EXISTS (SELECT 1 FROM {quote(name)})" for name in tables)  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT CASE WHEN {some} THEN 1 ELSE 0 END")
        return bool(cursor.fetchone() == (0,))
