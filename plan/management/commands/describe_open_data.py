"""Writes what is in the plan's open data into its documentation, from the records themselves."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from plan.open_data.documentation import describe_in


class Command(BaseCommand):
    """``describe_open_data``: writes the records' own words into docs/open-data.md."""

    help = "Write what is in plan.json and actions.csv into docs/open-data.md."

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the page again; what stands outside its two lines stays."""
        page = Path(settings.BASE_DIR, "docs", "open-data.md")
        page.write_text(describe_in(page.read_text()))
        self.stdout.write(f"wrote {page}")
