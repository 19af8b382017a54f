"""What triggers count: an upgrade counts what was there, and they outlive the next ones."""

from typing import Any

import pytest
from django.db import connection, models
from django.db.migrations import AddField, AlterField
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.state import ProjectState

from coproduction.triggers import triggers_of
from tests.recount import EVERY, assert_recounted

BEFORE = [
    ("themes", "0005_rows_know_their_version"),
    ("engagements", "0017_answers_may_be_on_hold"),
]
AFTER = [("themes", "0006_themes_are_counted")]
TABLES = ("engagements_comment", "engagements_submission", "themes_coding", "themes_theme")


def there() -> list[str]:
    """Name the triggers that the database has."""
    names = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    if connection.vendor == "postgresql":
        names = "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal"
    with connection.cursor() as cursor:
        cursor.execute(names)
        return sorted(name for (name,) in cursor.fetchall() if name in DESCRIBED)


DESCRIBED = sorted(trigger.name for kept in EVERY for trigger in triggers_of(kept))


def sums(table: str, column: str) -> int:
    """Add up a column of a table."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT COALESCE(SUM({column}), 0) FROM {table}")
        return int(cursor.fetchone()[0])


def migrate(targets: list[tuple[str, str]]) -> Any:
    """Bring the database to some migrations; return the models of then."""
    return MigrationExecutor(connection).migrate(targets).apps


def make_coded_comments(known: Any, number: int) -> None:
    """Make comments as they were kept then, each with two codes of one theme."""

    def make(model: str, **values: Any) -> Any:
        return known.get_model(model).objects.create(**values)

    name = {"en": {"text": "Bryn", "of": None}}
    project = make("projects.Project", name=name, slug="bryn")
    by = make("projects.User", email="analyst@bryn.example")
    event = make("engagements.Engagement", project=project, title="Open day", date="2026-03-01")
    question = make("engagements.Question", project=project, kind="need", wording=name)
    theme = make("themes.Theme", project=project, kind="theme", name=name)
    codes = [
        make("themes.Theme", project=project, kind="code", name=name, parent=theme)
        for _code in range(2)
    ]
    for each in range(number):
        sitting = make(
            "engagements.Submission", project=project, engagement=event, receipt=f"R{each}"
        )
        place = {"project": project, "engagement": event, "question": question}
        comment = make("engagements.Comment", submission=sitting, text=f"Said {each}", **place)
        for code in codes if each else []:
            make("themes.Coding", comment=comment, theme=code, by=by, **place)


def test_what_was_there_before_is_counted_and_uncounted_again(empty_database: None) -> None:
    make_coded_comments(migrate(BEFORE), 4)
    assert there() == []
    migrate(AFTER)
    assert there() == DESCRIBED
    assert_recounted(connection)
    assert sums("engagements_commentcount", "visible") == 4
    # Three comments of the theme, and of each of its two codes.
    assert sums("themes_themetotal", "visible") == sums("themes_themecount", "said") == 9
    assert sums("themes_themedcomment", "codings") == 6
    assert sums("themes_waitingtotal", "comments") == 1
    known = migrate(BEFORE)
    assert there() == []
    assert known.get_model("themes.Coding").objects.count() == 6
    known = migrate(AFTER)
    known.get_model("engagements.Comment").objects.update(withheld="withdrawn")
    assert sums("themes_themetotal", "visible") == sums("themes_waitingtotal", "comments") == 0
    assert sums("themes_themetotal", "said") == 9
    assert_recounted(connection)


@pytest.mark.parametrize("app", ["engagements", "themes"])
def test_triggers_outlive_a_table_that_is_made_anew(empty_database: None, app: str) -> None:
    """SQLite's triggers go with their table, and stand in the way of another's new name."""
    executor = MigrationExecutor(connection)
    state: ProjectState = executor.migrate(AFTER)
    make_coded_comments(state.apps, 3)
    model = {"engagements": "comment", "themes": "coding"}[app]
    for change in (
        AddField(model, "likes", models.IntegerField(default=0)),
        AlterField(model, "likes", models.CharField(max_length=9, default="none")),
    ):
        after = state.clone()
        change.state_forwards(app, after)
        with connection.schema_editor() as editor:
            change.database_forwards(app, editor, state, after)
        state = after
        assert there() == DESCRIBED
    row = state.apps.get_model(app, model).objects.order_by("pk").last()
    assert row.likes in {"none", "0"}
    state.apps.get_model("themes.Coding").objects.all().delete()
    assert sums("themes_waitingtotal", "comments") == 3
    assert_recounted(connection)
