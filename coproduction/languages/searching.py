"""Finding rows by the words in them: one door for every page that searches, indexed or not."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property, reduce
from operator import or_
from typing import Any, Generic, TypeVar

from django.conf import settings
from django.db import connections
from django.db.models import Model, Q, QuerySet
from django.db.models.expressions import RawSQL
from django.utils.translation import override, pgettext

from coproduction.languages.folding import fold, plain_marks
from coproduction.languages.word_index import WordIndex, word_index_of

Row = TypeVar("Row", bound=Model)

# More than anyone types to search for: the rest is left out.
LONGEST_SEARCH = 200
_MOST_TERMS = 10
# A phrase stands between quotation marks; one that is not closed goes on to the end. What a hyphen
# stands before is left out.
_TERM = re.compile(r'(-?)"([^"]*)"?|([^" ]+)')
# Counted exactly up to here; beyond, pages say "10,000 or more".
COUNTED = 10_000
# So few are read one by one, at a cost that nobody notices, however many rows the words would find.
SCANNED_AT_MOST = 5_000
# The keys of so few are fetched at once, and their order and number known.
_FEW = 1_000


@dataclass(frozen=True)
class Asked:
    """What somebody asks for by what they typed, folded.

    Of each of ``wanted`` one at least has to be there, wherever its letters stand, in the middle of
    a word too; nothing of ``unwanted``.
    """

    wanted: tuple[tuple[str, ...], ...] = ()
    unwanted: tuple[str, ...] = ()

    def fits(self, text: str) -> bool:
        """Say whether a text is meant."""
        folded = fold(text)
        return all(any(term in folded for term in terms) for terms in self.wanted) and not any(
            term in folded for term in self.unwanted
        )


def asked_by(typed: str) -> Asked:
    """Read what somebody typed to search for: words and "phrases", one OR another, and -not this.

    OR stands in capitals between two of them, in any of our languages, and joins just these. Where
    it joins nothing, it is a word as any other.
    """
    terms = list(_terms_of(plain_marks(typed[:LONGEST_SEARCH])))[:_MOST_TERMS]
    wanted: list[list[str]] = []
    unwanted: list[str] = []
    joins = False
    for place, (term, is_unwanted, is_or) in enumerate(terms):
        if is_unwanted:
            unwanted.append(term)
        elif is_or and _may_join(terms, place) and not joins:
            joins = True
            continue
        elif joins:
            wanted[-1].append(term)
        else:
            wanted.append([term])
        joins = False
    kept = dict.fromkeys(tuple(dict.fromkeys(each)) for each in wanted)
    return Asked(tuple(kept), tuple(dict.fromkeys(unwanted)))


def _terms_of(typed: str) -> Iterator[tuple[str, bool, bool]]:
    """Yield each word and phrase, folded, whether it is to be left out, and whether it says OR."""
    for hyphen, phrase, word in _TERM.findall(typed):
        said = phrase or word
        is_unwanted = bool(hyphen and phrase.strip()) or (len(word) > 1 and word[0] == "-")
        term = fold(said.lstrip("-") if is_unwanted and word else said)
        if term:
            yield term.replace('"', ""), is_unwanted, not phrase and said in _words_for_or()


def _may_join(terms: list[tuple[str, bool, bool]], place: int) -> bool:
    """Say whether something that is wanted stands before and after a place."""
    beside = [*terms[place - 1 : place], *terms[place + 1 : place + 2]] if place else []
    return len(beside) == 2 and not any(is_unwanted for _term, is_unwanted, _is_or in beside)


@cache
def _words_for_or() -> frozenset[str]:
    """Return the word that joins two to choose from, in each of our languages."""
    found = set()
    for code, _name in settings.LANGUAGES:
        with override(code):
            found.add(pgettext("between words to search for", "OR"))
    return frozenset(found)


def has_words(text: str, typed: str) -> bool:
    """Say whether a text has what was typed to search for, as ``asked_by`` reads it."""
    return asked_by(typed).fits(text)


def find_words(rows: QuerySet[Any], typed: str) -> QuerySet[Any]:
    """Keep the rows whose ``FoldedField``, named ``folded``, has what was typed."""
    asked = asked_by(typed)
    for terms in asked.wanted:
        rows = rows.filter(reduce(or_, (Q(folded__contains=term) for term in terms)))
    for term in asked.unwanted:
        rows = rows.exclude(folded__contains=term)
    return rows


class Found(Generic[Row]):
    """Of some rows, those that have what was typed, in the order of their keys.

    They are what ``find_words`` finds. PostgreSQL chooses by itself when to use the table's
    ``WordIndex``; on SQLite it is asked here, where the rows are many and all in it.
    """

    def __init__(self, rows: QuerySet[Row], typed: str = "", *, few: bool = False) -> None:
        """Take rows that nothing has ordered or sliced yet.

        They are ``few`` where somebody knows that of any number of rows some thousands at most are
        asked for: those are found by what is asked, and not met on the way from the newest.
        """
        self._few = few
        self.among = rows.order_by()
        self.rows: QuerySet[Row] = find_words(self.among, typed).order_by("pk")
        self._wanted = asked_by(typed).wanted

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
        if self._few:
            return sorted(self.rows.order_by().values_list("pk", flat=True))
        if not self._wanted:
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
        if self._index is None or not self._wanted:
            return ""
        if self.among.values("pk")[: SCANNED_AT_MOST + 1].count() <= SCANNED_AT_MOST:
            return ""
        return self._index.question_for(self._wanted, self.among)

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
