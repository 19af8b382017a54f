"""Check a project's audit chain from end to end."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from coproduction.projects.audit import verify
from coproduction.projects.models import Project


class Command(BaseCommand):
    """``verify_audit SLUG``: says how many entries are sound, or where the first fault is."""

    help = "Check that a project's audit trail has no gap and was not changed."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the project's address."""
        parser.add_argument("slug")

    def handle(self, *args: Any, **options: Any) -> None:
        """Recompute the chain."""
        project = Project.objects.filter(slug=options["slug"]).first()
        if project is None:
            raise CommandError(f"There is no project called {options['slug']}.")
        verdict = verify(project)
        if verdict.fault:
            raise CommandError(f"{project.slug}: {verdict.fault}.")
        self.stdout.write(f"{project.slug}: {verdict.entries} entries, unbroken.")
