"""Announce what will be over, and take away what was announced and is due."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from coproduction.projects.models import Project
from overview.services.retention import apply_retention, would_apply


class Command(BaseCommand):
    """``apply_retention [--dry-run]``: one line for each project, with how many of what."""

    help = "Announce what will be over in two weeks; take away what was announced and is due."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the wish to be told only."""
        parser.add_argument("--dry-run", action="store_true", help="say what would be done")

    def handle(self, *args: Any, dry_run: bool, **options: Any) -> None:
        """Do it for each project, or say what would be done."""
        for project in Project.objects.filter(is_invented=False).order_by("slug"):
            done = would_apply(project) if dry_run else apply_retention(project=project)
            self.stdout.write(
                f"{project.slug}: {'would announce' if dry_run else 'announced'} "
                f"{_listed(done.announced)}; {'would take away' if dry_run else 'took away'} "
                f"{_listed(done.taken)}."
            )


def _listed(counts: dict[str, int]) -> str:
    """List how many of each kind, in plain counts."""
    return ", ".join(f"{count} {name}" for name, count in counts.items()) or "nothing"
