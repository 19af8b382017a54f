"""Give somebody who looks after the installation an account, without a role in any project."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from coproduction.languages.typed_text import clean_address
from coproduction.projects.services.person import find_or_add_person, welcome


class Command(BaseCommand):
    """``create_operator EMAIL``, of an address that stands in OPERATORS."""

    help = "Let somebody of OPERATORS sign in who has no role in a project."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the address, which has to be set for the app as well."""
        parser.add_argument("email", help="an address that stands in OPERATORS")

    def handle(self, *args: Any, **options: Any) -> None:
        """Find or make the account; whoever can set OPERATORS says who it may be."""
        address = clean_address(options["email"])
        if address.lower() not in settings.OPERATORS:
            raise CommandError(
                "That address does not stand in OPERATORS. Set it there first, for the app too."
            )
        person = find_or_add_person(email=address)
        # Whoever came in with a project from elsewhere has an account that is asleep.
        if person.came_along:
            welcome(user=person)
        self.stdout.write(
            f"{person.email} can now sign in at {settings.SITE_URL}/accounts/login/ "
            f"and look at {settings.SITE_URL}/installation/."
        )
