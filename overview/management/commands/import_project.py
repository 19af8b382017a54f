"""Take in everything of a project from the file that export_project wrote: see docs/archive.md."""

from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email
from django.db import transaction

from coproduction.languages.typed_text import clean_address
from coproduction.projects.models import Role
from coproduction.projects.refusals import Refusal
from coproduction.projects.services.membership import add_member
from coproduction.projects.services.person import find_or_add_person, welcome
from overview.services.bringing_in import bring_in


class Command(BaseCommand):
    """``import_project FILE.zip [--slug SLUG] [--owner EMAIL] [--as-it-stands]``.

    Whoever is named as its owner can sign in at once; nobody else who is new here.
    """

    help = "Take in a whole project from the file that export_project wrote; all of it or nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the file, and under which address and for whom it comes in."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--slug", default="", help="another address than it had")
        parser.add_argument("--owner", default="", help="e-mail of who is to co-ordinate it here")
        parser.add_argument(
            "--as-it-stands", action="store_true", help="also if its trail does not hold"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Take it in, or say why not."""
        try:
            owner = clean_address(options["owner"])
            if owner:
                validate_email(owner)
            with transaction.atomic():
                came = bring_in(
                    path=options["file"],
                    slug=options["slug"],
                    as_it_stands=options["as_it_stands"],
                )
                if owner:
                    person = find_or_add_person(email=owner)
                    if person.came_along:
                        welcome(user=person)
                    add_member(project=came.project, user=person, role=Role.COORDINATOR, by=person)
        except Refusal as refusal:
            raise CommandError(str(refusal)) from refusal
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        for fault in came.faults:
            self.stderr.write(f"{came.project.slug}: {fault}.")
        what = "a copy of it" if came.is_copy else "it"
        self.stdout.write(
            f"Took in {came.rows} records and {came.files} files: {what} is at "
            f"/{came.project.slug}/."
        )
        if not owner:
            self.stdout.write("Nobody new can sign in yet: --owner names a co-ordinator.")
