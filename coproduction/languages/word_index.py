"""An index of the words of a table's rows: by groups of three letters, on either database."""

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any

from django.db import connections, models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.backends.ddl_references import Statement, Table
from django.db.models.expressions import Col
from django.db.models.lookups import Exact
from django.db.models.sql.where import AND

_LETTERS = 3
# So many groups find a word as well as all of a very long one's.
_MOST_GROUPS = 20
# And so many each of several, of which one is enough.
_MOST_OF_EACH = 6
# Letters that begin more groups than this stand in so many rows that reading those is as good.
_MOST_BEGUN = 30
# What no row has.
_NOWHERE = '"\x01\x01\x01"'

# On PostgreSQL an index like any other, of pg_trgm, by which it finds LIKE '%part%'. Where that
# can't be had, nothing is made, and the same is found without it.
_MAKE_ON_POSTGRESQL = """DO $words$ BEGIN
    CREATE EXTENSION IF NOT EXISTS pg_trgm;
    CREATE INDEX IF NOT EXISTS %(index)s ON %(table)s
        USING gin (%(words)s gin_trgm_ops) WHERE %(condition)s;
EXCEPTION
    WHEN insufficient_privilege OR undefined_file OR feature_not_supported OR undefined_object THEN
        RAISE WARNING USING MESSAGE = 'No index of words was made: ' || SQLERRM;
END $words$"""

# On SQLite a table of its own (FTS5), which the database keeps in step in the same transaction,
# whoever writes. It holds no text, only which groups stand in which row. A group with the row's
# project leads past the rows of other projects.
_MAKE_ON_SQLITE = (
    "DROP TABLE IF EXISTS %(index)s",
    "CREATE VIRTUAL TABLE %(index)s USING fts5(words, content='', columnsize=0, detail=none,"
    " tokenize='trigram case_sensitive 1')",
    # The groups there are, to find those that a shorter word begins.
    "CREATE VIRTUAL TABLE IF NOT EXISTS %(index_groups)s USING fts5vocab(%(index)s, instance)",
    "INSERT INTO %(index)s (rowid, words) SELECT %(key)s, %(indexed)s FROM %(table)s"
    " WHERE %(condition)s",
    "CREATE TRIGGER IF NOT EXISTS %(index_deleted)s AFTER DELETE ON %(table)s"
    " BEGIN %(take_out)s; END",
    "CREATE TRIGGER IF NOT EXISTS %(index_updated)s AFTER UPDATE ON %(table)s WHEN %(changed)s"
    " BEGIN %(take_out)s; %(put_in)s; END",
    "CREATE TRIGGER IF NOT EXISTS %(index_inserted)s AFTER INSERT ON %(table)s"
    " BEGIN %(put_in)s; END",
)
_PUT_IN = (
    "INSERT INTO %(index)s (rowid, words) SELECT %(key)s, %(indexed)s"
    " FROM (SELECT %(of_new)s) WHERE %(condition)s"
)
_TAKE_OUT = (
    "INSERT INTO %(index)s (%(index)s, rowid, words) SELECT 'delete', %(key)s, %(indexed)s"
    " FROM (SELECT %(of_old)s) WHERE %(condition)s"
)

# One step for each group, whatever the number of rows that have it.
_BEGUN_BY = """WITH RECURSIVE begun (term) AS (
    SELECT (SELECT term FROM %(index_groups)s WHERE term >= %%s LIMIT 1)
    UNION ALL
    SELECT (SELECT term FROM %(index_groups)s WHERE term > begun.term LIMIT 1)
    FROM begun WHERE begun.term < %%s
)
SELECT term FROM begun WHERE term < %%s LIMIT %%s"""
_PAST_ALL_LETTERS = "\U0010ffff"


class WordIndex(models.Index):
    """An index of one ``FoldedField``, for the rows that meet the condition.

    ``within`` names the foreign key by which rows belong to a project; ``condition`` is a Q of
    plain values. ``Found`` uses it; what it does not hold is found by reading rows one by one.
    """

    def __init__(self, *, within: str, condition: models.Q, **more: Any) -> None:
        """Take one field; the index's name is the name of its table on SQLite."""
        super().__init__(condition=condition, **more)
        self.within = within
        # Which value each field of the condition must have.
        self.wanted: dict[str, Any] = dict(condition.children)  # type: ignore[arg-type]

    def deconstruct(self) -> tuple[str, Sequence[Any], dict[str, Any]]:
        """Say how it is made anew."""
        path, positional, named = super().deconstruct()
        return path, positional, {**named, "within": self.within}

    def create_sql(
        self,
        model: type[models.Model],
        schema_editor: BaseDatabaseSchemaEditor,
        using: str = "",
        **more: Any,
    ) -> Statement:
        """Return what makes it; on SQLite the first part, the others being run after it."""
        on_sqlite = schema_editor.connection.vendor == "sqlite"
        parts = self._parts(model, schema_editor)
        if not on_sqlite:
            return Statement(_MAKE_ON_POSTGRESQL, **parts)
        # What is deferred is run in order once the table stands, and so is what is returned here,
        # before or after: a trigger can be made while the index is not there yet.
        *others, last = (Statement(each, **parts) for each in _MAKE_ON_SQLITE)
        schema_editor.deferred_sql += others
        return last

    def remove_sql(
        self, model: type[models.Model], schema_editor: BaseDatabaseSchemaEditor, **more: Any
    ) -> str:
        """Return what takes it away."""
        quote = schema_editor.quote_name
        if schema_editor.connection.vendor != "sqlite":
            return f"DROP INDEX IF EXISTS {quote(self.name)}"
        for change in ("deleted", "updated", "inserted"):
            schema_editor.execute(f"DROP TRIGGER IF EXISTS {quote(f'{self.name}_{change}')}")
        schema_editor.execute(f"DROP TABLE IF EXISTS {quote(f'{self.name}_groups')}")
        return f"DROP TABLE IF EXISTS {quote(self.name)}"

    def is_made(self, connection: BaseDatabaseWrapper, model: type[models.Model]) -> bool:
        """Say whether it is there: on PostgreSQL it is not where pg_trgm can't be had."""
        with connection.cursor() as cursor:
            if connection.vendor == "sqlite":
                return self.name in connection.introspection.table_names(cursor)
            table = model._meta.db_table
            return self.name in connection.introspection.get_constraints(cursor, table)

    def _parts(
        self, model: type[models.Model], schema_editor: BaseDatabaseSchemaEditor
    ) -> dict[str, Any]:
        """Return the parts of the statements: names, and what they are made of."""
        quote = schema_editor.quote_name
        field = partial(_column, model, quote)
        key, words, within = (field(name) for name in ("pk", self.fields[0], self.within))
        used = list(dict.fromkeys([key, words, within, *map(field, self.wanted)]))
        parts: dict[str, Any] = {
            "index": quote(self.name),
            "table": Table(model._meta.db_table, quote),
            "key": key,
            "words": words,
            "condition": self._get_condition_sql(model, schema_editor),  # type: ignore[attr-defined]
            # Past the end stands room, so that the last letters, too, begin a group of three.
            "indexed": f"'<' || {within} || '> ' || {words} || '  '",
            "of_new": ", ".join(f"new.{each} AS {each}" for each in used),
            "of_old": ", ".join(f"old.{each} AS {each}" for each in used),
            "changed": " OR ".join(f"old.{each} IS NOT new.{each}" for each in used),
            **{
                f"index_{change}": quote(f"{self.name}_{change}")
                for change in ("deleted", "updated", "inserted", "groups")
            },
        }
        parts["put_in"] = _PUT_IN % parts
        parts["take_out"] = _TAKE_OUT % parts
        return parts

    def holds(self, rows: models.QuerySet[Any]) -> bool:
        """Say whether the index holds all of these rows: whether they ask for its condition."""
        return all(_asks_for(rows, name, value) for name, value in self.wanted.items())

    def question_for(self, wanted: Sequence[Sequence[str]], rows: models.QuerySet[Any]) -> str:
        """Return what to ask SQLite's index for the rows that may have all that is wanted.

        Of each of ``wanted``, which are folded, one at least. Some of what it gives has only the
        groups of a term, not the term. Empty when asking it is no better than reading rows.
        """
        asked = [part for terms in wanted for part in _one_of(terms)]
        if not asked:
            # Only words of one letter or two: the groups that the longest begins.
            single = [terms[0] for terms in wanted if len(terms) == 1]
            begun = self._begun_by(max(single, key=len), rows.db) if single else []
            if not single or len(begun) > _MOST_BEGUN:
                return ""
            asked = [f"({' OR '.join(map(_quoted, begun)) or _NOWHERE})"]
        project = next(_asked_of(rows, self.within), None)
        if isinstance(project, int):
            asked = [*map(_quoted, _groups(f"<{project}>")), *asked]
        return " AND ".join(list(dict.fromkeys(asked))[:_MOST_GROUPS])

    def _begun_by(self, letters: str, database: str) -> list[str]:
        """Return the groups there are that begin with one letter or two, or some too many."""
        connection = connections[database]
        sql = _BEGUN_BY % {"index_groups": connection.ops.quote_name(f"{self.name}_groups")}
        end = letters + _PAST_ALL_LETTERS
        with connection.cursor() as cursor:
            cursor.execute(sql, [letters, end, end, _MOST_BEGUN + 1])
            return [group for (group,) in cursor.fetchall()]


def word_index_of(model: type[models.Model]) -> WordIndex | None:
    """Return the index of a table's words, where it has one."""
    return next((each for each in model._meta.indexes if isinstance(each, WordIndex)), None)


def _column(model: type[models.Model], quote: Any, name: str) -> str:
    """Return a field's column, quoted."""
    field = model._meta.pk if name == "pk" else model._meta.get_field(name)
    return str(quote(field.column))  # type: ignore[union-attr]


def _groups(term: str) -> list[str]:
    """Return groups of three letters that together hold all letters of a term.

    Not all its groups: each has a long list of rows to go through, and those between say little.
    """
    last = len(term) - _LETTERS
    starts = [*range(0, last, _LETTERS), last] if last >= 0 else []
    return [term[at : at + _LETTERS] for at in starts]


def _one_of(terms: Sequence[str]) -> list[str]:
    """Return what to ask for rows that have one of some terms; nothing where one is too short."""
    groups = [[_quoted(group) for group in _groups(term)] for term in terms]
    if len(groups) == 1:
        return groups[0]
    if not all(groups):
        return []
    few = (" AND ".join(dict.fromkeys(each[:_MOST_OF_EACH])) for each in groups)
    return [f"({' OR '.join(f'({each})' for each in few)})"]


def _quoted(group: str) -> str:
    """Return a group as SQLite's index is asked for it."""
    return '"' + group.replace('"', '""') + '"'


def _asked_of(rows: models.QuerySet[Any], name: str) -> Iterator[Any]:
    """Yield the values that a query asks a field of its own table, reached by no join, to have."""
    query = rows.query
    if query.where.connector != AND or query.where.negated:
        return
    field = rows.model._meta.get_field(name)
    for each in query.where.children:
        if (
            isinstance(each, Exact)
            and isinstance(each.lhs, Col)
            and (each.lhs.alias, each.lhs.target) == (query.base_table, field)
        ):
            yield each.rhs


def _asks_for(rows: models.QuerySet[Any], name: str, value: Any) -> bool:
    """Say whether a query asks a field of its own table to have this value."""
    return any(asked == value for asked in _asked_of(rows, name))
