"""The JSON Schema of an archive: its manifest, and the rows of each table."""

from typing import Any

from django.db import models

from coproduction.languages.models import TranslatedField
from overview.archive.shape import schema_of_manifest
from overview.archive.tables import ArchivedTable, Column, tables

_MOMENT = {"type": "string", "format": "date-time"}
_TEXTS = {
    "type": "object",
    "additionalProperties": {
        "type": "object",
        "properties": {"text": {"type": "string"}, "of": {"type": ["string", "null"]}},
        "required": ["text", "of"],
        "additionalProperties": False,
    },
}
# The first that a column is an instance of.
_KINDS: tuple[tuple[type, dict[str, Any]], ...] = (
    (TranslatedField, _TEXTS),
    (models.JSONField, {}),
    (models.UUIDField, {"type": "string", "format": "uuid"}),
    (models.DateTimeField, _MOMENT),
    (models.DateField, {"type": "string", "format": "date"}),
    (models.TimeField, {"type": "string", "format": "time"}),
    (models.BooleanField, {"type": "boolean"}),
    (models.IntegerField, {"type": "integer"}),
    (models.Field, {"type": "string"}),
)

_BESIDES: dict[str, dict[str, Any]] = {
    "called": {"type": "string", "pattern": "^[0-9]+$"},
    "evidence_here": {"anyOf": [{"type": "array"}, {"type": "null"}]},
    "address_stays": {"type": "boolean"},
}


def schema() -> dict[str, Any]:
    """Return the schema of every part of an archive, by what it is called there."""
    rows = {table.label: _of_table(table) for table in tables()}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "The archive of a project",
        "manifest": schema_of_manifest(),
        "rows": rows,
    }


def _of_table(table: ArchivedTable) -> dict[str, Any]:
    """Return the schema of one line of a table."""
    columns = {column.name: _of_column(column) for column in table.columns}
    if table.besides:
        columns[table.besides] = _BESIDES[table.besides]
    return {
        "type": "object",
        "properties": columns,
        "required": list(columns),
        "additionalProperties": False,
    }


def _of_column(column: Column) -> dict[str, Any]:
    """Return the schema of one value."""
    if column.points_to:
        said: dict[str, Any] = {
            "type": "integer",
            "minimum": 0,
            "description": f"the number of a line of rows/{column.points_to}.jsonl; 0 for none",
        }
    else:
        said = dict(next(kind for known, kind in _KINDS if isinstance(column.field, known)))
    if "type" in said and isinstance(column.field, models.CharField) and column.field.max_length:
        said["maxLength"] = column.field.max_length
    if column.field.choices and said.get("type") == "string":
        said["enum"] = [value for value, _label in column.field.flatchoices]
    return said if not column.field.null else {"anyOf": [said, {"type": "null"}]} if said else said
