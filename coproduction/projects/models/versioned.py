"""Rows that several people change: each knows its version, and is saved only if just read."""

from collections.abc import Iterable
from contextvars import ContextVar
from typing import Any, Self

from django.db import models
from django.db.models import F

# The changes under way in this thread, each from when it locked its project: usually one or none.
changes_under_way: ContextVar[tuple[Any, ...]] = ContextVar("changes under way", default=())


class ReadTooEarly(Exception):
    """A row was to be saved as it was before the lock: what others did since would be undone."""


class VersionedQuerySet(models.QuerySet[Any]):
    """Rows whose versions grow however they are changed."""

    def update(self, **values: Any) -> int:
        """Change many at once, each one version on; ``bulk_update`` comes through here too."""
        if issubclass(self.model, Versioned):
            values.setdefault("version", F("version") + 1)
        return super().update(**values)


class Versioned(models.Model):
    """A row that people change. ``version`` grows by one whenever it is saved again.

    Inside ``recorded`` it can be saved only if it was read inside it too: then nobody else can have
    changed it since.
    """

    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        abstract = True

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Note in which change it was made or read."""
        super().__init__(*args, **kwargs)
        self._read_in = changes_under_way.get()

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save it, one version on. Raises ReadTooEarly."""
        changes = changes_under_way.get()
        if self._state.adding:
            super().save(*args, **kwargs)
            self._read_in = changes
            return
        if changes and not self.is_fresh:
            raise ReadTooEarly(self._meta.label)
        self.version += 1
        if (fields := kwargs.get("update_fields")) is not None:
            kwargs["update_fields"] = [*fields, "version"]
        super().save(*args, **kwargs)

    def refresh_from_db(
        self,
        using: str | None = None,
        fields: Iterable[str] | None = None,
        from_queryset: models.QuerySet[Self] | None = None,
    ) -> None:
        """Read it again; a few fields read again do not make the rest fresh."""
        super().refresh_from_db(using, fields, from_queryset)
        if fields is None:
            self._read_in = changes_under_way.get()

    @property
    def is_fresh(self) -> bool:
        """Whether it was read since its own project was locked: nobody can have changed it."""
        own = getattr(self, "project_id", None)
        return any(
            change is read and own in {None, change.project.pk}
            for change in changes_under_way.get()
            for read in self._read_in
        )
