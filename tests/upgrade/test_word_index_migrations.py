"""The index of the comments' words through migrations: all that is there is in it, and stays."""

from typing import Any

import pytest
from django.apps.registry import Apps
from django.db import connection, models

from tests.upgrade.test_consent_migrations import make_sitting
from tests.upgrade.test_question_migrations import migrate_to

BEFORE = "0017_answers_may_be_on_hold"
AFTER = "0018_comments_are_found_by_their_words"

ON_SQLITE = pytest.mark.skipif("connection.vendor != 'sqlite'", reason="PostgreSQL has its own")
ON_POSTGRESQL = pytest.mark.skipif(
    "connection.vendor != 'postgresql'", reason="SQLite has no extensions"
)


def asked(sql: str, *sent: Any) -> list[Any]:
    """Return the first column of what the database answers."""
    with connection.cursor() as cursor:
        cursor.execute(sql, sent)
        return [row[0] for row in cursor.fetchall()]


def indexed(group: str) -> list[int]:
    """Return the keys that SQLite's index has for three letters."""
    return asked("SELECT rowid FROM comment_words WHERE comment_words MATCH %s", f'"{group}"')


def names_of_index() -> list[str]:
    """Name what stands in SQLite's schema for the index."""
    return asked("SELECT name FROM sqlite_master WHERE name LIKE 'comment%words%'")


def comments_of(known: Apps) -> Any:
    """Return the comments as they were at a migration."""
    return known.get_model("engagements", "Comment").objects


@ON_SQLITE
def test_comments_of_before_are_indexed_and_nothing_stays_when_it_is_undone(
    empty_database: None,
) -> None:
    known = migrate_to(BEFORE)
    make_sitting(known, "Zebra", 3)
    shown, hidden, _third = comments_of(known).order_by("pk")
    comments_of(known).filter(pk=hidden.pk).update(withheld="withdrawn")
    after = migrate_to(AFTER)
    assert hidden.pk not in indexed("zeb")
    assert len(indexed("zeb")) == 2
    back = migrate_to(BEFORE)
    assert names_of_index() == []
    comments_of(back).filter(pk=shown.pk).update(withheld="withdrawn")
    assert comments_of(after).count() == 3


@ON_SQLITE
def test_a_later_change_to_the_table_keeps_the_index_in_step(empty_database: None) -> None:
    known = migrate_to(AFTER)
    make_sitting(known, "Zebra", 1)
    comment = known.get_model("engagements", "Comment")
    # As a migration to come may: SQLite then makes the table anew, and drops what hangs on it.
    field = models.CharField(max_length=10, default="new")
    field.set_attributes_from_name("later")
    field.model = comment
    with connection.schema_editor() as editor:
        editor.add_field(comment, field)
    assert len(indexed("zeb")) == 1
    comment.objects.update(withheld="withdrawn")
    assert indexed("zeb") == []


@ON_POSTGRESQL
def test_the_index_is_made_and_taken_away_again(empty_database: None) -> None:
    index = "SELECT indexdef FROM pg_indexes WHERE indexname = 'comment_words'"
    known = migrate_to(BEFORE)
    make_sitting(known, "Zebra", 1)
    migrate_to(AFTER)
    assert "gin_trgm_ops" in asked(index)[0]
    migrate_to(BEFORE)
    assert asked(index) == []


@ON_POSTGRESQL
def test_a_database_where_the_extension_may_not_be_made_is_migrated_without_it(
    empty_database: None,
) -> None:
    known = migrate_to(BEFORE)
    make_sitting(known, "Zebra", 1)
    name = connection.settings_dict["NAME"]
    with connection.cursor() as cursor:
        cursor.execute("DROP ROLE IF EXISTS without_rights")
        cursor.execute("CREATE ROLE without_rights")
        # All that is needed to run the app and to migrate it, but for making extensions.
        cursor.execute(f"REVOKE CREATE ON DATABASE {name} FROM PUBLIC")
        cursor.execute("GRANT ALL ON SCHEMA public TO without_rights")
        cursor.execute("GRANT ALL ON ALL TABLES IN SCHEMA public TO without_rights")
        cursor.execute("GRANT ALL ON ALL SEQUENCES IN SCHEMA public TO without_rights")
        cursor.execute("ALTER TABLE engagements_comment OWNER TO without_rights")
        cursor.execute("SET ROLE without_rights")
    try:
        after = migrate_to(AFTER)
        assert asked("SELECT current_user") == ["without_rights"]
        assert asked("SELECT 1 FROM pg_indexes WHERE indexname = 'comment_words'") == []
        assert comments_of(after).filter(folded__contains="ebr").count() == 1
        migrate_to(BEFORE)
    finally:
        with connection.cursor() as cursor:
            cursor.execute("RESET ROLE")
            cursor.execute("DROP OWNED BY without_rights CASCADE")
            cursor.execute("DROP ROLE without_rights")
