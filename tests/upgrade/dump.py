"""A database as a text that can be kept and read: its migrations, each table's columns and rows.

``python -m tests.upgrade.dump FILE`` writes down the database of DATABASE_URL, or of DATA_DIR.
"""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import django
from django.apps import apps
from django.apps.registry import Apps
from django.core.management.color import no_style
from django.db import connection, models, transaction
from django.db.migrations.loader import MigrationLoader

# Django's own list of what the code has: each migration makes it anew.
MADE_BY_DJANGO = {"auth_permission", "django_content_type"}

Dump = dict[str, Any]
Rows = dict[Any, dict[str, Any]]


def tables_of(known: Apps) -> dict[str, type[models.Model]]:
    """Return the model of each table, those between two models too."""
    every = known.get_models(include_auto_created=True)
    return {model._meta.db_table: model for model in every if model._meta.managed}


def fields_of(model: type[models.Model]) -> dict[str, Any]:
    """Return a table's fields, by their columns."""
    return {field.column: field for field in model._meta.concrete_fields}


def plain(value: Any) -> Any:
    """Return a field's value as JSON, exact to the last digit."""
    if value is None or isinstance(value, bool | int | float | str | list | dict):
        return value
    if hasattr(value, "entries"):  # A text in several languages.
        return value.entries
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


def rows_of(model: type[models.Model]) -> Rows:
    """Return a table's rows as JSON, each by its primary key."""
    fields = fields_of(model)
    return {
        plain(row.pk): {
            column: plain(field.value_from_object(row)) for column, field in fields.items()
        }
        for row in model._base_manager.order_by("pk")
    }


def write(path: Path, commit: str) -> None:
    """Write down this database, one row a line."""
    leaves = sorted(MigrationLoader(connection).graph.leaf_nodes())
    lines = [f'{{"commit": {json.dumps(commit)},', f'"migrations": {json.dumps(leaves)},']
    lines.append('"tables": {')
    tables = []
    for table, model in sorted(tables_of(apps).items()):
        rows = rows_of(model)
        if table in MADE_BY_DJANGO or not rows:
            continue
        kept = [json.dumps(list(row.values()), ensure_ascii=False) for row in rows.values()]
        columns = json.dumps(list(fields_of(model)))
        tables.append(f'"{table}": {{"columns": {columns}, "rows": [\n' + ",\n".join(kept) + "]}")
    path.write_text("\n".join(lines) + "\n" + ",\n".join(tables) + "}}\n", encoding="utf-8")


def load(dump: Dump, known: Apps) -> None:
    """Put a dump's rows into an empty database whose tables ``known`` describes, just as they were.

    In one transaction, for the keys that point back and forth between tables.
    """
    models_by_table = tables_of(known)
    with transaction.atomic():
        for table, kept in dump["tables"].items():
            fields = fields_of(models_by_table[table])
            for row in kept["rows"]:
                made = models_by_table[table]()
                for column, value in zip(kept["columns"], row, strict=True):
                    field = fields[column]
                    setattr(made, field.attname, field.to_python(value))
                made.save_base(raw=True, force_insert=True)
        numbers_go_on = connection.ops.sequence_reset_sql(
            no_style(), [models_by_table[table] for table in dump["tables"]]
        )
        with connection.cursor() as cursor:
            for statement in numbers_go_on:
                cursor.execute(statement)


if __name__ == "__main__":
    django.setup()
    commit = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True, check=True
    ).stdout.strip()
    write(Path(sys.argv[1]), commit)
