"""What is made once and copied into each test that asks: its records, not the making of them."""

import pickle
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Generic, TypeVar

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection, transaction
from django.test import override_settings

from engagements import counters as engagements
from themes import counters as themes

Made = TypeVar("Made")

# What migrating leaves: it is there before and after every test.
_OF_THE_DATABASE = {"django_migrations", "django_content_type", "auth_permission"}
# What triggers write when the rows come back that it is made of.
_KEPT_BY_TRIGGERS = {kept.table for kept in (*engagements.COUNTERS, *themes.COUNTERS)}


@dataclass(frozen=True)
class Original(Generic[Made]):
    """The records and stored files of something made once, and what its maker returned."""

    returned: bytes
    inserts: list[tuple[str, list[tuple[Any, ...]]]]
    files: dict[str, bytes]

    def copy(self) -> Made:
        """Put the records and files where a test sees them; return the maker's objects anew."""
        # In one transaction: keys are checked at its end, so the tables need no order.
        with transaction.atomic(), connection.cursor() as cursor:
            for insert, rows in self.inserts:
                cursor.executemany(insert, rows) if rows else cursor.execute(insert)
        for name, content in self.files.items():
            assert default_storage.save(name, ContentFile(content)) == name
        made: Made = pickle.loads(self.returned)  # noqa: S301
        return made


def record(make: Callable[[], Made], *, folder: Path | None = None) -> Original[Made]:
    """Make something in an empty database, keep its records, and take them out again.

    Files that it stores go to ``folder``, and are kept too. Numbers given on PostgreSQL are not
    given again, so copies never meet the rows of anything made later.
    """
    with stored_in(folder) if folder else nullcontext(), transaction.atomic():
        returned = pickle.dumps(make())
        inserts = [insert for table in _tables() if (insert := _insert(table))]
        transaction.set_rollback(True)
    files = {
        str(path.relative_to(folder)): path.read_bytes()
        for path in (folder.rglob("*") if folder else ())
        if path.is_file()
    }
    return Original(returned, inserts, files)


def stored_in(folder: Path) -> AbstractContextManager[None]:
    """Keep stored files in a folder while the block runs."""
    place = {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": str(folder)},
    }
    return override_settings(STORAGES={**settings.STORAGES, "default": place})


@cache
def _tables() -> list[str]:
    """Name every table that holds records."""
    # Only those of models: an index of words may be a table too, and fills itself.
    tables = connection.introspection.django_table_names(only_existing=True)
    return sorted(set(tables) - _OF_THE_DATABASE - _KEPT_BY_TRIGGERS)


def _insert(table: str) -> tuple[str, list[tuple[Any, ...]]] | None:
    """Write the statement that puts back all rows of a table; nothing when it has none."""
    is_postgres, quote = connection.vendor == "postgresql", connection.ops.quote_name
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {quote(table)} LIMIT 1")
        if cursor.fetchone() is None:
            return None
        columns = [quote(column[0]) for column in cursor.description]
        # The plus keeps sqlite3 from reading values by their column's type: they stay as stored.
        values = columns if is_postgres else [f"+{column}" for column in columns]
        cursor.execute(f"SELECT {', '.join(values)} FROM {quote(table)}")
        rows = cursor.fetchall()
        places = f"({', '.join(['%s'] * len(columns))})"
        insert = f"INSERT INTO {quote(table)} ({', '.join(columns)}) VALUES "
        if not is_postgres:
            return insert + places, rows
        # One statement for all rows, written out now: psycopg would send them one at a time.
        return insert + ", ".join(cursor.mogrify(places, row).decode() for row in rows), []
