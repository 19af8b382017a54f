"""After every test with a database, what triggers keep is counted again, and must be the same."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection

from coproduction.triggers import first_difference
from engagements.counters import COUNTERS as OF_LISTENING
from themes.counters import COUNTERS as OF_THEMING

EVERY = (*OF_LISTENING, *OF_THEMING)
# Fixtures by which a test has a database.
_DATABASE = {"db", "transactional_db"}

_done = {"recounted": 0}


@pytest.fixture(autouse=True)
def _what_is_counted_is_there(request: pytest.FixtureRequest) -> Iterator[None]:
    """Count again when a test is over, before its rows go: each of the tables, from all rows."""
    marked = request.node.get_closest_marker("django_db") is not None
    if not marked and not _DATABASE & set(request.fixturenames):
        yield
        return
    is_kept = marked and request.node.get_closest_marker("django_db").kwargs.get("transaction")
    request.getfixturevalue("transactional_db" if is_kept else "db")
    yield
    if connection.connection is None or connection.needs_rollback:
        return
    assert_recounted(connection)


def assert_recounted(database: Any) -> None:
    """Count again, and name the first row that is not what the rows come to."""
    for kept in EVERY:
        assert (found := first_difference(database, kept)) is None, str(found)
    _done["recounted"] += 1


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Hand on how often it was, from a worker."""
    if hasattr(session.config, "workeroutput"):
        session.config.workeroutput.update(_done)


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: object) -> None:
    """Add how often a worker did."""
    _done["recounted"] += getattr(node, "workeroutput", {}).get("recounted", 0)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say how often it was."""
    if times := _done["recounted"]:
        terminalreporter.write_line(f"Counted again, with no difference: {times} times.")
