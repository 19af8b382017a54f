"""Searching comments by the page that lists them: what the search asks, and the whole page."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

from django.db import connection

from bench.measures.pages import forget
from bench.measures.people import PROJECT, client_of, sample_project
from bench.models import BareText
from bench.timing import once
from bench.vocabulary import by_use
from coproduction.languages.folding import fold

_URL = f"/{PROJECT}/engagements/comments/"
_PER_PAGE = 50
# Where words stand by how often they are used, of those in what is searched.
_COMMON, _MIDDLING, _RARE = (5, 20, 60), (300, 700, 1_500), (4_000, 7_000, 9_000)


def queries() -> list[str]:
    """Return twenty things to search for: common and rare words, two of them, parts, no hit."""
    some = list(BareText.objects.order_by("-pk").values_list("words", flat=True)[:20_000])
    words = [word for word in by_use(some) if len(word) > 2]
    places = [min(place, len(words) - 1) for place in (*_COMMON, *_MIDDLING, *_RARE)]
    single = [words[place] for place in places]
    common, middling, rare = single[:3], single[3:6], single[6:]
    two = [f"{one} {other}" for one, other in zip(common + middling, middling + rare, strict=True)]
    parts = [rare[0][1:], middling[0][:3]]
    return [*single, *two, *parts, "xylomancy", "xq", "no such words zzz"]


@contextmanager
def _heard(words: list[str]) -> Iterator[list[tuple[str, Any]]]:
    """Gather each query that is given one of the words, as ``(SQL, parameters)``."""
    found: list[tuple[str, Any]] = []

    def listen(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        given = " ".join(str(each) for each in params or ())
        if any(word in given for word in words):
            found.append((sql, params))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(listen):
        yield found


def _ask_all(queries: list[tuple[str, Any]]) -> None:
    """Ask queries to their last row: SQLite looks for a row only when it is fetched."""
    with connection.cursor() as cursor:
        for sql, params in queries:
            cursor.execute(sql, params)
            cursor.fetchall()


def turns(query: str, times: int) -> dict[str, list[float]]:
    """Search so often, turn about with LIKE (ILIKE) over words that no index knows.

    ``page`` is the whole page; ``ours`` those of its queries that were given the words, asked once
    more; ``bare`` the first fifty rows by a plain LIKE; milliseconds each.
    """
    words, client = fold(query).split(), client_of("analyst")
    taken: dict[str, list[float]] = {"ours": [], "bare": [], "page": []}
    like = "ILIKE" if connection.vendor == "postgresql" else "LIKE"
    table, conditions = BareText._meta.db_table, f" AND words {like} %s" * len(words)
    select = (
        f"SELECT id, words FROM {table} WHERE project = %s{conditions} "  # noqa: S608
        f"ORDER BY id DESC LIMIT {_PER_PAGE}"
    )
    bare = [(select, [sample_project().pk, *(f"%{word}%" for word in words)])]

    def page() -> None:
        response = client.get(_URL, {"q": query})
        if response.status_code != 200:
            raise RuntimeError(f"Searching answered {response.status_code}.")

    for turn in range(times + 1):
        forget()
        with _heard(words) as asked:
            whole = once(page)
        if not asked:
            raise RuntimeError(f"No query of the page had the words of {query!r}.")
        ours, plain = once(partial(_ask_all, asked)), once(partial(_ask_all, bare))
        if turn:  # the first warms both
            taken["page"].append(whole)
            taken["ours"].append(ours)
            taken["bare"].append(plain)
    return taken
