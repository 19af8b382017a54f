"""Tables that count, kept by triggers of the database: one description makes those of each kind.

Whatever writes a row, one at a time or a hundred thousand in a statement, what is counted of it
changes in the same transaction, and no writer can forget it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations import RunPython

# What a trigger hears of, and whether it is told the row as it was, as it is, or both.
_EVENTS = {"INSERT": ("new",), "UPDATE": ("old", "new"), "DELETE": ("old",)}

# Being one of the rows of a statement, by a column. An array, since "IN" is planned once for as
# many rows as the table then had, and may go through all that changed for each row of the table.
_AMONG = "= ANY (ARRAY(SELECT {column} FROM {rows} AS changed))"
# To match so many old rows with the new ones, one by one, takes less than to plan anew.
_FEW = 30


@dataclass(frozen=True)
class Source:
    """A table that is counted, or that says something of what is.

    ``columns`` are all of its own that a description names: a change of any other counts for
    nothing. ``identity`` are those that tell its rows apart and never change. ``on`` says how it
    joins the sources before it.
    """

    table: str
    columns: tuple[str, ...]
    on: str = "TRUE"
    identity: tuple[str, ...] = ("id",)


@dataclass(frozen=True)
class Feed:
    """What is added up: sources by the names that the expressions call them.

    Each source stands once, so that what a change of one of them adds and takes away can be asked
    of the rows that changed alone. Expressions are SQL that both databases read.
    """

    sources: Mapping[str, Source]
    keys: Mapping[str, str]
    sums: Mapping[str, str]
    where: str = "TRUE"

    def leads_to(self, name: str) -> str:
        """Return the condition that a row of a source, {new}, meets any of the sources before it.

        Empty for the first. A new row mostly meets none: a sitting is there before its comments.
        """
        places = list(self.sources)
        before = {each: self.sources[each] for each in places[: places.index(name) + 1]}
        if len(before) == 1:
            return ""
        joined = self._joined(before, {name: "{new}"})
        return f"EXISTS (SELECT 1 FROM {joined})"  # noqa: S608

    def totals(self, instead: Mapping[str, str] | None = None) -> str:
        """Return the query of the sums for each key; rows ``instead`` stand for a source's."""
        joined = self._joined(self.sources, instead or {})
        columns = [f"{said} AS {name}" for name, said in self.keys.items()]
        columns += [f"SUM({said}) AS {name}" for name, said in self.sums.items()]
        some = " OR ".join(f"SUM({said}) <> 0" for said in self.sums.values())
        return (
            f"SELECT {', '.join(columns)} FROM {joined} WHERE {self.where} "  # noqa: S608
            f"GROUP BY {', '.join(self.keys.values())} HAVING {some}"
        )

    def _joined(self, sources: Mapping[str, Source], instead: Mapping[str, str]) -> str:
        """Write some of the sources as a query joins them."""
        return " JOIN ".join(
            f"{instead.get(name, source.table)} AS {name}" + (f" ON {source.on}" if place else "")
            for place, (name, source) in enumerate(sources.items())
        )


@dataclass(frozen=True)
class Counter:
    """A table of sums by key: what its feeds add up to. A row whose sums are all zero goes."""

    table: str
    feeds: tuple[Feed, ...]

    @property
    def keys(self) -> tuple[str, ...]:
        """The columns that a row is found by."""
        return tuple(self.feeds[0].keys)

    @property
    def sums(self) -> tuple[str, ...]:
        """The columns that are added up."""
        return tuple(self.feeds[0].sums)

    def rows(self) -> str:
        """Return the query of the rows that there should be."""
        return " UNION ALL ".join(feed.totals() for feed in self.feeds)

    def triggers(self) -> "Iterator[Trigger]":
        """Yield what keeps the table so."""
        for place, feed in enumerate(self.feeds):
            for name, source in feed.sources.items():
                for event, told in _EVENTS.items():
                    does = [
                        statement
                        for row in told
                        for statement in (
                            self._add(feed.totals({name: f"{{{row}}}"}))
                            if row == "new"
                            else self._take(feed.totals({name: f"{{{row}}}"}))
                        )
                    ]
                    title = f"{self.table}_{place}_{name}_{event}".lower()
                    only = feed.leads_to(name) if event == "INSERT" else ""
                    yield Trigger(title, source, event, tuple(does), only=only)
        is_empty = " AND ".join(f"NEW.{column} = 0" for column in self.sums)
        itself = " AND ".join(f"{column} = NEW.{column}" for column in self.keys)
        gone = f"DELETE FROM {self.table} WHERE {itself}"  # noqa: S608
        own = Source(self.table, self.sums, identity=self.keys)
        yield Trigger(f"{self.table}_emptied", own, "UPDATE", (gone,), is_empty)

    def _add(self, totals: str) -> Iterator[str]:
        columns = ", ".join([*self.keys, *self.sums])
        added = ", ".join(f"{name} = {self.table}.{name} + excluded.{name}" for name in self.sums)
        yield (
            f"INSERT INTO {self.table} ({columns}) {totals} "
            f"ON CONFLICT ({', '.join(self.keys)}) DO UPDATE SET {added}"
        )

    def _take(self, totals: str) -> Iterator[str]:
        # What is not there is not taken from: nothing is ever less than none.
        left = ", ".join(f"{name} = {self.table}.{name} - gone.{name}" for name in self.sums)
        same = " AND ".join(f"{self.table}.{name} = gone.{name}" for name in self.keys)
        yield f"UPDATE {self.table} SET {left} FROM ({totals}) AS gone WHERE {same}"  # noqa: S608


@dataclass(frozen=True)
class Listing:
    """A table that holds those rows of another for which something is so, each by its key.

    ``columns`` are the listing's, with what is put there; the first is the key. ``watched`` are the
    tables that decide, each with its column that leads to the key.
    """

    table: str
    of: str
    columns: Mapping[str, str]
    where: str
    watched: tuple[tuple[str, Source], ...]

    @property
    def keys(self) -> tuple[str, ...]:
        """The columns that a row is found by: here all of them, since a listing holds no sums."""
        return tuple(self.columns)

    @property
    def sums(self) -> tuple[str, ...]:
        """None: a row is there or it is not."""
        return ()

    def rows(self, among: str = "TRUE") -> str:
        """Return the query of the rows that there should be."""
        columns = ", ".join(f"{said} AS {name}" for name, said in self.columns.items())
        return f"SELECT {columns} FROM {self.of} WHERE {self.where} AND {among}"  # noqa: S608

    def triggers(self) -> "Iterator[Trigger]":
        """Yield what keeps the table so: the rows that may have changed are listed anew."""
        key, said = next(iter(self.columns.items()))
        for column, source in self.watched:
            for event, told in _EVENTS.items():
                does: list[str] = []
                for row in told:
                    changed = f"{{{row}_{column}}}"
                    does += [
                        f"DELETE FROM {self.table} WHERE {key} {changed}",  # noqa: S608
                        f"INSERT INTO {self.table} ({', '.join(self.columns)}) "
                        + self.rows(f"{said} {changed}"),
                    ]
                name = f"{self.table}_{source.table}_{event}".lower()
                yield Trigger(name, source, event, tuple(does))


Kept = Counter | Listing


@dataclass(frozen=True)
class Trigger:
    """What a database does after rows of a table were changed: once for all, or for each.

    In its statements {old} and {new} stand for the rows that changed, as they were and as they are,
    and {old_id} for being one of their ids; so with each column. Where it is done only ``when``
    something is so of a row, it is done for each such row. Where nothing can come of a row unless
    ``only`` is so, SQLite, which does each row by itself, asks that first. Where the statements
    here change, a migration puts them in place of the old: ``make_anew``.
    """

    name: str
    of: Source
    event: str
    does: tuple[str, ...]
    when: str = ""
    only: str = ""

    @property
    def can_happen(self) -> bool:
        """Whether its table's rows ever change so: what tells them apart stays as it is."""
        return self.event != "UPDATE" or not set(self.of.columns) <= set(self.of.identity)

    def on(self, vendor: str) -> list[str]:
        """Return the statements that make it on a database. Raises KeyError for another kind."""
        return {"sqlite": self._on_sqlite, "postgresql": self._on_postgresql}[vendor]()

    def off(self, vendor: str) -> list[str]:
        """Return the statements that take it off again."""
        if vendor == "sqlite":
            return [f"DROP TRIGGER {self.name}"]
        return [f"DROP TRIGGER {self.name} ON {self.of.table}", f"DROP FUNCTION {self.name}()"]

    def _on_sqlite(self) -> list[str]:
        """Make it for one row at a time: SQLite knows no other."""
        rows = {
            row: f"(SELECT {', '.join(f'{row.upper()}.{c} AS {c}' for c in self.of.columns)})"
            for row in ("old", "new")
        }
        when, of = self.when or self.only.format(**rows), ""
        if self.event == "UPDATE":
            of = f" OF {', '.join(self.of.columns)}"
            when = when or " OR ".join(f"OLD.{c} IS NOT NEW.{c}" for c in self.of.columns)
        return [
            f"CREATE TRIGGER {self.name} AFTER {self.event}{of} ON {self.of.table} FOR EACH ROW "
            f"{f'WHEN {when} ' if when else ''}BEGIN {self._body(rows, '= {row}.{column}')} END"
        ]

    def _on_postgresql(self) -> list[str]:
        """Make it for all rows of a statement at once: adding one by one would take far longer.

        A plan is kept as it was made first, be that for one row or for a hundred thousand; so each
        has to go from the rows that changed along indexes. How rows were and how they are has no
        index to be matched by: where an update changed many, its statements are planned anew.
        """
        body = self._body_for_all
        rows = {row: f"{row}_rows" for row in ("old", "new")}
        if self.event == "UPDATE":
            # "old" and "new" are names of its own in a function.
            names = {"old": "before", "new": "after"}
            was, now = (
                ", ".join(f"{name}.{c}" for c in self.of.columns) for name in names.values()
            )
            changed = (
                f"FROM old_rows AS before JOIN new_rows AS after "
                f"USING ({', '.join(self.of.identity)}) WHERE ({was}) IS DISTINCT FROM ({now})"
            )
            rows = {row: f"(SELECT {name}.* {changed})" for row, name in names.items()}
            if not self.when:
                body = self._body_for_few_or_many
        told = " ".join(f"{row} TABLE AS {row}_rows" for row in _EVENTS[self.event])
        scope = f"REFERENCING {told} FOR EACH STATEMENT"
        if self.when:
            scope = f"FOR EACH ROW WHEN ({self.when})"
        return [
            f"CREATE FUNCTION {self.name}() RETURNS trigger LANGUAGE plpgsql "
            "SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off "
            f"AS $does$ BEGIN {body(rows)} RETURN NULL; END $does$",
            f"CREATE TRIGGER {self.name} AFTER {self.event} ON {self.of.table} {scope} "
            f"EXECUTE FUNCTION {self.name}()",
        ]

    def _body_for_all(self, rows: Mapping[str, str]) -> str:
        return self._body(rows, _AMONG)

    def _body_for_few_or_many(self, rows: Mapping[str, str]) -> str:
        few = self._body_for_all(rows)
        many = " ".join(f"EXECUTE $many$ {each} $many$;" for each in self._said(rows, _AMONG))
        return (
            f"IF (SELECT COUNT(*) FROM new_rows) <= {_FEW} THEN {few} "  # noqa: S608 - ours, all
            f"ELSE PERFORM set_config('enable_hashjoin', 'on', TRUE); {many} END IF;"
        )

    def _body(self, rows: Mapping[str, str], among: str) -> str:
        return " ".join(f"{each};" for each in self._said(rows, among))

    def _said(self, rows: Mapping[str, str], among: str) -> list[str]:
        columns = {
            f"{row}_{column}": among.format(row=row.upper(), rows=rows[row], column=column)
            for row in rows
            for column in self.of.columns
        }
        return [each.format(**rows, **columns) for each in self.does]


def triggers_of(kept: Kept) -> list[Trigger]:
    """Return all that keeps a table."""
    return [each for each in kept.triggers() if each.can_happen]


def keep(*kept: Kept) -> RunPython:
    """Return a migration's operation: count what is there, and from then on by triggers.

    Those that others count come first. Taken back, the triggers go.
    """

    def begin(_apps: Any, editor: BaseDatabaseSchemaEditor) -> None:
        for each in kept:
            fill(editor.connection, each)
        for each in kept:
            for trigger in triggers_of(each):
                for statement in trigger.on(editor.connection.vendor):
                    editor.execute(statement, params=None)

    def end(_apps: Any, editor: BaseDatabaseSchemaEditor) -> None:
        for each in reversed(kept):
            for trigger in triggers_of(each):
                for statement in trigger.off(editor.connection.vendor):
                    editor.execute(statement, params=None)

    return RunPython(begin, end)


def make_anew(*kept: Kept) -> RunPython:
    """Return a migration's operation: have the triggers as they are made now, counting the same.

    Taken back, they stay: those made before did nothing else, only slower.
    """

    def begin(_apps: Any, editor: BaseDatabaseSchemaEditor) -> None:
        for trigger in (each for one in kept for each in triggers_of(one)):
            vendor = editor.connection.vendor
            for statement in (*trigger.off(vendor), *trigger.on(vendor)):
                editor.execute(statement, params=None)

    return RunPython(begin, RunPython.noop)


def fill(connection: BaseDatabaseWrapper, kept: Kept) -> None:
    """Put all rows into an empty table that there should be."""
    columns = ", ".join([*kept.keys, *kept.sums])
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {kept.table} ({columns}) {kept.rows()}")


@dataclass(frozen=True)
class Difference:
    """A row that is not what the rows that it counts come to."""

    table: str
    key: Mapping[str, Any]
    kept: Mapping[str, int]
    counted: Mapping[str, int]

    def __str__(self) -> str:
        """Say what is kept, and what was counted."""
        where = ", ".join(f"{name} {value}" for name, value in self.key.items())
        what = ", ".join(
            f"{name} {self.kept[name]}, counted {self.counted[name]}" for name in self.kept
        )
        return f"{self.table} ({where}): {what}"


def first_difference(connection: BaseDatabaseWrapper, kept: Kept) -> Difference | None:
    """Count again what a table keeps; return the first row that differs, by its key. One query."""
    names = kept.sums or ("listed",)
    said = kept.sums or ("1",)
    keys = ", ".join(kept.keys)
    kept_sums = ", ".join(
        f"{each} AS kept_{name}, 0 AS counted_{name}"
        for name, each in zip(names, said, strict=True)
    )
    counted_sums = ", ".join(f"0, {each}" for each in said)
    both = (
        f"SELECT {keys}, {kept_sums} FROM {kept.table} "  # noqa: S608
        f"UNION ALL SELECT {keys}, {counted_sums} FROM ({kept.rows()}) AS counted"
    )
    totals = [f"SUM({side}_{name})" for side in ("kept", "counted") for name in names]
    differ = " OR ".join(f"SUM(kept_{name}) <> SUM(counted_{name})" for name in names)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {keys}, {', '.join(totals)} FROM ({both}) AS both_of_them "  # noqa: S608
            f"GROUP BY {keys} HAVING {differ} ORDER BY {keys} LIMIT 1"
        )
        row = cursor.fetchone()
    if row is None:
        return None
    place = len(kept.keys)
    numbers = [int(number) for number in row[place:]]
    return Difference(
        kept.table,
        dict(zip(kept.keys, row[:place], strict=True)),
        dict(zip(names, numbers[: len(names)], strict=True)),
        dict(zip(names, numbers[len(names) :], strict=True)),
    )
