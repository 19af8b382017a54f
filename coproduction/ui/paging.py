"""Paging by key: any page of a list costs the same, the last of a million rows too."""

import re
from collections.abc import Iterator, Sequence
from typing import Generic, Protocol, TypeVar

from django.db.models import Model, QuerySet

from coproduction.languages.searching import COUNTED

Row = TypeVar("Row", bound=Model)

_PLACE = re.compile(r"(after|before)-([0-9]{1,18})", re.ASCII)


class KeyedRows(Protocol[Row]):
    """Rows that can be paged by key: what was found by its words, or what is listed somewhere.

    ``among`` are rows to read by their keys, of which ``keys`` gives at most so many in order, from
    the first one ``beyond`` a key; ``count`` says how many there are.
    """

    among: QuerySet[Row]

    @property
    def count(self) -> int:
        """How many there are; from 10,001 on it may say 10,001."""

    def keys(self, how_many: int, *, newest_first: bool, beyond: int | None = None) -> list[int]:
        """Return keys of some, in order."""


class KeyedPage(Generic[Row]):
    """A page of what was found, in the order of keys.

    ``place`` is what the address says: "after-12" or "before-12", by the key of the row at the end
    of another page, or "last". Anything else is the first page. A row that is gone meanwhile is
    still a place.
    """

    def __init__(
        self,
        found: KeyedRows[Row],
        place: str | None,
        *,
        size: int,
        newest_first: bool = False,
        together: Sequence[str] = (),
    ) -> None:
        """Fetch the rows of the page, ``together`` with what their keys lead to."""
        self._found, self._size, self._newest_first = found, size, newest_first
        named = _PLACE.fullmatch(place or "")
        key = int(named[2]) if named else None
        if place == "last" or (named and named[1] == "before"):
            keys, self.has_next = self._keys_before(key), place != "last"
            self.has_previous = len(keys) > size
            keys = keys[:size][::-1]
        else:
            keys, self.has_previous = self._keys_after(key), key is not None
            self.has_next = len(keys) > size
        # Past either end, or less than a page from the beginning: the first page.
        if place and (not keys or (named and named[1] == "before" and not self.has_previous)):
            keys, self.has_previous = self._keys_after(None), False
            self.has_next = len(keys) > size
        self._keys = keys[:size]
        rows = found.among.select_related(*together).in_bulk(self._keys)
        # One may have gone meanwhile.
        self.object_list = [rows[key] for key in self._keys if key in rows]

    def __iter__(self) -> Iterator[Row]:
        """Give the rows of the page."""
        return iter(self.object_list)

    def __len__(self) -> int:
        """Say how many rows the page has."""
        return len(self.object_list)

    def _keys_after(self, key: int | None) -> list[int]:
        """Return the keys of a page after one, in the order of the list, and one more."""
        return self._found.keys(self._size + 1, newest_first=self._newest_first, beyond=key)

    def _keys_before(self, key: int | None) -> list[int]:
        """Return the keys of a page before one, in the order away from it, and one more."""
        return self._found.keys(self._size + 1, newest_first=not self._newest_first, beyond=key)

    @property
    def has_other_pages(self) -> bool:
        """Whether the list has another page than this."""
        return self.has_previous or self.has_next

    @property
    def previous_place(self) -> str:
        """Where the page before this begins."""
        return f"before-{self._keys[0]}"

    @property
    def next_place(self) -> str:
        """Where the page after this begins."""
        return f"after-{self._keys[-1]}"

    @property
    def _counted(self) -> int:
        """How many rows the list has, counted to one more than pages tell."""
        return self._found.count if self.has_other_pages else len(self._keys)

    @property
    def count(self) -> int:
        """How many rows the list has, or 10,000 where it has more."""
        return min(self._counted, COUNTED)

    @property
    def has_more_than_counted(self) -> bool:
        """Whether the list has more rows than ``count`` says."""
        return self._counted > COUNTED
