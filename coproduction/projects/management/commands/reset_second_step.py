"""Take away the second step of somebody who lost it."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from coproduction.projects.models import User
from coproduction.projects.services.second_step import reset_second_step


class Command(BaseCommand):
    """``reset_second_step EMAIL``: when the phone and the paper are lost.

    Ask first whether it is they who ask: after this, their mailbox alone signs them in.
    """

    help = "Take away somebody's second step and recovery codes, and sign them out everywhere."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the address of whoever lost their phone or passkey."""
        parser.add_argument("email", help="the person's e-mail")

    def handle(self, *args: Any, **options: Any) -> None:
        """Take it away, and say so."""
        user = User.objects.at_address(options["email"])
        if user is None:
            raise CommandError("Nobody has that address.")
        ended = reset_second_step(user=user)
        self.stdout.write(
            f"They sign in with a code by e-mail alone, and can set up a new second step. "
            f"Ended {ended} sessions."
        )
