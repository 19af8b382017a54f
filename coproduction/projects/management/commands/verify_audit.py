"""Check a trail: its chain, its signed heads, and all the rows and files that it attests."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from coproduction.projects.models import Project
from coproduction.projects.trail.verification import Verdict, verify


class Command(BaseCommand):
    """``verify_audit SLUG`` or ``verify_audit --installation``: says what is sound, or each fault.

    What is no fault and should be known, such as a key that is lost, goes to the standard error.
    """

    help = "Check that a project's trail is unbroken, and that what was decided is what it says."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the project's address, or none for the installation's own chain."""
        parser.add_argument("slug", nargs="?")
        parser.add_argument("--installation", action="store_true", help="who signed in, and tried")

    def handle(self, *args: Any, **options: Any) -> None:
        """Check it, or say that there is no such project."""
        if options["installation"]:
            return self._tell("installation", verify(None))
        project = Project.objects.filter(slug=options["slug"]).first()
        if project is None:
            raise CommandError(f"There is no project called {options['slug']}.")
        return self._tell(project.slug, verify(project))

    def _tell(self, name: str, verdict: Verdict) -> None:
        """Print what was found."""
        for notice in verdict.notices:
            self.stderr.write(f"{name}: note: {notice}.")
        if verdict.faults:
            raise CommandError("\n".join(f"{name}: {fault}." for fault in verdict.faults))
        self.stdout.write(
            f"{name}: {verdict.rows} records, {verdict.files} files and {verdict.heads} heads "
            f"compared; {verdict.entries} entries, unbroken."
        )
