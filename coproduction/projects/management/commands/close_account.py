"""Let somebody sign in no more, at once; or again."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from coproduction.projects.models import User
from coproduction.projects.services.account import close_account, reopen_account


class Command(BaseCommand):
    """``close_account EMAIL``, and ``close_account EMAIL --reopen``."""

    help = "Sign somebody out everywhere and let them sign in no more. What they did stays."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take an address, and whether to open it again."""
        parser.add_argument("email", help="the person's e-mail")
        parser.add_argument("--reopen", action="store_true", help="let them sign in again")

    def handle(self, *args: Any, **options: Any) -> None:
        """Close or open it, and say so."""
        user = User.objects.at_address(options["email"])
        if user is None:
            raise CommandError("Nobody has that address.")
        if options["reopen"]:
            reopen_account(user=user)
            self.stdout.write("They can sign in again.")
        else:
            ended = close_account(user=user)
            self.stdout.write(f"They can sign in no more. Ended {ended} sessions.")
