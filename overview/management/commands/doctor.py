"""Say what is wrong with this installation, and what to do: a line for each check."""

from typing import Any

from django.core.management.base import BaseCommand

from overview.queries.installation.check import Standing
from overview.queries.installation.every import checks


class Command(BaseCommand):
    """``doctor``; ends with status 1 where something is wrong."""

    help = "Say what is wrong with this installation, and what to do."
    # What is wrong is told here, and not before.
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        """Look at everything, and tell what is wrong first. Raises SystemExit with 1 for that."""
        found = checks()
        for each in found:
            sentences = " ".join(filter(None, [each.fact, each.do]))
            self.stdout.write(f"{each.standing}: {each.name}: {sentences}")
        if any(each.standing is Standing.WRONG for each in found):
            raise SystemExit(1)
