"""Finding rows by the words in them: one door for every page that searches, indexed or not."""

import re
from bisect import bisect_left, bisect_right
from functools import cached_property
from typing import Any, Generic, TypeVar

from django.db import connections
from django.db.models import Model, QuerySet
from django.db.models.expressions import RawSQL

from coproduction.languages.folding import fold
from coproduction.languages.word_index import WordIndex, word_index_of

Row = TypeVar("Row", bound=Model)

# More than anyone types to search for: the rest is left out.
LONGEST_SEARCH = 200
_MOST_TERMS = 10
# A phrase stands between quotation marks; one that is not closed goes on to the end.
_TERM = re.compile(r'"([^"]*)"?|([^" ]+)')
# Counted exactly up to here; beyond, pages say "10,000 or more".
COUNTED = 10_000
# So few are read one by one, at a cost that nobody notices, however many rows the words would find.
SCANNED_AT_MOST = 5_000
# The keys of so few are fetched at once, and their order and number known.
_FEW = 1_000


def search_terms(typed: str) -> list[str]:
    """Return the words of what somebody typed to search for, and its "phrases" whole; all folded.

    A term is found wherever its letters stand, in the middle of a word too.
    """
    found = _TERM.findall(fold(typed[:LONGEST_SEARCH]))
    terms = (phrase.strip() or word for phrase, word in found)
    return list(dict.fromkeys(filter(None, terms)))[:_MOST_TERMS]


def has_words(text: str, typed: str) -> bool:
    """Say whether every word and phrase typed is somewhere in the text."""
    folded = fold(text)
    return all(term in folded for term in search_terms(typed))


def find_words(rows: QuerySet[Any], typed: str) -> QuerySet[Any]:
    """Keep the rows whose ``FoldedField``, named ``folded``, has every word and phrase typed."""
    for term in search_terms(typed):
        rows = rows.filter(folded__contains=term)
    return rows


class Found(Generic[Row]):
    """Of some rows, those that have what was typed, in the order of their keys.

    They are what ``find_words`` finds. PostgreSQL chooses by itself when to use the table's
    ``WordIndex``; on SQLite it is asked here, where the rows are many and all in it.
    """

    def __init__(self, rows: QuerySet[Row], typed: str = "") -> None:
        """Take rows that nothing has ordered or sliced yet."""
        self.among = rows.order_by()
        self.rows: QuerySet[Row] = find_words(self.among, typed).order_by("pk")
        self._terms = search_terms(typed)

    @cached_property
    def count(self) -> int:
        """How many there are, or 10,001 where there are more than 10,000."""
        if self._all_of_few is not None:
            return len(self._all_of_few)
        if not self._question:
            return self.rows.order_by().values("pk")[: COUNTED + 1].count()
        return int(self._by_index("COUNT(*)", "", [], COUNTED + 1)[0])

    def keys(self, how_many: int, *, newest_first: bool, beyond: int | None = None) -> list[int]:
        """Return the keys of at most so many, in order, from the first one ``beyond`` a key."""
        if self._all_of_few is not None:
            return _part_of(self._all_of_few, how_many, newest_first, beyond)
        if self._question:
            then = "" if beyond is None else f"AND rowid {'<' if newest_first else '>'} %s"
            order = f"ORDER BY rowid {'DESC' if newest_first else 'ASC'}"
            sent = [] if beyond is None else [beyond]
            return self._by_index("rowid", f"{then} {order}", sent, how_many)
        rows = self.rows.order_by("-pk" if newest_first else "pk")
        if beyond is not None:
            rows = rows.filter(**{"pk__lt" if newest_first else "pk__gt": beyond})
        return list(rows.values_list("pk", flat=True)[:how_many])

    @cached_property
    def _all_of_few(self) -> list[int] | None:
        """The keys of all, in order, where words are looked for and few rows have them.

        Asked for in no order: else PostgreSQL, when it guesses that many have them, goes through
        all rows from the newest on, to meet the first few soon.
        """
        if not self._terms:
            return None
        if self._question:
            keys = self._by_index("rowid", "", [], _FEW + 1)
        else:
            keys = list(self.rows.order_by().values_list("pk", flat=True)[: _FEW + 1])
        return sorted(keys) if len(keys) <= _FEW else None

    @cached_property
    def _index(self) -> WordIndex | None:
        """The index to ask, if this database has to be asked and it holds all of the rows."""
        index = word_index_of(self.among.model)
        asks = connections[self.among.db].vendor == "sqlite"
        return index if asks and index is not None and index.holds(self.among) else None

    @cached_property
    def _question(self) -> str:
        """What to ask the index; empty where reading the rows themselves is as good."""
        if self._index is None or not self._terms:
            return ""
        if self.among.values("pk")[: SCANNED_AT_MOST + 1].count() <= SCANNED_AT_MOST:
            return ""
        return self._index.question_for(self._terms, self.among)

    def _by_index(self, wanted: str, then: str, sent: list[Any], most: int) -> list[int]:
        """Read along the index, which is in the order of keys, until there are enough.

        SQLite does so whatever it believes of the tables' sizes: it looks at the row of each key
        that the index gives, whether it is one of those asked for.
        """
        assert self._index is not None
        connection = connections[self.among.db]
        index = connection.ops.quote_name(self._index.name)
        this = RawSQL(f"{index}.rowid", ())  # noqa: S611 - a name of our own
        row = self.rows.order_by().filter(pk=this).values("pk").query
        row_sql, row_sent = row.get_compiler(self.among.db).as_sql()
        # What was typed is sent apart; only names of our own are in the text.
        keys = (
            f"SELECT rowid FROM {index} WHERE {index} MATCH %s"  # noqa: S608
            f" AND EXISTS ({row_sql}) {then} LIMIT %s"
        )
        sql = keys if wanted == "rowid" else f"SELECT {wanted} FROM ({keys})"  # noqa: S608
        with connection.cursor() as cursor:
            cursor.execute(sql, [self._question, *row_sent, *sent, most])
            return [number for (number,) in cursor.fetchall()]


def _part_of(keys: list[int], how_many: int, newest_first: bool, beyond: int | None) -> list[int]:
    """Return some of the keys, which are in order, from the first one ``beyond`` a key."""
    if newest_first:
        end = len(keys) if beyond is None else bisect_left(keys, beyond)
        return keys[max(0, end - how_many) : end][::-1]
    start = 0 if beyond is None else bisect_right(keys, beyond)
    return keys[start : start + how_many]
