"""What tests of upgrades begin with: an empty database beside the one other tests share."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection

from tests.settings import WORKER_NUMBER


@pytest.fixture
def empty_database(
    tmp_path: Path, django_db_setup: None, django_db_blocker: pytest.FixtureRequest
) -> Iterator[None]:
    """Let the default connection lead to a database without tables, until the test is over.

    Not in a transaction: PostgreSQL changes no table whose keys are still to be checked.
    """
    usual = connection.settings_dict["NAME"]
    name = f"upgrade_{WORKER_NUMBER}"
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        connection.close()
        if connection.vendor == "postgresql":
            _make_anew(name)
        else:
            name = str(tmp_path / name)
        connection.settings_dict["NAME"] = name
        try:
            yield
        finally:
            connection.close()
            connection.settings_dict["NAME"] = usual
            if connection.vendor == "postgresql":
                _drop(name)


def _make_anew(name: str) -> None:
    _drop(name)
    with connection._nodb_cursor() as cursor:
        cursor.execute(f"CREATE DATABASE {name}")


def _drop(name: str) -> None:
    with connection._nodb_cursor() as cursor:
        cursor.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
