"""One run on one database: the stores it measures on, and what it found of each page."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bench.stores import HUGE, LARGE, SMALL, SQLITE, Store, copied


@dataclass
class Run:
    """``keep`` has the stores that are made once, ``scratch`` their copies."""

    keep: Path
    scratch: Path
    server: str = ""
    is_scaled: bool = False
    # How often each thing is done: 1 is what limits are set for, less is a quick look.
    effort: float = 1
    # Of the pages, those whose name has this in it.
    only: str = ""
    # What was found of each page: ``{"page", "on", "size", "ms", "least_ms", "queries", …}``.
    pages: list[dict[str, Any]] = field(default_factory=list)
    _ready: set[int] = field(default_factory=set)

    @property
    def kind(self) -> str:
        """The name of the database."""
        return Store(self.keep, 0, self.server).kind

    @property
    def sizes(self) -> tuple[int, ...]:
        """How many comments the stores have, the smallest first."""
        return (SMALL, LARGE, HUGE) if self.is_scaled else (SMALL, LARGE)

    def times(self, count: int) -> int:
        """Return how often to do what is done ``count`` times in a whole run; three at least."""
        return max(3, round(count * self.effort))

    def store(self, size: int) -> Store:
        """Return a kept store."""
        folder = "sqlite" if self.kind == SQLITE else "beside-postgres"
        return Store(self.keep / folder / str(size), size, self.server)

    @contextmanager
    def copy(self, size: int) -> Iterator[Store]:
        """Give a copy of a store, to be thrown away; the store is made when first asked for."""
        store = self.store(size)
        if size not in self._ready:
            store.make()
            self._ready.add(size)
        with copied(store, self.scratch) as copy:
            yield copy
