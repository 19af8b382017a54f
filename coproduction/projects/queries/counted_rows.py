"""Long lists whose length is known, of which a page is read by its keys."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.db.models import QuerySet


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
