"""Every migration has a name a person gave it, and can be undone."""

import re

from django.db.migrations import Migration, RunPython, RunSQL, SeparateDatabaseAndState
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations.base import Operation

from tests.architecture.sources import OWN


def own_migrations() -> list[Migration]:
    """Return the app's own migrations."""
    every = MigrationLoader(connection=None).disk_migrations.values()
    return [each for each in every if each.__module__.split(".")[0] in OWN]


def flattened(operations: list[Operation]) -> list[Operation]:
    """Return operations with those inside SeparateDatabaseAndState among them."""
    found: list[Operation] = []
    for operation in operations:
        found.append(operation)
        if isinstance(operation, SeparateDatabaseAndState):
            found += flattened(operation.database_operations)
    return found


def test_no_migration_is_named_by_the_machine() -> None:
    migrations = own_migrations()
    assert len(migrations) >= 6
    machine = re.compile(r"_auto_\d|^\d{4}_initial$|_and_more$")
    assert [str(each) for each in migrations if machine.search(each.name)] == []


def test_every_migration_can_be_undone() -> None:
    looked = 0
    for migration in own_migrations():
        for operation in flattened(migration.operations):
            looked += 1
            if isinstance(operation, RunPython | RunSQL):
                assert operation.reversible, f"{migration}: {operation.describe()}"
    assert looked > 50
