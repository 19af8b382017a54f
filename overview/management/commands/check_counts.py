"""manage.py check_counts: count again from the rows what triggers keep, and name what differs."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from coproduction.triggers import first_difference
from engagements.counters import COUNTERS as OF_LISTENING
from themes.counters import COUNTERS as OF_THEMING


class Command(BaseCommand):
    """Compare every table of counts with the rows that it counts."""

    help = "Count again from the rows what the database keeps counted; name the first difference."

    def handle(self, *args: Any, **options: Any) -> None:
        """Fail at the first row that is not what the rows come to."""
        every = (*OF_LISTENING, *OF_THEMING)
        for kept in every:
            if (found := first_difference(connection, kept)) is not None:
                raise CommandError(str(found))
        self.stdout.write(f"Counted {len(every)} tables again: no difference.")
