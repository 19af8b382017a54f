"""The backend: Django's, and what it lacks: triggers that outlive migrations, and overwriting."""

from typing import Any

from django.db.backends.sqlite3.base import DatabaseWrapper as SQLite
from django.db.backends.sqlite3.schema import DatabaseSchemaEditor


class SchemaEditor(DatabaseSchemaEditor):
    """Changes tables as Django does, which on SQLite mostly makes them anew."""

    def _remake_table(self, *args: Any, **options: Any) -> None:
        """Make a table anew, and put back the triggers: they go with it, or stand in its way."""
        with self.connection.cursor() as cursor:
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
            triggers = cursor.fetchall()
        for name, _sql in triggers:
            self.execute(f"DROP TRIGGER {self.quote_name(name)}", params=None)
        super()._remake_table(*args, **options)  # type: ignore[misc]
        # An index that has triggers of its own made them anew with the table.
        with self.connection.cursor() as cursor:
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
            made = {name for (name,) in cursor.fetchall()}
        for name, sql in triggers:
            if name not in made:
                self.execute(sql, params=None)


class DatabaseWrapper(SQLite):
    """A connection to SQLite whose migrations leave triggers standing, and that overwrites."""

    SchemaEditorClass = SchemaEditor

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """Connect; from then on what is deleted is overwritten, not only let go."""
        connection = super().get_new_connection(conn_params)
        connection.execute("PRAGMA secure_delete = ON")
        return connection
