"""Databases of earlier days: brought up to date, they have lost nothing, and the pages open."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.test import Client

from coproduction.languages.folding import fold
from coproduction.projects.models import Project
from coproduction.projects.trail.verification import verify
from engagements.models import ImportBatch, Submission
from tests.recount import assert_recounted
from tests.upgrade.dump import Dump, Rows, load, rows_of, tables_of

PAGES = (
    *("/{}/plan/", "/cy/{}/plan/", "/{}/plan/figures/", "/{}/plan/print/", "/{}/plan/plan.json"),
    *("/{}/plan/actions.csv", "/{}/what-we-heard/", "/cy/{}/what-we-heard/"),
)
DUMPS = sorted(Path(__file__).parent.glob("*.json"))


def as_it_was(value: Any) -> Any:
    """Return what stood in a column, to which the migrations did nothing."""
    return value


@dataclass(frozen=True)
class Home:
    """Where a column's values are now, in the row of the same key, and what was made of them."""

    table: str
    column: str
    made: Callable[[Any], Any] = as_it_was


@dataclass(frozen=True)
class OfEach:
    """A column whose values went to each of the rows of another table that point to its own."""

    table: str
    column: str
    key: str


# A column that a migration moved, renamed or rewrote stands here: (table, column): its new home.
MOVED: Mapping[tuple[str, str], Home | OfEach] = {
    ("projects_project", "retention_months"): Home("projects_retention", "originals"),
    ("engagements_comment", "folded"): Home("engagements_comment", "folded", fold),
    ("engagements_submission", "quote_consent"): OfEach(
        "engagements_comment", "quote_consent", "submission_id"
    ),
    ("engagements_submission", "consent_taken_back"): OfEach(
        "engagements_comment", "consent_taken_back", "submission_id"
    ),
    **{
        ("django_session", column): Home("projects_session", column)
        for column in ("session_key", "expire_date")
    },
}
NEEDLESS = {
    # What nobody said or decided, and nothing asks for any more: how often a worker was messaged.
    ("jobs_job", "wakeups"),
    # Sealed, and sealed anew with when it began: what was in it, test_session_migrations.py reads.
    ("django_session", "session_data"),
    # The end of a chain moves with the entry that takes in what was there.
    *(("projects_audithead", "number"), ("projects_audithead", "digest")),
}


def is_there(home: Home | OfEach, key: Any, value: Any, now: Mapping[str, Rows]) -> bool:
    """Say whether a value of the row with this key stands where it went."""
    rows = now.get(home.table, {})
    if isinstance(home, Home):
        found = rows.get(key, {})
        return home.column in found and bool(found[home.column] == home.made(value))
    theirs = [row.get(home.column) for row in rows.values() if row.get(home.key) == key]
    return bool(theirs) and all(each == value for each in theirs)


def lost_from(dump: Dump, now: Mapping[str, Rows]) -> tuple[list[str], int]:
    """Compare every value of a dump with the rows of now; return what is lost, and what is there.

    Rows are told apart by their first column, the primary key.
    """
    lost, there = [], 0
    for table, kept in dump["tables"].items():
        for row in kept["rows"]:
            for column, value in zip(kept["columns"], row, strict=True):
                if (table, column) in NEEDLESS:
                    continue
                if is_there(MOVED.get((table, column), Home(table, column)), row[0], value, now):
                    there += 1
                else:
                    lost.append(f"{table} {row[0]} {column}: {str(value)[:80]}")
    return lost, there


@pytest.fixture(params=DUMPS, ids=lambda path: path.stem)
def dump(request: pytest.FixtureRequest, empty_database: None) -> Dump:
    """Give a dump, loaded into a database of its day and brought up to date."""
    found: Dump = json.loads(request.param.read_text(encoding="utf-8"))
    executor = MigrationExecutor(connection)
    then = executor.migrate([tuple(leaf) for leaf in found["migrations"]])
    load(found, then.apps)
    call_command("migrate", verbosity=0)
    return found


def test_an_earlier_database_is_brought_up_to_date_without_loss(
    dump: Dump, say: Callable[[str], None]
) -> None:
    loader = MigrationLoader(connection)
    assert set(loader.graph.leaf_nodes()) <= set(loader.applied_migrations)
    lost, there = lost_from(
        dump, {table: rows_of(model) for table, model in tables_of(apps).items()}
    )
    assert lost == []
    assert there > 4_000
    assert_recounted(connection)
    assert count_rows("themes_themecount") > 10
    say(f"{there} values of {len(dump['tables'])} tables are as they were at {dump['commit']}")

    opened = attested = 0
    for project in Project.objects.all():
        verdict = verify(project)
        # A dump holds rows, and none of the files that were beside them.
        files = ImportBatch.objects.of(project)
        gone = [f"the file of import batch {batch.uuid} is gone" for batch in files.order_by("pk")]
        assert list(verdict.faults) == gone
        attested += verdict.rows
        for address in PAGES:
            opened += bool(text_of(address.format(project.slug)))
    assert attested > 50
    assert opened == 2 * len(PAGES)
    followed = 0
    for submission in Submission.objects.filter(undone_at=None).select_related("project"):
        page = text_of(f"/{submission.project.slug}/follow/{submission.receipt}/")
        for comment in submission.comments.filter(withheld=""):
            assert comment.text in page
            followed += 1
    assert followed > 15


def count_rows(table: str) -> int:
    """Return how many rows a table has."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT COUNT(*) FROM {table}")
        return int(cursor.fetchone()[0])


def text_of(address: str) -> str:
    """Open a public page and return what stands in it."""
    page = Client().get(address)
    assert page.status_code == 200, f"{address} answered {page.status_code}"
    return unescape(page.content.decode())


def test_what_is_lost_is_found_out() -> None:
    dump = {"tables": {"a": {"columns": ["id", "said"], "rows": [[1, "yes"], [2, "no"]]}}}
    yes, no = {"id": 1, "said": "yes"}, {"id": 2, "said": "no"}
    assert lost_from(dump, {"a": {1: yes, 2: no}}) == ([], 4)
    assert lost_from(dump, {"a": {1: yes | {"said": ""}, 2: no}}) == (["a 1 said: yes"], 3)
    assert lost_from(dump, {"a": {1: yes, 2: {"id": 2}}}) == (["a 2 said: no"], 3)
    assert len(lost_from(dump, {"a": {1: yes}})[0]) == 2
    assert len(lost_from(dump, {})[0]) == 4
