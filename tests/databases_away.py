"""The database in tests, held by somebody else or not to be reached."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import psycopg2
from django.db import connection

from tests.processes import free_port


@contextmanager
def held_by_somebody() -> Iterator[None]:
    """Hold what every change needs while the block runs; who waits for it gives up soon."""
    connection.ensure_connection()
    if connection.vendor == "sqlite":
        _set("PRAGMA busy_timeout = 10")
        with closing(sqlite3.connect(connection.settings_dict["NAME"])) as other:
            other.execute("BEGIN IMMEDIATE")
            yield
        _set("PRAGMA busy_timeout = 20000")
        return
    _set("SET lock_timeout = '10ms'")
    at = connection.settings_dict
    with closing(
        psycopg2.connect(dbname=at["NAME"], host=at["HOST"], port=at["PORT"], user=at["USER"])
    ) as other:
        with other.cursor() as cursor:
            cursor.execute("SELECT id FROM projects_audithead FOR UPDATE")
        yield
    _set("SET lock_timeout = 0")


@contextmanager
def away() -> Iterator[None]:
    """Have no database at all while the block runs."""
    at = connection.settings_dict
    name, port = at["NAME"], at["PORT"]
    connection.close()
    if connection.vendor == "sqlite":
        at["NAME"] = str(Path(name).parent / "away" / "nothing.sqlite3")
    else:
        at["PORT"] = str(free_port())
    try:
        yield
    finally:
        connection.close()
        at["NAME"], at["PORT"] = name, port


def _set(sql: str) -> None:
    """Tell our own connection something."""
    with connection.cursor() as cursor:
        cursor.execute(sql)
