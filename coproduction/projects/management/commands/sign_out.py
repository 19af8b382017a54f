"""Sign one person out everywhere, or everybody."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from coproduction.projects.models import User
from coproduction.projects.services.session import end_sessions


class Command(BaseCommand):
    """``sign_out EMAIL`` or ``sign_out --everybody``."""

    help = "End the sessions of one person, or of everybody; they can sign in again."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take an address, or that it is everybody."""
        who = parser.add_mutually_exclusive_group(required=True)
        who.add_argument("email", nargs="?", help="the person's e-mail")
        who.add_argument("--everybody", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        """End them, and say how many."""
        user = None if options["everybody"] else User.objects.at_address(options["email"])
        if user is None and not options["everybody"]:
            raise CommandError("Nobody has that address.")
        self.stdout.write(f"Ended {end_sessions(user=user)} sessions.")
