"""Migrations that made room for what can't be made again: no step back while there is any of it."""

from collections.abc import Callable
from typing import Any

from django.core.management.base import CommandError
from django.db.migrations import RunPython
from django.db.models import Q


def keep_what_came(app: str, model: str, *, what: str, which: Q | None = None) -> RunPython:
    """Return the last step of a migration, the first on the way back: it refuses to lose rows.

    Going forward it does nothing. Back, it raises CommandError while there are rows of ``model``,
    or of them those for which ``which`` is true; ``what`` says in the plural what they are. This
    migration has changed nothing then; those after it may have been undone: going on does them
    again.
    """

    def refuse(apps: Any, _editor: Any) -> None:
        rows = apps.get_model(app, model).objects.all()
        if count := (rows.filter(which) if which is not None else rows).count():
            raise CommandError(
                f"There is no step back: {count} {what} would be lost, for which the earlier "
                "version has no place. To go back, restore what was backed up before; to stay "
                "with this version, run migrate."
            )

    back: Callable[..., None] = refuse
    return RunPython(RunPython.noop, back)
