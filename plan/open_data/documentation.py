"""The open data described for those who use it, from the very records it is written from."""

from collections.abc import Iterator, Mapping
from datetime import date
from types import NoneType
from typing import Any, get_args, get_origin

from coproduction.languages.models import Translated
from engagements.disclosure.small_numbers import PublicCount
from plan.edition.format import Part, Record, parts_of
from plan.edition.snapshot import SHAPE
from plan.open_data.actions_csv import BY_QUESTION, NUMBERS, TEXTS
from plan.open_data.plan_json import OpenPlan

# Between these lines the page is written by ``manage.py describe_open_data``.
BEGIN, END = "<!-- written by describe_open_data -->", "<!-- end -->"
_NAMES = {
    str: "text",
    int: "number",
    bool: "true or false",
    date: "day",
    Translated: "words by language",
    PublicCount: "count",
}


def describe_in(page: str) -> str:
    """Return the page of the open data with what stands between its two lines written again.

    Raises ValueError where it lacks them.
    """
    before, begin, rest = page.partition(BEGIN)
    _old, end, after = rest.partition(END)
    if not begin or not end:
        raise ValueError("The page lacks the lines between which it is written.")
    return f"{before}{BEGIN}\n\n{_description()}\n{END}{after}"


def _description() -> str:
    """Describe the JSON and the spreadsheet."""
    lines = ["## plan.json", "", f"This is shape {SHAPE}.", ""]
    for record in dict.fromkeys(_records(OpenPlan)):
        lines += [f"### {_title(record)}", "", _summary(record), ""]
        lines += ["| key | what it is | what it holds |", "|---|---|---|"]
        for part in parts_of(record):
            if not part.is_private:
                lines.append(f"| `{part.name}` | {_kind_of(part)} | {part.says} |")
        lines.append("")
    lines += ["## actions.csv", "", "| column | what it holds |", "|---|---|"]
    lines += ["| `number` | the action's number |", "| `uuid` | its name for computers |"]
    lines += [f"| `{name}_…` | {says}; once a language |" for name, (says, _of) in TEXTS.items()]
    lines += [f"| `{name}` | {says} |" for name, (says, _of) in NUMBERS.items()]
    lines.append("| `{}_…` | {}; once a question that anybody answered |".format(*BY_QUESTION))
    return "\n".join(lines) + "\n"


def _records(record: type[Record]) -> Iterator[type[Record]]:
    """Yield a record, then those that its fields hold, and theirs."""
    yield record
    for part in parts_of(record):
        if not part.is_private:
            for inner in _records_in(part.kind):
                yield from _records(inner)


def _records_in(kind: Any) -> Iterator[type[Record]]:
    """Yield the records that a type holds, in lists and choices."""
    if isinstance(kind, type) and issubclass(kind, Record):
        yield kind
    for inner in get_args(kind):
        yield from _records_in(inner)


def _title(record: type[Record]) -> str:
    """Name a record as a reader does: without what tells it from a model of the same name."""
    name = record.__name__.removeprefix("Frozen").removeprefix("Open")
    return {"Plan": "The whole"}.get(name, name)


def _summary(record: type[Record]) -> str:
    """Return the first sentence of what a record is."""
    return (record.__doc__ or "").strip().splitlines()[0]


def _kind_of(part: Part) -> str:
    """Say in words what type a field is, as it is published."""
    return "number" if part.is_counted else _words(part.kind)


def _words(kind: Any) -> str:
    """Say in words what a type is."""
    origin, inside = get_origin(kind), get_args(kind)
    if NoneType in inside:
        return f"{_words(inside[0])}, or null"
    if origin is tuple:
        return f"list: {_words(inside[0])}"
    if origin is Mapping:
        return f"object: {_words(inside[1])} by name"
    return _NAMES.get(kind) or f"[{_title(kind)}](#{_title(kind).lower()})"
