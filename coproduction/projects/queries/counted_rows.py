"""Long lists whose length is known, of which a page is read by its keys."""

from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from typing import Any, Generic, TypeVar

from django.db.models import Model, QuerySet

Row = TypeVar("Row", bound=Model)


class CountedRows(Sequence[Any]):
    """The rows of some keys, in their order, for a ``Paginator``.

    The keys of a page are read from where they are listed, and then those rows: a page costs the
    same however many there are, and nobody counts them for it.
    """

    def __init__(self, keys: QuerySet[Any, Any], rows: QuerySet[Any], *, total: int) -> None:
        """Take the keys in order, the rows to read by them, and how many there are."""
        self.keys, self.rows, self.total = keys, rows, total

    def __len__(self) -> int:
        """Return how many there are, as it was counted."""
        return self.total

    def __iter__(self) -> Iterator[Any]:
        """Read them all."""
        return iter(self[:])

    def __getitem__(self, place: Any) -> Any:
        """Read the rows of a slice."""
        keys = list(self.keys[place])
        rows = self.rows.in_bulk(keys)
        return [rows[key] for key in keys if key in rows]


class CountedKeys(Generic[Row]):
    """The rows of some keys, in the keys' order, for a ``KeyedPage``.

    ``keys`` gives them from where they are listed, under the name ``key``; ``counted`` is asked how
    many there are only where a page tells it, and counts no rows either.
    """

    def __init__(
        self, listed: QuerySet[Any], key: str, among: QuerySet[Row], counted: Callable[[], int]
    ) -> None:
        """Take where the keys are listed, and the rows to read by them."""
        self._listed, self._key, self._counted, self.among = listed, key, counted, among.order_by()

    @property
    def rows(self) -> QuerySet[Row]:
        """Every row there is, to read at once and in order."""
        return self.among.filter(pk__in=self._listed.order_by().values(self._key)).order_by("pk")

    @cached_property
    def count(self) -> int:
        """How many there are, as it was counted."""
        return self._counted()

    def keys(self, how_many: int, *, newest_first: bool, beyond: int | None = None) -> list[int]:
        """Return the keys of at most so many, in order, from the first one ``beyond`` a key."""
        listed = self._listed.order_by(f"{'-' if newest_first else ''}{self._key}")
        if beyond is not None:
            listed = listed.filter(**{f"{self._key}__{'lt' if newest_first else 'gt'}": beyond})
        return list(listed.values_list(self._key, flat=True)[:how_many])
