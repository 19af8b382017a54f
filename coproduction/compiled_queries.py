"""Queries asked so often that their SQL is written once, and asked again with other values."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.db import connection, models
from django.db.models.query import get_related_populators  # type: ignore[attr-defined]

Row = TypeVar("Row", bound=models.Model)

# Stand for values while the SQL is written; nothing real is called so.
_NUMBER, _WORD = 7_700_000_000_000_000, "a word that stands for a value: "


@dataclass(frozen=True)
class _Compiled:
    """A query as a database takes it, and how objects are made of what it answers."""

    sql: str
    parameters: Sequence[Any]
    # By the place of a column: what makes its value of the database's.
    converters: Sequence[tuple[int, Sequence[Callable[..., Any]], Any]]
    model: Any
    names: Sequence[str]
    first: int
    end: int
    related: Sequence[Any]
    annotations: Sequence[tuple[str, int]]


class CompiledQuery(Generic[Row]):
    """A query of which only the values change: writing its SQL takes longer than asking it.

    ``build`` makes the query from stand-ins for the values, which it may only compare with: they
    are numbers and words that mean nothing. Values keep their types from one time to the next. It
    is compiled when it is first asked, for each kind of database.
    """

    def __init__(self, build: Callable[..., models.QuerySet[Row]]) -> None:
        """Take what makes the query."""
        self._build = build
        self._compiled: dict[str, _Compiled] = {}

    def ask(self, *values: int | str) -> list[Row]:
        """Return the objects that it finds for these values."""
        if (found := self._compiled.get(connection.vendor)) is None:
            found = self._compiled[connection.vendor] = _compile(
                self._build(*(_stand_in(place, value) for place, value in enumerate(values)))
            )
        stand_ins = {_stand_in(place, value): value for place, value in enumerate(values)}
        parameters = [stand_ins.get(each, each) for each in found.parameters]
        with connection.cursor() as cursor:
            cursor.execute(found.sql, parameters)
            rows = cursor.fetchall()
        return [_object(found, list(row)) for row in rows]


def _stand_in(place: int, value: int | str) -> int | str:
    """Return what stands for a value at its place."""
    return f"{_WORD}{place}" if isinstance(value, str) else _NUMBER + place


def _compile(query: models.QuerySet[Any]) -> _Compiled:
    """Have Django write a query's SQL, as it would each time."""
    compiler = query.query.get_compiler(connection=connection)
    sql, parameters = compiler.as_sql()
    info, select = compiler.klass_info, compiler.select
    places = info["select_fields"]
    first, end = places[0], places[-1] + 1
    converters = compiler.get_converters([each[0] for each in select])
    return _Compiled(
        sql=sql,
        parameters=parameters,
        converters=[(place, how, column) for place, (how, column) in converters.items()],
        model=info["model"],
        names=[each[0].target.attname for each in select[first:end]],
        first=first,
        end=end,
        related=get_related_populators(info, select, connection.alias),
        annotations=list(compiler.annotation_col_map.items()),
    )


def _object(found: _Compiled, row: list[Any]) -> Any:
    """Make an object, with those related to it, of a row."""
    for place, converters, column in found.converters:
        value = row[place]
        for convert in converters:
            value = convert(value, column, connection)
        row[place] = value
    made = found.model.from_db(connection.alias, found.names, row[found.first : found.end])
    for populator in found.related:
        populator.populate(row, made)
    for name, place in found.annotations:
        setattr(made, name, row[place])
    return made
